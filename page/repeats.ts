import { answerText, LABELS } from '../src/core/messages/page-script.ts';
import { element } from './element.ts';
import type { ListedCase } from './listed-case.ts';

/** The answers of a case, to go from one to another: `show` is called with the place of the one that is asked for. */
export function createRepeats({ answers }: ListedCase, at: number, show: (at: number) => void): HTMLElement {
  const button = (name: string, text: string, to: number): HTMLButtonElement => {
    const made = element('button', { text, attributes: { type: 'button', 'data-to': name } });
    made.disabled = to < 0 || to >= answers.length;
    made.addEventListener('click', () => show(to));
    return made;
  };
  const numbered = answers.map(({ grade }, index) => {
    const made = button(String(index), answerText(index + 1, grade?.outcome), index);
    made.ariaPressed = String(index === at);
    made.classList.add('outcome', grade?.outcome ?? 'ungraded');
    return made;
  });
  return element('div', {
    class: 'repeats',
    attributes: { role: 'group', 'aria-label': LABELS.answers },
    children: [
      button('previous', LABELS.previousAnswer, at - 1),
      ...numbered,
      button('next', LABELS.nextAnswer, at + 1),
    ],
  });
}
