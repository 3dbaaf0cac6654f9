import { expect, test } from '@jest/globals';
import type { Page } from 'playwright-core';
import type { PageCase } from '../../src/core/page/case.ts';
import type { Summary } from '../../src/core/summary/summary.ts';
import { attacks } from '../core/page/attacks.ts';
import { caseOf, pageOf, summary } from '../core/page/samples.ts';
import { usePages } from './pages.ts';

const { open, takeDeeds } = usePages();
const PIXEL = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==';

/** A text of an attack in every place where a model, a file or the API can put one. */
function hostileCase([, text]: readonly [string, string], position: number): PageCase {
  return caseOf(position, {
    id: text,
    outcome: position % 2 === 0 ? 'errored' : 'succeeded',
    model: text,
    stop_reason: text,
    error: { type: text, message: text },
    source: { file: text, line: 1 },
    prompt: [
      { kind: 'text', role: text, text },
      { kind: 'tool-result', role: 'user', name: text, id: text, text },
      { kind: 'image', role: 'user', text },
    ],
    answer: [
      { kind: 'text', text },
      { kind: 'tool-call', name: text, id: text, text },
      { kind: 'thinking', text },
    ],
  });
}

function hostileSummary(text: string): Summary {
  const { run } = summary;
  return {
    ...summary,
    failure: text,
    run: { ...run, name: text, repository: text, sha: text, event: text, workflow: text, job: text },
    batches: summary.batches.map((batch) => ({ ...batch, id: text, status: text, created_at: text })),
    models: summary.models.map((model) => ({ ...model, model: text })),
    failures: summary.failures.map((group) => ({ ...group, type: text, message: text, example_id: text })),
    warnings: [{ code: text, count: 1, file: text, line: 3, input: null, what: text, fix: text }],
  };
}

/** How many elements of each kind a page has. */
const KINDS = `(() => {
  const counts = {};
  for (const { localName } of document.querySelectorAll('*')) counts[localName] = (counts[localName] ?? 0) + 1;
  return counts;
})()`;

async function openAll(cases: readonly PageCase[], text: string): Promise<Page> {
  const page = await open(pageOf(cases, { summary: hostileSummary(text), artifact: { name: text, url: ARTIFACT } }));
  await page.evaluate("for (const toggle of document.querySelectorAll('.toggle')) toggle.click()");
  expect(await page.locator('.detail').count()).toBe(cases.length);
  return page;
}

const ARTIFACT = 'https://github.com/octo/evals/actions/runs/42/artifacts/7';

test('untrusted texts are shown and do nothing', async () => {
  const text = attacks.map(([, attack]) => attack.slice(0, 300)).join(' ');
  const page = await openAll(attacks.map(hostileCase), text);
  // A short text for each, that is cut nowhere or everywhere alike.
  const harmless = attacks.map(([name, attack], position) =>
    hostileCase([name, `x${position}`.padEnd(attack.length, 'x')], position),
  );
  const same = await openAll(harmless, 'x'.repeat(text.length));
  const { option: _, ...kinds } = await page.evaluate<Record<string, number>>(KINDS);
  const { option: __, ...expected } = await same.evaluate<Record<string, number>>(KINDS);
  expect(kinds).toEqual(expected);
  const acting =
    "[...document.querySelectorAll('*')].filter((each) => [...each.attributes].some(({ name }) => /^on|^style$|^src/.test(name))).length";
  expect(await page.evaluate<number>(acting)).toBe(0);
  const addresses =
    "[...document.querySelectorAll('a')].filter((each) => !each.getAttribute('href').startsWith('#')).map((each) => each.href)";
  expect(await page.evaluate<string[]>(addresses)).toEqual([ARTIFACT, summary.run.url]);
});

test('untrusted texts as Markdown are shown and do nothing', async () => {
  const wrapped = attacks.flatMap(([name, attack]): (readonly [string, string])[] => [
    [name, attack.slice(0, 3_000)],
    [
      name,
      `[${attack.slice(0, 200)}](${attack.slice(0, 200)}) ![x](${attack.slice(0, 200)}) <${attack.slice(0, 200)}>`,
    ],
    [
      name,
      `# ${attack.slice(0, 200)}\n\n| ${attack.slice(0, 200)} | b |\n|---|---|\n| c | ${attack.slice(0, 200)} |\n\n> - ${attack.slice(0, 200)}`,
    ],
  ]);
  const page = await openAll(wrapped.map(hostileCase), 'x');
  await page.locator('[data-as=markdown]').first().click();
  const kinds = await page.evaluate<string[]>(
    "[...new Set([...document.querySelectorAll('.markdown, .markdown *')].map(({ localName }) => localName))].sort()",
  );
  const harmless = 'blockquote br code del div em hr li ol p pre span strong table tbody td th thead tr ul'.split(' ');
  expect(kinds.filter((kind) => !harmless.includes(kind))).toEqual([]);
  expect(kinds.length).toBeGreaterThan(15);
  const attributes = await page.evaluate<string[]>(
    "[...new Set([...document.querySelectorAll('.markdown, .markdown *')].flatMap((each) => each.getAttributeNames()))].sort()",
  );
  expect(attributes).toEqual(
    ['class', 'dir', 'scope', 'start', 'tabindex'].filter((name) => attributes.includes(name)),
  );
});

test.each([
  ['a picture of pixels', `data:image/png;base64,${PIXEL}`, 1],
  ['no picture', `data:image/png;base64,${btoa('<svg onload=alert(1)>')}`, 0],
  ['a picture from elsewhere', 'https://example.com/x.png', 0],
])('an image is drawn of its data alone: %s', async (_, image, width) => {
  const prompt = [{ kind: 'image', role: 'user', text: 'image/png', image } as const];
  const page = await open(pageOf([caseOf(0, { prompt })]));
  await page.locator('.row').click();
  const drawn =
    "(async () => { const image = document.querySelector('.detail img'); image.loading = 'eager'; await image.decode().catch(() => {}); return image.naturalWidth; })()";
  expect(await page.evaluate<number>(drawn)).toBe(width);
  if (image.startsWith('https:')) expect(takeDeeds().join(' ')).toMatch(/img-src/);
});

test('each case shows its texts to the letter', async () => {
  const plain = attacks.filter(
    ([, text]) => text.length < 1_000 && !/[\p{Cc}\p{Cf}\p{Cs}\u2028\u2029\s]/u.test(text.replace(/[ \n]/g, '')),
  );
  expect(plain.length).toBeGreaterThan(50);
  const page = await open(pageOf(plain.map(([, text], index) => caseOf(index, { prompt: text, answer: text }))));
  await page.selectOption('#order', 'file');
  await page.evaluate("for (const toggle of document.querySelectorAll('.toggle')) toggle.click()");
  const shown = await page.locator('.detail pre').allTextContents();
  expect(shown).toEqual(plain.flatMap(([, text]) => [text, text]));
});

test('what turns text around stays in its own line', async () => {
  const page = await open(pageOf([caseOf(0, { id: 'a\u202Etxt.exe', answer: 'a \u202Eevil\u2066 b' })]));
  expect(await page.locator('.row .id').textContent()).toBe('a\uFFFDtxt.exe');
  await page.locator('.row').click();
  expect(await page.locator('[data-text=answer] pre').textContent()).toBe('a \uFFFDevil\uFFFD b');
});

test.each([
  ['markup', "document.body.innerHTML = '<b>x</b>'", 'TrustedHTML'],
  ['code in a text', "eval('1')", 'TrustedScript|unsafe-eval'],
  [
    'a script',
    "document.body.append(Object.assign(document.createElement('script'), { textContent: '1' }))",
    'TrustedScript',
  ],
  ['an image', "document.body.append(Object.assign(new Image(), { src: 'https://example.com/x' }))", 'img-src'],
  ['a request', "fetch('https://example.com/').catch(() => {})", 'connect-src'],
  ['a style', "document.body.setAttribute('style', 'color: red')", 'style-src'],
  [
    'a frame',
    "document.body.append(Object.assign(document.createElement('iframe'), { src: 'https://example.com/' }))",
    'frame-src',
  ],
  [
    'a form',
    "(() => { const form = Object.assign(document.createElement('form'), { action: 'https://example.com/' }); document.body.append(form); form.submit(); })()",
    'form-action',
  ],
])('the policy stops what would get through all the same: %s', async (_, deed, word) => {
  const page = await open(pageOf([caseOf(0)]));
  // A script of the page itself, unlike one that a debugger starts, is under the page's policy.
  await page.evaluate<void>(
    `new Promise((resolve) => setTimeout(() => { try { ${deed} } catch (error) { console.log(error.message) } setTimeout(resolve, 200); }))`,
  );
  const deeds = takeDeeds();
  // What is asked for and refused by the policy never comes to where requests go out.
  expect(deeds.filter((found) => /^request: |^went to: (?!chrome-error:)|^window: /.test(found))).toEqual([]);
  expect(deeds.join(' ')).toMatch(new RegExp(word));
});
