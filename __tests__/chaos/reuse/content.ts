import { createHash } from 'node:crypto';

/** Of each request, which of its versions it is. */
export type Content = readonly number[];

const MODEL = 'claude-haiku-4-5';
const RUBRICS = ['is polite', 'is brief'];

/** The request lines of a content as they are sent. */
export function sentLines(content: Content): readonly string[] {
  return content.map((version, position) => {
    const messages = [{ role: 'user', content: `Question ${position} in version ${version}` }];
    return JSON.stringify({ custom_id: `q${position}`, params: { model: MODEL, max_tokens: 64, messages } });
  });
}

/** The request file of a content, graded by a rubric or not at all. */
export function requestFile(content: Content, rubric: number | undefined): string {
  const asserts = rubric === undefined ? {} : { assert: [{ type: 'llm-rubric', value: RUBRICS[rubric] }] };
  return sentLines(content)
    .map((line) => `${JSON.stringify({ ...JSON.parse(line), ...asserts })}\n`)
    .join('');
}

/** What a request of ours asks. */
export function questionOf(params: object): string {
  const { messages } = params as { readonly messages: readonly { readonly content: string }[] };
  return messages[0]?.content ?? '';
}

export function answerTo(question: string): string {
  return `The answer to: ${question}.`;
}

/** What the API answers each request of a content. */
export function answersTo(content: Content): readonly string[] {
  return sentLines(content).map((line) => answerTo(questionOf((JSON.parse(line) as { params: object }).params)));
}

/** What the judge thinks: three answers in four pass. */
export function isGood(answer: string, rubric: string): boolean {
  const digest = createHash('sha256')
    .update(JSON.stringify([answer, rubric]))
    .digest();
  return (digest[0] ?? 0) % 4 !== 0;
}

/** What the judge thinks of the answers to a content. */
export function gradesOf(content: Content, rubric: number): readonly boolean[] {
  return answersTo(content).map((answer) => isGood(answer, RUBRICS[rubric] ?? ''));
}
