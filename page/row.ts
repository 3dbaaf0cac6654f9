import { GRADE_WORDS } from '../src/core/messages/outcome-names.ts';
import { costText, gradeNote, outcomeText } from '../src/core/messages/page-script.ts';
import { incompleteBy } from '../src/core/results/whole-answer.ts';
import { undatedModel } from '../src/core/text/model-name.ts';
import { element } from './element.ts';
import { excerptOf } from './excerpt.ts';
import type { ListedCase } from './listed-case.ts';
import { kindOf } from './outcome.ts';
import { questionOf, replyOf } from './texts.ts';

/** A case in the list: its line, and below it what it opens to. */
export interface Row {
  readonly found: ListedCase;
  readonly item: HTMLElement;
  /** Opens and closes the case; the whole line is its target. */
  readonly button: HTMLButtonElement;
  /** Shows in the line the part of question and answer that has words of a search. */
  readonly quote: (words: readonly string[]) => void;
}

/** The line of a case, closed. */
export function createRow(found: ListedCase): Row {
  const question = element('bdi', { class: 'question' });
  const reply = element('bdi', { class: 'reply' });
  const button = element('button', {
    class: 'toggle',
    attributes: { type: 'button', 'aria-expanded': 'false' },
    children: [named('id', found.id)],
  });
  const arrow = element('span', { class: 'arrow', text: '\u2192', attributes: { 'aria-hidden': 'true' } });
  const line = element('div', {
    class: 'row',
    attributes: { role: 'row' },
    children: [
      cell('name', button),
      outcomeCell(found),
      cell('gist', question, arrow, reply),
      cell('model', named('model-name', found.model ?? '', undatedModel(found.model ?? ''))),
      cell('number cost', costText(found) ?? ''),
    ],
  });
  let shown: string | undefined;
  const quote = (words: readonly string[]): void => {
    const key = words.join(' ');
    if (key === shown) return;
    shown = key;
    question.textContent = excerptOf(questionOf(found), words);
    reply.textContent = excerptOf(replyOf(found), words);
    arrow.hidden = question.textContent === '' || reply.textContent === '';
  };
  quote([]);
  const item = element('div', { class: 'item', attributes: { role: 'rowgroup' }, children: [line] });
  return { found, button, quote, item };
}

/** How the case was graded; without asserts how it ended. */
function outcomeCell(found: ListedCase): HTMLElement {
  const { grade, answers } = found;
  const kind = kindOf(found);
  const ending = outcomeText(kind, incompleteBy(found));
  if (grade === undefined) return cell(`outcome ${kind}`, ending);
  const { outcome, change, required } = grade.case;
  const passed = answers.filter((one) => one.grade?.outcome === 'pass').length;
  const incomplete = kind === 'whole' ? undefined : ending;
  const note = gradeNote({ change, required, passed, answers: answers.length, incomplete });
  const word = element('b', { text: GRADE_WORDS[outcome] });
  const children =
    note === '' ? [word] : [word, ' ', element('span', { class: 'note', text: note, attributes: { title: note } })];
  return cell(`outcome ${outcome}`, ...children);
}

/** A name, which its column may cut: the title has all of it. */
function named(name: string, whole: string, text = whole): HTMLElement {
  return element('bdi', { class: name, text, attributes: whole === '' ? {} : { title: whole } });
}

function cell(name: string, ...children: (Node | string)[]): HTMLElement {
  return element('span', { class: name, attributes: { role: 'cell' }, children });
}
