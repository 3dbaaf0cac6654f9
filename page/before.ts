import { LABELS, outcomeWords } from '../src/core/messages/page-script.ts';
import type { CaseRecord } from '../src/core/page/case.ts';
import { undatedModel } from '../src/core/text/model-name.ts';
import type { AnswerTexts } from './answer-text.ts';
import type { Compared } from './compared.ts';
import { element } from './element.ts';
import { showPart } from './parts.ts';
import { type Place, textBlocks } from './text-block.ts';

/** Where the rest of the baseline's answers is: in the artifact of another run, which this page does not know. */
const PLACE: Place = { file: 'results.jsonl', artifact: undefined };

/** What the baseline answered: the same, another text, or nothing. */
export function showBefore(
  { before, model, stop_reason }: CaseRecord,
  answers: AnswerTexts,
  compared: Compared | undefined,
): HTMLElement | undefined {
  if (before === undefined) return undefined;
  const { answer, error, outcome, is_same } = before;
  const facts = [
    undatedModel(before.model ?? '') === undatedModel(model ?? '') ? null : before.model,
    before.stop_reason === stop_reason ? null : before.stop_reason,
  ].filter((fact) => fact !== null);
  const note = is_same ? LABELS.beforeSame : compared?.note;
  const texts = (answer ?? []).flatMap((part) =>
    part.kind === 'text'
      ? [answers.show(LABELS.before, part.text, { place: PLACE, marks: compared?.ofBefore(part) })]
      : showPart(LABELS.before, part, PLACE),
  );
  const failed =
    error === null
      ? element('p', { text: outcomeWords(outcome === 'succeeded' ? 'cut' : outcome).name })
      : textBlocks(LABELS.before, { ...error.message, head: `${error.type}: ${error.message.head}` }, PLACE);
  return element('section', {
    attributes: { 'data-text': 'before' },
    children: [
      element('div', {
        class: 'section-head',
        children: [
          element('h3', { text: LABELS.before }),
          facts.length === 0 ? undefined : element('bdi', { class: 'before-facts', text: facts.join(' · ') }),
          note === undefined
            ? undefined
            : element('span', { class: `compared-note${is_same ? '' : ' of-marks'}`, text: note }),
        ],
      }),
      ...(outcome === 'succeeded' ? texts : [failed].flat()),
    ],
  });
}
