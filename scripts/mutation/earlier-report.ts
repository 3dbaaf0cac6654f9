// What an earlier run has found, so that not everything is tested again.
import { existsSync, readFileSync, writeFileSync } from 'node:fs';

/** The part of Stryker's report that is read here. */
interface Report {
  readonly files: Readonly<Record<string, { mutants: readonly { readonly status: string }[] }>>;
}

/** Keeps only mutants that tests had noticed. Others may fail now for reasons that Stryker does not see, such as a new test file. */
export function forgetSurvivors(path: string): void {
  if (!existsSync(path)) return;
  const report: Report = JSON.parse(readFileSync(path, 'utf8'));
  for (const file of Object.values(report.files))
    file.mutants = file.mutants.filter(({ status }) => status === 'Killed');
  writeFileSync(path, JSON.stringify(report));
}
