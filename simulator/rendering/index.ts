export { activeParts } from './active.ts';
export { outlineOf } from './outline.ts';
export { renderGitHub } from './render.ts';
export type { Place } from './rules.ts';
export { shownText } from './shown-text.ts';
