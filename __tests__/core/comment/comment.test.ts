import { describe, expect, test } from '@jest/globals';
import { chooseId, holdsSection, isNameShared, isSameBody, mergeComments } from '../../../src/core/comment/comment.ts';
import { markerOf, type Section, sectionIdOf, summarizeWaiting } from '../../../src/core/comment/section.ts';
import { parseSections } from '../../../src/core/comment/sections.ts';
import { attacks } from '../markdown/attacks.ts';
import { run } from '../summary/samples.ts';
import { bodyOf, ended, MARKER, one, ownOf, sectionOf, textsOf, two, write } from './samples.ts';

test.each([
  ['evals', '<!-- claude-batch-action:evals -->'],
  ['My Evals / ü--><b>', '<!-- claude-batch-action:My-Evals--------b- -->'],
  ['😀', '<!-- claude-batch-action:- -->'],
])('the marker of %s', (key, marker) => {
  expect(markerOf(key)).toBe(marker);
});

describe('the id of a section', () => {
  test.each([
    ['test (a, b)', 'test--a--b-'],
    ['x'.repeat(64), 'x'.repeat(64)],
    ['x'.repeat(65), /^x{47}-[0-9a-f]{16}$/],
  ])('of the name %s', (name, id) => {
    expect(sectionIdOf(name)).toMatch(typeof id === 'string' ? new RegExp(`^${id}$`) : id);
  });

  test('of a long name stays apart from others', () => {
    const long = 'evals-'.repeat(200);
    const names = [long, `${long}0`, `${long}ä`, `${long}ö`, 'ä'.repeat(600), 'ö'.repeat(600)];
    expect(new Set(names.map(sectionIdOf)).size).toBe(names.length);
    for (const name of names) expect(sectionIdOf(name)).toMatch(/^[A-Za-z0-9._-]{1,64}$/);
  });
});

describe('which section is the own one', () => {
  const mine = { ...ended, name: 'a', step: 's2' };
  const own = ownOf('a', { origin: two, summary: mine });
  const first = sectionOf('a', { summary: { ...mine, step: 's1' } });

  test.each([
    ['the first of its name', [], 'a'],
    ['its own of an earlier run', [sectionOf('a', { summary: mine })], 'a'],
    ['its own, though another step has the name', [first, sectionOf('a', { id: 'a.2', summary: mine })], 'a.2'],
    ['a new one, where another step of this run has the name', [{ ...first, origin: two }], 'a.2'],
    [
      'the next free number',
      [
        { ...first, origin: two },
        { ...first, id: 'a.2', origin: two, summary: { ...mine, step: 's3' } },
      ],
      'a.3',
    ],
    ['that of a step which has not written since an older run', [first], 'a'],
    ['one that was edited so that its summary is lost', [{ ...first, origin: two, summary: undefined }], 'a'],
    [
      'a new one, where another name has the same letters',
      [{ ...first, origin: two, summary: { ...mine, name: 'ä' } }],
      'a.2',
    ],
  ])('%s', (_, sections, id) => {
    expect(chooseId(sections, own)).toBe(id);
  });

  const [ours, other, before] = ['1-0000000a', '1-0000000b', '1-0000000c'];
  const ofProcess = (id: string, process: string | null, origin = two) =>
    sectionOf('a', { id, origin, summary: { ...mine, process } });

  test.each<[string, string, Section[]]>([
    [
      'its own, though another job that nothing tells apart has one',
      'a.2',
      [ofProcess('a', other), ofProcess('a.2', ours)],
    ],
    ['a new one beside that job', 'a.2', [ofProcess('a', other)]],
    ['one of an earlier run, each its own', 'a.2', [ofProcess('a', other), ofProcess('a.2', before, one)]],
    ['that of an earlier attempt', 'a', [ofProcess('a', '2-0000000b')]],
    [
      'that of an earlier attempt which no job has taken yet',
      'a.2',
      [ofProcess('a', other), ofProcess('a.2', '2-0000000b')],
    ],
    ['that of an earlier run', 'a', [ofProcess('a', before, one)]],
    [
      'that of another commit under one run id, as on a local runner',
      'a',
      [ofProcess('a', other, { ...two, sha: 'c0ffee' })],
    ],
    ['that of an earlier release', 'a', [ofProcess('a', null)]],
  ])('of two jobs that nothing tells apart: %s', (_, id, sections) => {
    expect(chooseId(sections, ownOf('a', { origin: two, summary: { ...mine, process: ours } }))).toBe(id);
  });

  test.each<[string, boolean, string, Section[]]>([
    ['another step of this run', true, 'a.2', [{ ...first, origin: two }]],
    ['the further step of this run', false, 'a', [{ ...first, origin: two, id: 'a.2' }]],
    ['a job that nothing tells apart', true, 'a', [ofProcess('a.2', other)]],
    ['such a job of an earlier run', false, 'a', [ofProcess('a.2', before, one)]],
    ['itself', false, 'a', [ofProcess('a', ours)]],
    ['another name', false, 'a', [sectionOf('b', { origin: two })]],
  ])('whether its name is shared: %s', (_, isShared, id, sections) => {
    expect(isNameShared(sections, id, ownOf('a', { origin: two, summary: { ...mine, process: ours } }))).toBe(isShared);
  });

  test('two steps of one name keep their sections over several runs', () => {
    let body: string | undefined;
    for (const origin of [one, one, two])
      for (const step of ['s1', 's2'])
        body = write(body, ownOf('a', { origin, summary: { ...mine, step }, text: `${step} of ${origin.runId}` }));
    expect(textsOf(body ?? '')).toEqual({ a: 's1 of 200', 'a.2': 's2 of 200' });
  });
});

describe('the section that one job leaves to another', () => {
  /** Two legs of a matrix that share a name by mistake, in both jobs; nothing but their processes tells them apart. */
  const legs = ['0000000a', '0000000b'];
  const writeLeg = (body: string | undefined, job: string, attempt: number, nonce: string) => {
    const step = job === 'submit' ? 's1' : 's2';
    const collector = job === 'submit' ? 'collect' : null;
    const summary = {
      ...ended,
      name: 'a',
      step,
      process: `${attempt}-${job === 'submit' ? '1' : '2'}${nonce.slice(1)}`,
      collector,
    };
    return write(body, ownOf('a', { origin: two, summary, job, text: `${job} of ${attempt} by ${nonce}` }));
  };

  test('is written by the job that collects, leg by leg and attempt by attempt', () => {
    let body: string | undefined;
    for (const attempt of [1, 2])
      for (const job of ['submit', 'collect']) {
        for (const nonce of legs) body = writeLeg(body, job, attempt, nonce);
        const [a, b] = legs.map((nonce) => `${job} of ${attempt} by ${nonce}`);
        expect(textsOf(body ?? '')).toEqual({ a, 'a.2': b });
      }
  });

  test.each([
    ['of another job', { job: 'other' }],
    ['of another run', { origin: { ...one, runId: 300 } }],
    ['of another name', { summary: { ...ended, name: 'b' } }],
  ])('is not taken by one %s', (_, more) => {
    const left = sectionOf('a', {
      origin: two,
      summary: { ...ended, name: 'a', step: 's1', process: '1-0000000a', collector: 'collect' },
    });
    const newer = { ...left, origin: { ...two, runId: 400 } };
    const summary = { ...ended, name: 'a', step: 's2', process: '1-0000000b' };
    const own = ownOf('a', { origin: two, summary, job: 'collect', ...more });
    expect(chooseId(['origin' in more ? newer : left], own)).toBe('a.2');
  });
});

describe('writing a section', () => {
  const both = write(write(undefined, ownOf('a')), ownOf('b'));

  test('keeps the others, and is the same when done twice or with the line ends of a browser', () => {
    expect(textsOf(both)).toEqual({ a: 'text of a', b: 'text of b' });
    expect(write(both, ownOf('b'))).toBe(both);
    expect(write(both.replaceAll('\n', '\r\n'), ownOf('b'))).toBe(both);
    expect(textsOf(write(both, ownOf('a', { text: 'new' })))).toEqual({ a: 'new', b: 'text of b' });
  });

  test('a late run of an older commit leaves alone what a newer one wrote in its section', () => {
    const body = write(undefined, ownOf('a', { origin: two }));
    expect(write(body, ownOf('a', { text: 'late' }))).toBe(body);
    const sameCommit = ownOf('a', { origin: { ...one, sha: two.sha }, text: 'again' });
    expect(textsOf(write(body, sameCommit))).toEqual({ a: 'again' });
  });

  test.each([
    ['its own end', '<!-- claude-batch-action:end a -->'],
    ['the start of another', '<!-- claude-batch-action:section b -->'],
    ['the marker', MARKER],
    ['rows', `<!-- claude-batch-action:rows {"sha":"${two.sha}","runId":999,"rows":[{"id":"a"},{"id":"x"}]} -->`],
    ...attacks,
  ])('a text with %s stays in its section', (_, text) => {
    const body = write(both, ownOf('a', { text: `top\n${text}\nbottom` }));
    const [own, other, ...more] = parseSections(body);
    expect(own).toMatchObject({ id: 'a', origin: one, text: expect.stringMatching(/^top\n.*\nbottom$/s) });
    expect([other?.id, other?.text, more]).toEqual(['b', 'text of b', []]);
    expect(body.split(MARKER)).toHaveLength(2);
  });
});

describe('whether the comment still has a section', () => {
  const own = ownOf('a');
  test.each([
    ['as it was written', sectionOf('a'), true],
    ['shortened by another step', sectionOf('a', { text: '' }), true],
    [
      'left as a row',
      sectionOf('a', { text: '', summary: { ...ended, name: 'a', headline: '', page: null, artifact: null } }),
      true,
    ],
    ['only counted', sectionOf('a', { text: '', summary: undefined }), true],
    [
      'as it was before',
      sectionOf('a', { summary: summarizeWaiting('a', run, { requests: 7, estimate: null }) }),
      false,
    ],
    ['of another run', sectionOf('a', { origin: two }), false],
    ['of another name', sectionOf('b'), false],
  ])('%s: %s', (_, section, isThere) => {
    expect(holdsSection([section], 'a', own)).toBe(isThere);
  });
});

test('of several comments every section is kept once, in its newest form; of equally new ones the oldest comment has the right one', () => {
  const bodies = [
    [sectionOf('a', { origin: two, text: 'A' }), sectionOf('b', { text: 'B' }), sectionOf('d', { text: 'final' })],
    [
      sectionOf('b', { origin: two, text: 'B2' }),
      sectionOf('a', { text: 'late' }),
      sectionOf('d', { text: 'waiting' }),
    ],
    [sectionOf('c', { origin: two, text: 'C' })],
  ].map((sections) => bodyOf(sections));
  const merged = Object.fromEntries(mergeComments(bodies).map(({ id, text }) => [id, text]));
  expect(merged).toEqual({ a: 'A', b: 'B2', c: 'C', d: 'final' });
});

test.each([
  ['a\nb', 'a\r\nb\n', true],
  ['a', 'b', false],
  ['a\n\nb', 'a\nb', false],
])('%j and %j are the same body: %s', (first, second, same) => {
  expect(isSameBody(first, second)).toBe(same);
});
