// Makes src/core/page/assets.generated.ts: the style and the script of the page as texts, with the hashes that its
// policy names. Sources are page/style/ and page/main.ts with what it imports. With `--check` it writes nothing and exits 1
// if the file is out of date.
import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { Script } from 'node:vm';
import { transformSync } from '@swc/core';

const root = new URL('../', import.meta.url);
const target = new URL('src/core/page/assets.generated.ts', root);

/** In the order in which they apply. */
const STYLES = ['base', 'overview', 'list', 'case', 'grade', 'markdown', 'narrow'];

/** The text of the module as the sources make it today. */
export function makeAssets(): string {
  const sheets = STYLES.map((name) => readFileSync(new URL(`page/style/${name}.css`, root), 'utf8'));
  const style = packStyle(sheets.join('\n'));
  const script = packScript(new URL('page/main.ts', root));
  return [
    '// Made by scripts/page.ts from the files of page/: do not edit.',
    `/** What the policy of the page calls its style. */\nexport const STYLE_HASH = '${hashOf(style)}';`,
    `/** What the policy of the page calls its script. */\nexport const SCRIPT_HASH = '${hashOf(script)}';`,
    `/** The style of the page. */\nexport const STYLE = ${literalOf(style)};`,
    `/** The script of the page, a module without imports. */\nexport const SCRIPT = ${literalOf(script)};`,
  ]
    .join('\n\n')
    .concat('\n');
}

/** The committed text of the module; undefined where there is none. */
export function readAssets(): string | undefined {
  try {
    return readFileSync(target, 'utf8');
  } catch {
    return undefined;
  }
}

function hashOf(text: string): string {
  return `sha256-${createHash('sha256').update(text).digest('base64')}`;
}

/** A template, which keeps line breaks and which the formatter leaves alone. */
function literalOf(text: string): string {
  return `\`${text.replace(/[\\`]|\$(?=\{)/g, '\\$&')}\``;
}

function packStyle(css: string): string {
  return css
    .replace(/\/\*.*?\*\//gs, '')
    .replace(/\s*\n\s*/g, '\n')
    .trim();
}

/** One script from a module and all it imports, without types, comments and white space. Names must differ across files. */
function packScript(entry: URL): string {
  const script = joinModules(entry, new Set());
  // In a block, two functions of one name are an error, as they are in a module.
  new Script(`async()=>{'use strict';{${script}}}`);
  if (/<\/script|<!--|[\r\u2028\u2029]/i.test(script)) throw new Error('The script cannot stand in a page.');
  return script;
}

const IMPORT = /^import (type )?(?:\{[^}]*\}|(\w+)) from '([^']+)';$/gm;

/** Paths of the package files in the script: their licences are passed on with it. */
export function packagedSources(): readonly string[] {
  const done = new Set<string>();
  joinModules(new URL('page/main.ts', root), done);
  return [...done].filter((address) => address.includes('/node_modules/'));
}

/** What a licence asks to be kept with the code. */
function noticeOf(url: URL): string {
  const folder = /^.*\/node_modules\/(?:@[^/]+\/)?[^/]+\//.exec(url.href)?.[0];
  const { name, version, license } = JSON.parse(readFileSync(new URL(`${folder}package.json`), 'utf8'));
  const [copyright = ''] = /^Copyright .*$/m.exec(readFileSync(new URL(`${folder}LICENSE`), 'utf8')) ?? [];
  return `/* ${name} ${version}, ${license}. ${copyright} */`;
}

/** The file of a package, which must be a class with the name it is imported under; its other imports are not followed. */
function packageFile(path: string, name: string | undefined): URL {
  const url = new URL(import.meta.resolve(path));
  if (!readFileSync(url, 'utf8').startsWith(`export default class ${name} `))
    throw new Error(`${path} is not the class ${name}.`);
  return url;
}

/** The modules that a module needs, each once and before those that need it, then itself. */
function joinModules(url: URL, done: Set<string>): string {
  if (done.has(url.href)) return '';
  done.add(url.href);
  const source = readFileSync(url, 'utf8');
  const needed = Array.from(source.matchAll(IMPORT), ([, isType, name, path = '']) => {
    if (isType !== undefined) return '';
    return joinModules(path.startsWith('.') ? new URL(path, url) : packageFile(path, name), done);
  });
  const own = source
    .replace(IMPORT, '')
    .replace(/^export (?:default (?=class )|(?=(?:async )?(?:function|const|interface|type)\b))/gm, '');
  if (/^(?:import|export)\b/m.test(own))
    throw new Error(`${url.pathname}: this form of import or export is not known.`);
  const { code } = transformSync(own, {
    configFile: false,
    swcrc: false,
    isModule: true,
    minify: true,
    jsc: {
      parser: { syntax: 'typescript' },
      target: 'es2022',
      minify: { compress: false, mangle: false, format: { comments: false } },
    },
  });
  const notice = url.pathname.includes('/node_modules/') ? noticeOf(url) : '';
  return [...needed, notice, code].filter((text) => text !== '').join('\n');
}

if (import.meta.main) {
  const made = makeAssets();
  if (!process.argv.includes('--check')) {
    writeFileSync(target, made);
    console.log(`Wrote ${target.pathname.slice(root.pathname.length)}.`);
  } else if (made !== readAssets()) {
    console.error(
      'The script or style of the page is not that of page/: run "node scripts/node24.js scripts/page.ts".',
    );
    process.exitCode = 1;
  } else {
    console.log('The script and style of the page are those of page/.');
  }
}
