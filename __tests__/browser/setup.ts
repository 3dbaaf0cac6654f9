import { findChromium } from './chromium.ts';

/** Without a Chromium one sentence says so, instead of every test. */
export default function setup(): void {
  const { trouble } = findChromium();
  if (trouble === undefined) return;
  console.error(trouble);
  process.exit(1);
}
