import { readFileSync } from 'node:fs';
import { createRandomness } from '../core/estimate/randomness.ts';

/** Questions as request lines, each with an assert on the number that is right. */
export interface MathQuestions {
  readonly text: string;
  /** The right number as it has to stand at the end of an answer, by custom id in file order. */
  readonly numbers: ReadonlyMap<string, string>;
}

/** As many questions as the published set has. */
export const QUESTIONS = 1_319;

/** The published questions at a path. */
export function readQuestions(path: string): MathQuestions {
  return questionsOf(readFileSync(path, 'utf8'));
}

/** Questions in the form of the published ones, made up from a seed, for where those are not at hand. */
export function makeQuestions(count = QUESTIONS): MathQuestions {
  const random = createRandomness(11);
  const lines = Array.from({ length: count }, (_, index) => {
    const [boxes, apples, eaten] = [random.whole(2, 90), random.whole(2, 90), random.whole(1, 200)];
    const number = boxes * apples - eaten;
    const content = `Ada’s ${boxes} boxes hold ${apples} apples each. She eats ${eaten} of them. How many are left?`;
    return JSON.stringify({
      custom_id: `made-up-${String(index).padStart(4, '0')}`,
      params: {
        model: 'claude-haiku-4-5',
        max_tokens: 512,
        system: 'Solve the problem step by step. Finish with a line of the form: A: <number>',
        messages: [{ role: 'user', content }],
      },
      assert: [{ type: 'regex', value: `A:\\s*\\$?${number}(\\.0+)?\\s*$` }],
    });
  });
  return questionsOf(`${lines.join('\n')}\n`);
}

function questionsOf(text: string): MathQuestions {
  const numbers = new Map<string, string>();
  for (const line of text.trimEnd().split('\n')) {
    const { custom_id, assert } = JSON.parse(line);
    numbers.set(custom_id, /^A:\\s\*\\\$\?(-?\d+)\(/.exec(assert[0].value)?.[1] ?? '');
  }
  return { text, numbers };
}

/** Answers of a model that is right about the ids for which `isRight` says so, and wrong by one about the others. */
export function answerQuestions(
  { numbers }: MathQuestions,
  isRight: (id: string) => boolean,
): ReadonlyMap<string, string> {
  return new Map(
    Array.from(numbers, ([id, number]) => {
      const said = isRight(id) ? number : String(Number(number) + 1);
      return [id, `First I add up what is given.\nThen I take away what is gone.\nA: ${said}`];
    }),
  );
}

/**
 * Two models by what becomes of each question from the first to the second: of so many, spread by a seed, both are right, only the
 * first, only the second, or none.
 */
export function twoModels(
  questions: MathQuestions,
  counts: { readonly broken: number; readonly fixed: number; readonly neither: number },
) {
  const random = createRandomness(23);
  const order = [...questions.numbers.keys()]
    .map((id) => [random.next(), id] as const)
    .sort(([a], [b]) => a - b)
    .map(([, id]) => id);
  const { broken, fixed, neither } = counts;
  const take = (from: number, count: number): ReadonlySet<string> => new Set(order.slice(from, from + count));
  const sets = { broken: take(0, broken), fixed: take(broken, fixed), neither: take(broken + fixed, neither) };
  const inOrder = (ids: ReadonlySet<string>): string[] => [...questions.numbers.keys()].filter((id) => ids.has(id));
  return {
    first: answerQuestions(questions, (id) => !sets.fixed.has(id) && !sets.neither.has(id)),
    second: answerQuestions(questions, (id) => !sets.broken.has(id) && !sets.neither.has(id)),
    /** Ids in file order. */
    broken: inOrder(sets.broken),
    fixed: inOrder(sets.fixed),
    neither: inOrder(sets.neither),
  };
}
