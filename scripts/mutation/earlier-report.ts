// What an earlier run has found, so that not everything is tested again.
import { existsSync, readFileSync, writeFileSync } from 'node:fs';

/** The part of Stryker's report that is read here. */
interface Report {
  readonly files: Readonly<Record<string, { mutants: readonly { readonly status: string }[] }>>;
}

/** Leaves only those that tests had noticed: Stryker does not see all that may make others fail, such as a test in a new file. */
export function forgetSurvivors(path: string): void {
  if (!existsSync(path)) return;
  const report: Report = JSON.parse(readFileSync(path, 'utf8'));
  for (const file of Object.values(report.files))
    file.mutants = file.mutants.filter(({ status }) => status === 'Killed');
  writeFileSync(path, JSON.stringify(report));
}
