import { renderUsd } from '../markdown/amounts.ts';
import { codeCell } from '../markdown/escape.ts';
import { renderLink } from '../markdown/link.ts';
import { left, renderTable, right } from '../markdown/table.ts';
import { SECTIONS, VERDICTS } from '../messages/sections.ts';
import { formatCount } from '../text/numbers.ts';
import type { SectionSummary, Severity } from './section-summary.ts';

const SIGNS: Readonly<Record<Severity, string>> = { good: '✔', doubtful: '⚠', bad: '✖', neutral: '…' };

/** One row of the table. */
export interface Row {
  readonly summary: SectionSummary;
  readonly isOlder: boolean;
  /** Whether its step is named, because several steps have this name. */
  readonly hasStep: boolean;
  /** Address behind the name; undefined for none. */
  readonly url?: string | undefined;
}

/** The sections side by side, a row each. */
export function renderSectionsTable(rows: readonly Row[]): string {
  const hasModels = rows.some(({ summary }) => summary.models.length > 0);
  const columns = [
    left('Name'),
    left('Result'),
    ...(hasModels ? [left('Model')] : []),
    right('Answered'),
    right('Cost'),
    right('Saved'),
  ];
  const cells = rows.map((row) => {
    const { models, answered, total, usd, savedUsd, isLowerBound } = row.summary;
    const amount = (value: string | null): string => (answered === null ? '' : renderUsd(value, isLowerBound));
    const count = { answered: answered === null ? '–' : formatCount(answered), total: formatCount(total ?? 0) };
    return [
      row.url === undefined ? renderName(row) : renderLink(renderName(row), row.url),
      renderVerdict(row),
      ...(hasModels ? [models.map((model) => codeCell(model, { maxLength: 100 })).join(', ')] : []),
      total === null ? '' : SECTIONS['answered-of'](count),
      amount(usd),
      amount(savedUsd),
    ];
  });
  return renderTable(columns, cells);
}

/** The name as code, with its step where that is needed. */
export function renderName({ summary, hasStep }: Row): string {
  const name = codeCell(summary.name, { maxLength: 100 });
  return hasStep ? `${name}, ${SECTIONS.step()} ${codeCell(summary.step, { maxLength: 100 })}` : name;
}

/** Sign and verdict in a few words. */
export function renderVerdict({ summary, isOlder }: Row): string {
  const words = `${SIGNS[summary.severity]} ${VERDICTS[summary.verdict]}`;
  return isOlder ? `${words} ${SECTIONS['of-older-commit']()}` : words;
}
