import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as core from '@actions/core';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import * as own from '../../src/adapters/clients/workflow-commands.ts';
import { anyText } from '../any-text.ts';

// The runner reads these commands. What the toolkit writes is what it has to get.

const toolkit = { ...core };

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'claude-batch-commands-'));
});
afterEach(() => {
  rmSync(folder, { recursive: true });
  for (const name of ['GITHUB_OUTPUT', 'GITHUB_STATE']) delete process.env[name];
});

/** What a call writes to stdout. */
function printed(call: () => void): string {
  const { write } = process.stdout;
  let text = '';
  process.stdout.write = (piece: unknown) => {
    text += String(piece);
    return true;
  };
  try {
    call();
  } finally {
    process.stdout.write = write;
  }
  return text;
}

/** What a call adds to the file that this variable names, with a delimiter that is the same every time. */
function added(variable: string, call: () => void): string {
  const path = join(folder, 'file');
  writeFileSync(path, 'before\n');
  process.env[variable] = path;
  call();
  return readFileSync(path, 'utf8').replace(/ghadelimiter_[\da-f-]{36}/g, 'delimiter');
}

const text = anyText();
/** No annotation goes without a title. */
const words = text.filter((title) => title !== '');

test('every line of the log is the one that the toolkit writes', () => {
  fc.assert(
    fc.property(text, words, text, fc.nat(), (said, title, file, startLine) => {
      expect(printed(() => own.info(said))).toBe(printed(() => toolkit.info(said)));
      expect(printed(() => own.setSecret(said))).toBe(printed(() => toolkit.setSecret(said)));
      expect(printed(() => own.startGroup(said))).toBe(printed(() => toolkit.startGroup(said)));
      expect(printed(own.endGroup)).toBe(printed(toolkit.endGroup));
      for (const level of ['notice', 'warning', 'error'] as const) {
        expect(printed(() => own.annotate(level, said))).toBe(printed(() => toolkit[level](said)));
        for (const where of [{ title }, { title, file }, { title, file, startLine }])
          expect(printed(() => own.annotate(level, said, where))).toBe(printed(() => toolkit[level](said, where)));
      }
    }),
    { numRuns: 50 },
  );
});

describe.each([
  ['an output', 'GITHUB_OUTPUT', own.setOutput, toolkit.setOutput],
  ['a state', 'GITHUB_STATE', own.saveState, toolkit.saveState],
] as const)('%s', (_, variable, ours, theirs) => {
  test('is added to its file as the toolkit does it', () => {
    fc.assert(
      fc.property(text, (value) => {
        expect(added(variable, () => ours('name', value))).toBe(added(variable, () => theirs('name', value)));
      }),
      { numRuns: 20 },
    );
  });

  test('is a command where the runner names no file', () => {
    expect(printed(() => ours('name', 'a\nb')).trim()).toBe(printed(() => theirs('name', 'a\nb')).trim());
  });

  test('is an error where the file is gone', () => {
    process.env[variable] = join(folder, 'none');
    expect(() => theirs('name', 'value')).toThrow();
    expect(() => ours('name', 'value')).toThrow();
  });
});
