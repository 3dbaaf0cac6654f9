import { GRADE_WORDS } from '../src/core/messages/outcome-names.ts';
import {
  assertFacts,
  foldedAssertsText,
  gradeText,
  LABELS,
  leftOutAssertsText,
} from '../src/core/messages/page-script.ts';
import type { CaseRecord, PageAssert, PageGrade } from '../src/core/page/case.ts';
import { element } from './element.ts';

/** More that pass are folded. */
const MAX_PASSED = 5;

/** How an answer was graded: the outcome, then what each assert found; what does not pass comes first. */
export function showGrade({ grade }: CaseRecord, artifact: string | undefined): HTMLElement | undefined {
  if (grade === undefined) return undefined;
  const { asserts, asserts_left_out } = grade;
  const open = asserts.filter(({ outcome }) => outcome !== 'pass');
  const passed = asserts.filter(({ outcome }) => outcome === 'pass');
  const isFolded = passed.length > MAX_PASSED && open.length > 0;
  return element('section', {
    class: 'grade',
    attributes: { 'data-text': 'grade' },
    children: [
      headOf(grade),
      listOf(isFolded ? open : [...open, ...passed]),
      isFolded
        ? element('details', {
            children: [element('summary', { text: foldedAssertsText(passed.length) }), listOf(passed)],
          })
        : undefined,
      asserts_left_out === 0
        ? undefined
        : element('p', {
            class: 'left-out',
            text: leftOutAssertsText(asserts_left_out, { file: 'grades.jsonl', artifact }),
          }),
    ],
  });
}

function headOf(grade: PageGrade): HTMLElement {
  const { required, metadata } = grade.case;
  const labels = metadata.map(([key, value]) => element('bdi', { class: 'label', text: `${key}=${value}` }));
  return element('p', {
    class: 'grade-head',
    children: [
      element('b', { class: `outcome ${grade.outcome}`, text: gradeText(grade) }),
      required ? element('span', { class: 'label', text: LABELS.required }) : undefined,
      ...labels,
    ],
  });
}

function listOf(asserts: readonly PageAssert[]): HTMLElement {
  return element('ul', { class: 'asserts', children: asserts.map(showAssert) });
}

function showAssert(one: PageAssert): HTMLElement {
  const { type, metric, outcome, reason, judge, asserts } = one;
  const facts = assertFacts(one);
  return element('li', {
    attributes: { 'data-outcome': outcome },
    children: [
      element('div', {
        class: 'assert',
        children: [
          element('b', { class: `outcome ${outcome}`, text: GRADE_WORDS[outcome] }),
          element('code', { children: [element('bdi', { text: type })] }),
          metric === null ? undefined : element('bdi', { class: 'label', text: metric }),
          reason === ''
            ? undefined
            : element('bdi', { class: judge === null ? 'reason' : 'reason said-by', text: reason }),
          facts === '' ? undefined : element('bdi', { class: 'facts-of', text: facts }),
        ],
      }),
      asserts.length === 0 ? undefined : listOf(asserts),
    ],
  });
}
