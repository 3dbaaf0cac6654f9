// Which mutants survived, compared with the list of those that may.
import { readFileSync } from 'node:fs';
import type { MutantResult } from '@stryker-mutator/api/core';

/** Mutants of one line that no test needs to kill, and why. */
export interface Listed {
  /** The line, without blanks at its ends. */
  readonly in: string;
  /** What the mutants replace a part of it with. */
  readonly becomes: readonly string[];
  readonly why: string;
}

/** By path of the source file. */
export type Survivors = Readonly<Record<string, readonly Listed[]>>;

/** A mutant as people see it. */
export interface Mutant {
  readonly file: string;
  readonly line: number;
  readonly in: string;
  readonly becomes: string;
  readonly mutator: string;
  readonly isStatic: boolean;
}

export const LIST = new URL('../../__tests__/mutation/survivors.json', import.meta.url);

export function readSurvivors(): Survivors {
  return JSON.parse(readFileSync(LIST, 'utf8'));
}

const onOneLine = (text: string) => text.replace(/\s+/g, ' ').trim();

/** Which mutant it was, in the text of its file. */
export function describeMutant(result: MutantResult, text: string): Mutant {
  const { line } = result.location.start;
  return {
    file: result.fileName,
    line,
    in: text.split('\n')[line - 1]?.trim() ?? '',
    becomes: onOneLine(result.replacement ?? ''),
    mutator: result.mutatorName,
    isStatic: result.static ?? false,
  };
}

const isOf = (listed: Listed, mutant: Mutant) => listed.in === mutant.in && listed.becomes.includes(mutant.becomes);

/** Survivors that are not on the list. */
export function unlisted(survivors: Survivors, mutants: readonly Mutant[]): readonly Mutant[] {
  return mutants.filter((mutant) => !survivors[mutant.file]?.some((listed) => isOf(listed, mutant)));
}

/** Entries of the list whose mutants do not survive, among those of the files that were tested. */
export function gone(survivors: Survivors, mutants: readonly Mutant[], files: ReadonlySet<string>): readonly string[] {
  return [...files].flatMap((file) =>
    (survivors[file] ?? []).flatMap((listed) =>
      listed.becomes
        .filter(
          (becomes) =>
            !mutants.some((mutant) => mutant.file === file && isOf({ ...listed, becomes: [becomes] }, mutant)),
        )
        .map((becomes) => `${file}: ${listed.in} → ${becomes}`),
    ),
  );
}
