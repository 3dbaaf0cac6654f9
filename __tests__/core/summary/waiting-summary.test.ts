import { describe, expect, test } from '@jest/globals';
import { readContext } from '../../../src/core/inputs/context.ts';
import { billedWait, waitingOf } from '../../../src/core/summary/waiting-summary.ts';

const WAITED_MS = 42 * 60_000 + 1_800;

type Kind = readonly [environment: string, os: string, arch: string, cores: number];

const SLIM: Kind = ['github-hosted', 'Linux', 'X64', 1];
const LINUX: Kind = ['github-hosted', 'Linux', 'X64', 2];
const ARM: Kind = ['github-hosted', 'Linux', 'ARM64', 2];
const FOUR: Kind = ['github-hosted', 'Linux', 'X64', 4];
const LARGER: Kind = ['github-hosted', 'Linux', 'X64', 16];
const LARGER_MACOS: Kind = ['github-hosted', 'macOS', 'ARM64', 5];
const WINDOWS: Kind = ['github-hosted', 'Windows', 'X64', 2];
const MACOS: Kind = ['github-hosted', 'macOS', 'ARM64', 3];
const OWN: Kind = ['self-hosted', 'Linux', 'X64', 2];
const UNSAID: Kind = ['', 'Linux', 'X64', 2];

const PRIVATE = { repository: { private: true } };
const INTERNAL = { repository: { private: true, visibility: 'internal' } };
const PUBLIC = { repository: { private: false, visibility: 'public' } };
const UNKNOWN = { schedule: '7 * * * *' };

function waited([environment, os, arch, cores]: Kind, event: unknown) {
  const env = { RUNNER_ENVIRONMENT: environment, RUNNER_OS: os, RUNNER_ARCH: arch };
  return waitingOf(readContext(env, event), { waitedMs: WAITED_MS, cores });
}

describe('what 42.03 minutes cost', () => {
  test.each<[string, Kind, string, string]>([
    ['one core', SLIM, 'Linux 1-core (x64)', '0.084060'],
    ['two cores', LINUX, 'Linux 2-core (x64)', '0.252180'],
    ['arm64', ARM, 'Linux 2-core (arm64)', '0.210150'],
    ['four cores, a standard runner in public repositories', FOUR, 'Linux 4-core (x64)', '0.504360'],
    ['Windows', WINDOWS, 'Windows 2-core (x64)', '0.420300'],
    ['macOS', MACOS, 'macOS 3-core (arm64)', '2.605860'],
  ])('%s: in private and internal repositories the list price, in others nothing', (_, kind, runner, usd) => {
    const billed = { minutes: 42.03, runner, billed: true, usd };
    const free = { minutes: 42.03, runner, billed: false, usd: null };
    expect([PRIVATE, INTERNAL, PUBLIC, UNKNOWN].map((event) => waited(kind, event))).toEqual([
      billed,
      billed,
      free,
      free,
    ]);
  });

  test.each<[string, Kind, string, string]>([
    ['Linux', LARGER, 'Linux 16-core (x64)', '1.765260'],
    ['macOS', LARGER_MACOS, 'macOS 5-core (arm64)', '4.287060'],
  ])('a larger runner, %s: the list price in all repositories', (_, kind, runner, usd) => {
    for (const event of [PRIVATE, INTERNAL, PUBLIC, UNKNOWN])
      expect(waited(kind, event)).toEqual({ minutes: 42.03, runner, billed: true, usd });
  });

  test.each([
    [3, true, false],
    [6, true, true],
  ])('a hosted kind of %i cores without a list price is billed, at an unknown price', (cores, isPrivate, isPublic) => {
    const minutes = { minutes: 42.03, runner: null, usd: null };
    const kind: Kind = ['github-hosted', 'Linux', 'X64', cores];
    expect([PRIVATE, PUBLIC].map((event) => waited(kind, event))).toEqual([
      { ...minutes, billed: isPrivate },
      { ...minutes, billed: isPublic },
    ]);
  });

  test.each([
    ['a self-hosted runner', OWN],
    ['a runner that does not say whose it is', UNSAID],
  ])('%s has minutes alone', (_, kind) => {
    for (const event of [PRIVATE, INTERNAL, PUBLIC, UNKNOWN])
      expect(waited(kind, event)).toEqual({ minutes: 42.03, runner: null, billed: false, usd: null });
  });
});

test.each<[number | undefined, number | undefined, string | undefined]>([
  [undefined, undefined, undefined],
  [0, 0, '0.000000'],
  [299, 0, '0.000000'],
  [300, 0.01, '0.000060'],
  [59_999, 1, '0.006000'],
  [88_200_000, 1_470, '8.820000'],
])('%s ms are %s minutes for $%s', (waitedMs, minutes, usd) => {
  const run = readContext({ RUNNER_ENVIRONMENT: 'github-hosted', RUNNER_OS: 'Linux', RUNNER_ARCH: 'X64' }, PRIVATE);
  const waiting = waitingOf(run, { waitedMs, cores: 2 });
  expect([waiting?.minutes, waiting?.usd]).toEqual([minutes, usd]);
});

test.each([
  [1, true, true],
  [0.99, true, false],
  [42, false, false],
])('of %d minutes, billed: %s, people read: %s', (minutes, billed, isTold) => {
  const waiting = { minutes, billed, runner: null, usd: null };
  expect(billedWait({ waiting })).toBe(isTold ? waiting : undefined);
});

test('what is not known is not told', () => {
  expect(billedWait({ waiting: null })).toBeUndefined();
});
