import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** Colour schemes of GitHub. */
export const SCHEMES = ['light', 'dark'] as const;
export type Scheme = (typeof SCHEMES)[number];

/** Which part of GitHub surrounds the text. */
export type Frame = 'comment' | 'summary';

const COLOURS = {
  light: { page: '#ffffff', head: '#f6f8fa', line: '#d1d9e0', text: '#1f2328', quiet: '#59636e' },
  dark: { page: '#0d1117', head: '#151b23', line: '#3d444d', text: '#f0f6fc', quiet: '#9198a1' },
} as const;

/** A page that shows rendered HTML as GitHub does: in a comment of a pull request, or on the summary page of a run. */
export function frame(html: string, around: Frame, scheme: Scheme): string {
  const { page, head, line, text, quiet } = COLOURS[scheme];
  const css = fileURLToPath(import.meta.resolve(`github-markdown-css/github-markdown-${scheme}.css`));
  const title =
    around === 'comment' ? '<b>github-actions</b> <small>bot</small> commented 2 minutes ago' : '<b>evals</b> summary';
  return `<!doctype html><html><head><meta charset="utf-8"><style>${readFileSync(css, 'utf8')}
    body { margin: 0; padding: 24px; background: ${page}; font: 14px/1.5 -apple-system, "Segoe UI", "Noto Sans", Helvetica, Arial, sans-serif; }
    .box { border: 1px solid ${line}; border-radius: 6px; }
    .head { padding: 8px 16px; color: ${quiet}; background: ${head}; border-bottom: 1px solid ${line}; border-radius: 6px 6px 0 0; }
    .head b { color: ${text}; } .head small { border: 1px solid ${line}; border-radius: 2em; padding: 0 7px; }
    .markdown-body { padding: 16px; font-size: ${around === 'comment' ? 14 : 16}px; }
    math-renderer, g-emoji, section[data-type] { outline: 2px solid red; }
  </style></head><body><div class="box"><div class="head">${title}</div><div class="markdown-body">${html}</div></div></body></html>`;
}

/** Widths of a comment on a wide screen, and of a summary, with the margin of the page. */
export const WIDTHS: Readonly<Record<Frame, number>> = { comment: 860, summary: 1060 };
