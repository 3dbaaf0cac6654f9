import { textOfBody } from './body.ts';
import { createFakes, type Fakes } from './ports.ts';
import { inputsOf, runOf, runStep } from './step.ts';

// Runs one after the other on one API, each on a machine of its own.

export const MODEL = 'claude-haiku-4-5';
export const line = (id: string, prompt = id): string =>
  `{"custom_id":"${id}","params":{"model":"${MODEL}","max_tokens":8,"messages":[{"role":"user","content":"${prompt}"}]}}`;
export const ids = (count: number): string[] => Array.from({ length: count }, (_, i) => `q${i}`);
/** So many requests, of which these ask otherwise. */
export const evals = (count: number, changed: Readonly<Record<string, string>> = {}): string =>
  ids(count)
    .map((id) => line(id, changed[id]))
    .join('\n');
/** The first `count` requests, changed. */
export const changes = (count: number, text = 'new'): Record<string, string> =>
  Object.fromEntries(ids(count).map((id) => [id, `${text} ${id}`]));

/** 10 in at $1 and 5 out at $5 per million, halved: an answer, in millionths of a dollar. */
export const ANSWER_MICRO_USD = 17.5;
export const usd = (answers: number): string => (Math.ceil(answers * ANSWER_MICRO_USD) / 1e6).toFixed(6);

export const mainRun = (id: number) =>
  runOf(
    {
      GITHUB_RUN_ID: String(id),
      GITHUB_EVENT_NAME: 'push',
      GITHUB_REF: 'refs/heads/main',
      GITHUB_REF_NAME: 'main',
      GITHUB_WORKFLOW_REF: 'octo/evals/.github/workflows/ci.yml@refs/heads/main',
    },
    { repository: { default_branch: 'main' } },
  );

export interface Asked {
  readonly requests: { readonly custom_id: string; readonly params: { readonly messages: { content: string }[] } }[];
}

/** An API whose answers depend on the prompt alone. */
export function fakesWith(content: string): Fakes {
  const fakes = createFakes({ '/w/evals.jsonl': content });
  answerByPrompt(fakes);
  return fakes;
}

function answerByPrompt(fakes: Fakes): void {
  const { create } = fakes.api;
  Object.assign(fakes.api, {
    create: async (body: Parameters<typeof create>[0]) => {
      const { requests }: Asked = JSON.parse(textOfBody(body));
      const prompts = new Map(requests.map(({ custom_id, params }) => [custom_id, params.messages[0]?.content ?? '']));
      const { answer } = fakes.apiState;
      fakes.apiState.answer = (id, index) => {
        const made = answer(id, index);
        return JSON.stringify(made).includes('"ok"')
          ? JSON.parse(JSON.stringify(made).replace('"ok"', JSON.stringify(`to ${prompts.get(id)}`)))
          : made;
      };
      try {
        return await create(body);
      } finally {
        fakes.apiState.answer = answer;
      }
    },
  });
}

/** What goes on on another machine: the same API, cache, artifacts and indexes, with these requests. */
export function onwards(fakes: Fakes, content: string): Fakes {
  const later = fakesWith(content);
  const { answer, created, batches } = fakes.apiState;
  Object.assign(later.apiState, { answer, created });
  for (const [id, batch] of batches) later.apiState.batches.set(id, batch);
  later.memory.texts.push(...fakes.memory.texts);
  for (const claim of fakes.memory.claims) later.memory.claims.add(claim);
  later.artifactState.stored.push(...fakes.artifactState.stored);
  later.kept.texts.push(...fakes.kept.texts);
  later.kept.scopes = fakes.kept.scopes;
  later.clock.time = fakes.clock.time + 60_000;
  return later;
}

export const textOf = (fakes: Fakes, path: string): string => fakes.files.disk.get(path)?.toString('utf8') ?? '';
export const resultsOf = (fakes: Fakes): string => textOf(fakes, '/r/results.jsonl');
export const failuresOf = (fakes: Fakes): string[] =>
  fakes.log.messages.flatMap((one) => (one.code === 'step-failed' ? one.failures.map(({ code }) => code) : []));
export const codesOf = (fakes: Fakes): string[] => fakes.log.messages.map(({ code }) => code);

/** How many requests each batch of the API was made of, oldest first. */
export const sizesOf = ({ apiState }: Fakes): number[] =>
  [...apiState.batches.values()].map(({ body }) => (JSON.parse(body) as Asked).requests.length);

export async function run(fakes: Fakes, raw: Readonly<Record<string, string>> = {}, context = mainRun(1)) {
  fakes.outputs.clear();
  const { outcome, green, runState } = await runStep(fakes, inputsOf({ 'reuse-answers': 'true', ...raw }), context);
  return {
    green,
    status: outcome.status,
    source: fakes.outputs.get('batch-source'),
    sizes: sizesOf(fakes),
    newUsd: fakes.outputs.get('new-cost-usd'),
    costUsd: fakes.outputs.get('cost-usd'),
    runState,
  };
}

/** Results of a run that has never seen any of these requests. */
export async function fullResults(content: string): Promise<string> {
  const fakes = fakesWith(content);
  await run(fakes, { 'reuse-answers': 'false' });
  return resultsOf(fakes);
}

/** A run of main with a hundred requests. */
export async function afterMain(content = evals(100)): Promise<Fakes> {
  const fakes = fakesWith(content);
  await run(fakes);
  return fakes;
}

/** A step that dies at the nth call of a port, and never goes on. */
export async function killedAt(fakes: Fakes, at: number, context = mainRun(2)): Promise<boolean> {
  let calls = 0;
  let isDead = false;
  const die = () => {
    calls += 1;
    if (calls >= at) {
      isDead = true;
      throw new Error('killed');
    }
  };
  for (const port of [fakes.api, fakes.state, fakes.answers, fakes.artifacts]) {
    for (const [name, method] of Object.entries(port)) {
      if (typeof method !== 'function') continue;
      Object.assign(port, {
        [name]: (...given: unknown[]) => {
          die();
          return method.apply(port, given);
        },
      });
    }
  }
  await run(fakes, {}, context).catch(() => undefined);
  return isDead;
}
