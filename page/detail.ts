import { costText, LABELS, reusedText, textlessText } from '../src/core/messages/page-script.ts';
import type { CaseRecord } from '../src/core/page/case.ts';
import { formatCount } from '../src/core/text/numbers.ts';
import type { AnswerTexts } from './answer-text.ts';
import { showBefore } from './before.ts';
import type { About } from './cases.ts';
import { compareAnswers } from './compared.ts';
import { createCopyButton } from './copy.ts';
import { element } from './element.ts';
import { showGrade } from './grade.ts';
import { type ListedCase, leadingAnswer } from './listed-case.ts';
import { showPart, showTurns } from './parts.ts';
import { createRepeats } from './repeats.ts';
import { type Place, textBlocks } from './text-block.ts';
import { joined, wholeText } from './texts.ts';

/** What a detail needs besides its case. */
export interface DetailContext {
  readonly about: About;
  readonly answers: AnswerTexts;
  /** The link to this answer of the case, which is a fragment. */
  readonly linkTo: (answer: CaseRecord) => string;
  /** Which of the answers to begin with; the one that the case is shown by unless it says so. */
  readonly at?: number | undefined;
  /** Called when a reader has gone to another answer of the case. */
  readonly changed: () => void;
  /** Goes to the case before or after this one. */
  readonly step: (by: -1 | 1) => void;
}

/** What a case opens to: one of its answers, and the way to the others. */
export function createDetail(found: ListedCase, context: DetailContext): HTMLElement {
  const detail = element('div', { class: 'detail', attributes: { role: 'cell' } });
  const show = (at: number): void => {
    const focused = document.activeElement instanceof HTMLElement ? document.activeElement.dataset['to'] : undefined;
    const repeats = found.answers.length > 1 ? [createRepeats(found, at, turn)] : [];
    detail.replaceChildren(...answerOf(found.answers[at] ?? found, { context, detail, repeats }));
    if (focused !== undefined) focusButton(detail, focused);
  };
  const turn = (at: number): void => {
    show(at);
    context.changed();
  };
  show(context.at ?? leadingAnswer(found.answers));
  return element('div', { class: 'opened', attributes: { role: 'row' }, children: [detail] });
}

/** Puts the focus on the button that had it; where that leads nowhere now, on the answer that is shown. */
function focusButton(detail: Element, name: string): void {
  const button = detail.querySelector<HTMLButtonElement>(`.repeats [data-to="${name}"]:enabled`);
  (button ?? detail.querySelector<HTMLElement>('.repeats [aria-pressed=true]'))?.focus({ preventScroll: true });
}

/** What can be done with an answer, its grade, its numbers in full, question and answer beside each other, its error. */
function answerOf(
  found: CaseRecord,
  { context, detail, repeats }: { context: DetailContext; detail: Element; repeats: readonly HTMLElement[] },
): HTMLElement[] {
  const { about, answers } = context;
  const { error, prompt, parameters, answer } = found;
  const compared = compareAnswers(found);
  const requests: Place = { file: 'requests.jsonl', artifact: about.requests };
  const results: Place = { file: 'results.jsonl', artifact: about.results };
  const asked = [
    prompt === null ? undefined : section('prompt', [], showTurns(prompt, requests)),
    parameters === null
      ? undefined
      : element('details', {
          attributes: { 'data-text': 'parameters' },
          children: [
            element('summary', { text: LABELS.parameters }),
            ...textBlocks(LABELS.parameters, parameters, requests),
          ],
        }),
  ];
  const parts = (answer ?? []).flatMap((part) =>
    part.kind === 'text'
      ? [answers.show(LABELS.answer, part.text, { place: results, marks: compared?.ofNow(part) })]
      : showPart(LABELS.answer, part, results),
  );
  const nothing = textBlocks(LABELS.answer, { head: '', left_out: 0, tail: '' }, results);
  const came = [
    error === null
      ? undefined
      : section(
          'error',
          [],
          textBlocks(LABELS.error, { ...error.message, head: `${error.type}: ${error.message.head}` }, results),
        ),
    answer === null ? undefined : section('answer', [answers.createSwitch()], parts.length === 0 ? nothing : parts),
    found.texts_left_out ? textlessNote(found, about, { requests, results }) : undefined,
  ];
  const before = showBefore(found, answers, compared);
  // The same answer needs no room of its own.
  const all = found.before?.is_same ? [asked, [...came, before]] : [asked, came, [before]];
  const sides = all.filter((side) => side.some((part) => part !== undefined));
  const grade = showGrade(found, about.grades);
  return [
    element('div', { class: 'tools', children: [...stepsOf(context), ...copiesOf(found, context, detail)] }),
    ...repeats,
    ...(grade === undefined ? [] : [grade]),
    factsOf(found),
    element('div', {
      class: `sides of-${sides.length}`,
      children: sides.map((side) => element('div', { class: 'side', children: side })),
    }),
    linkOf(context.linkTo(found), about),
  ];
}

function section(name: 'error' | 'answer' | 'prompt', tools: readonly Node[], blocks: readonly Node[]): HTMLElement {
  const head = element('div', { class: 'section-head', children: [element('h3', { text: LABELS[name] }), ...tools] });
  return element('section', {
    attributes: { 'data-text': name },
    children: [head, ...blocks],
  });
}

function stepsOf({ step }: DetailContext): HTMLElement[] {
  return ([-1, 1] as const).map((by) => {
    const name = by < 0 ? 'previous' : 'next';
    const button = element('button', { class: `step ${name}`, text: LABELS[name], attributes: { type: 'button' } });
    button.addEventListener('click', () => step(by));
    return button;
  });
}

function copiesOf(found: CaseRecord, { linkTo, about }: DetailContext, detail: Element): HTMLElement[] {
  const { prompt, parameters, answer } = found;
  const link = linkTo(found);
  const shown = (name: string) => (): Element | null => detail.querySelector(name);
  const asked = [
    ...(prompt === null ? [] : [wholeText(prompt)]),
    ...(parameters === null ? [] : [`[${LABELS.parameters}]\n${joined(parameters)}`]),
  ];
  return [
    ...(answer === null
      ? []
      : [createCopyButton(LABELS.copyAnswer, { text: () => wholeText(answer), shown: shown('[data-text=answer]') })]),
    ...(asked.length === 0
      ? []
      : [createCopyButton(LABELS.copyPrompt, { text: () => asked.join('\n\n'), shown: shown('[data-text=prompt]') })]),
    // An uploaded page does not know its own address that lasts: only what is added to it.
    about.isLinked
      ? createCopyButton(LABELS.copyLink, { text: () => link, shown: shown('.share code'), done: LABELS.copiedLink })
      : createCopyButton(LABELS.copyLink, {
          text: () => location.href.replace(/#.*/s, '') + link,
          shown: shown('.share a'),
        }),
  ];
}

function textlessNote(
  { outcome }: CaseRecord,
  { hasPrompts }: About,
  { requests, results }: { readonly requests: Place; readonly results: Place },
): HTMLElement {
  const answer = outcome === 'succeeded' ? results : undefined;
  const text = textlessText({ answer, prompt: hasPrompts ? requests : undefined });
  return element('p', { class: 'textless', text });
}

function linkOf(link: string, { isLinked }: About): HTMLElement {
  const share = [LABELS.shareBefore, element('code', { text: link }), LABELS.shareAfter];
  return element('p', {
    class: 'share',
    children: [element('a', { text: LABELS.link, attributes: { href: link } }), ...(isLinked ? share : [])],
  });
}

function factsOf(found: CaseRecord): HTMLElement {
  const { id, source, position, model, stop_reason, tokens, reused } = found;
  const facts: readonly (readonly [keyof typeof LABELS, string | undefined])[] = [
    ['id', id],
    source === null ? ['position', formatCount(position + 1)] : ['source', `${source.file}:${source.line}`],
    ['model', model ?? undefined],
    ['stopReason', stop_reason ?? undefined],
    ['inputTokens', amountOf(tokens?.input)],
    ['outputTokens', amountOf(tokens?.output)],
    ['cacheRead', amountOf(tokens?.cache_read || undefined)],
    ['cacheWrite', amountOf(tokens?.cache_write || undefined)],
    ['cost', costText(found)],
    ['reused', reused && reusedText(reused)],
  ];
  const pairs = facts.flatMap(([name, value]) => {
    if (value === undefined) return [];
    const children = [element('dt', { text: LABELS[name] }), element('dd', { text: value })];
    return [element('div', { attributes: { 'data-fact': name }, children })];
  });
  return element('dl', { children: pairs });
}

function amountOf(count: number | undefined): string | undefined {
  return count === undefined ? undefined : formatCount(count);
}
