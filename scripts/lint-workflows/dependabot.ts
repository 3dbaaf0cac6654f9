// What is wrong with Dependabot's settings. GitHub says it only on a page of its own, and then proposes nothing.
import { isMap, isSeq, LineCounter, parseDocument, type YAMLMap } from 'yaml';
import type { Finding, Source } from './source.ts';
import { keyOf, pairsOf, textOf } from './workflow.ts';

/** The ecosystems that Dependabot updates here; GitHub knows more. */
const ECOSYSTEMS = ['npm', 'github-actions'];
const INTERVALS = ['daily', 'weekly', 'monthly', 'quarterly', 'semiannually', 'yearly', 'cron'];
const KEYS =
  'allow assignees commit-message cooldown directories directory groups ignore insecure-external-code-execution labels milestone open-pull-requests-limit package-ecosystem pull-request-branch-name rebase-strategy registries schedule target-branch vendor versioning-strategy'.split(
    ' ',
  );
/** Days that a release must be out before Dependabot proposes it: most compromised releases are found by then. */
const COOLDOWN_DAYS = 7;

/** Faults of `dependabot.yml`: what GitHub would refuse, and what zizmor audits, under zizmor's names. */
export function checkDependabot({ file, firstLine, text }: Source): Finding[] {
  const counter = new LineCounter();
  const { contents } = parseDocument(text, { lineCounter: counter, prettyErrors: false });
  const updates = isMap(contents) ? contents.get('updates') : undefined;
  if (!isSeq(updates)) return [{ file, line: firstLine, message: 'it has no updates [dependabot]' }];
  return [
    ...(textOf(contents, 'version') === '2'
      ? []
      : [{ file, line: firstLine, message: 'write version: 2 [dependabot]' }]),
    ...updates.items.flatMap((update) => {
      const line = firstLine + counter.linePos(update.range[0]).line - 1;
      const faults = isMap(update) ? faultsOf(update) : ['an update is a map [dependabot]'];
      return faults.map((message) => ({ file, line, message }));
    }),
  ];
}

function faultsOf(update: YAMLMap): string[] {
  const ecosystem = textOf(update, 'package-ecosystem');
  const interval = textOf(update.get('schedule'), 'interval');
  const isKnown = (key: string) => KEYS.includes(key);
  const checks: readonly (readonly [isRight: boolean, message: string])[] = [
    [
      ECOSYSTEMS.includes(ecosystem),
      `package-ecosystem is “${ecosystem}”: this repository has ${ECOSYSTEMS.join(' and ')} [dependabot]`,
    ],
    [update.has('directory') || update.has('directories'), 'it has no directory [dependabot]'],
    [INTERVALS.includes(interval), `schedule.interval is “${interval}”: write ${INTERVALS.join(', ')} [dependabot]`],
    ...pairsOf(update).map((pair) => [isKnown(keyOf(pair)), `unknown key “${keyOf(pair)}” [dependabot]`] as const),
    [
      Number(textOf(update.get('cooldown'), 'default-days')) >= COOLDOWN_DAYS,
      `set cooldown.default-days to ${COOLDOWN_DAYS} or more [dependabot-cooldown]`,
    ],
    [
      textOf(update, 'insecure-external-code-execution') !== 'allow',
      'it runs code of the packages [dependabot-execution]',
    ],
  ];
  return checks.filter(([isRight]) => !isRight).map(([, message]) => message);
}
