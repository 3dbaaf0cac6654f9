import { existsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { type Browser, chromium } from 'playwright-core';

/** Where Chromium is: Debian's, unless the environment names another; or a sentence that says that there is none. */
export function findChromium(): { readonly path: string; readonly trouble: string | undefined } {
  const path = process.env['CHROMIUM_PATH'] ?? '/usr/bin/chromium';
  const trouble = `There is no Chromium at ${path}: install the package chromium, or set CHROMIUM_PATH to where one is.`;
  return { path, trouble: existsSync(path) ? undefined : trouble };
}

/** Starts a headless Chromium in an environment of its own, with a new profile. It asks nobody for anything. */
export async function startChromium(): Promise<Browser> {
  const { path, trouble } = findChromium();
  if (trouble !== undefined) throw new Error(trouble);
  return chromium.launch({
    executablePath: path,
    headless: true,
    env: { HOME: tmpdir(), PATH: '/usr/bin:/bin', LANG: 'C.UTF-8' },
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  });
}
