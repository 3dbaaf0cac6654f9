import type { Problem } from '../messages/problems.ts';
import { nearest } from '../text/nearest.ts';
import { DEFAULT_BASE_URL, INPUTS, type Values } from './fields.ts';
import { clipValue } from './parsed.ts';
import { checkCredentials } from './sign-in.ts';

/** Problems of inputs that are valid on their own. */
export function checkTogether(given: Partial<Values>, raw: ReadonlyMap<string, string>): readonly Problem[] {
  const { requests, batchIds, key, baseUrl, dryRun, deleteBatch, artifactName, artifactContent, wakePaused } = given;
  const problems: Problem[] = [];
  const isNothingGiven = requests?.length === 0 && batchIds?.length === 0;
  if (isNothingGiven && wakePaused === false)
    problems.push({ code: 'input-nothing-to-do', slip: slipIn(raw), input: 'requests' });
  const others = [
    ...(requests?.length ? ['requests'] : []),
    ...(batchIds?.length ? ['batch-id'] : []),
    ...(dryRun === true ? ['dry-run'] : []),
  ];
  if (wakePaused === true && others.length > 0)
    problems.push({ code: 'input-wakes-and-runs', others, input: 'wake-paused' });
  if (key !== undefined && baseUrl === DEFAULT_BASE_URL && OTHER_SERVICES.test(key)) {
    const isFromEnvironment = (raw.get('anthropic-api-key') ?? '').trim() === '';
    problems.push({ code: 'input-key', fault: 'other-service', isFromEnvironment, input: 'anthropic-api-key' });
  }
  problems.push(...checkCredentials(raw, key !== undefined || !('key' in given)));
  // A dry run shows what would be sent; collecting sends nothing and costs nothing.
  if (dryRun === true && batchIds !== undefined && batchIds.length > 0)
    problems.push({ code: 'input-dry-run-collects', input: 'dry-run' });
  // Unless an artifact holds the results, they vanish with the runner.
  const why: ('no-artifact' | 'no-content')[] = [];
  if (artifactName === '') why.push('no-artifact');
  if (artifactContent === 'none') why.push('no-content');
  if (deleteBatch === true && why.length > 0) problems.push({ code: 'input-results-lost', input: 'delete-batch', why });
  return [...problems, ...checkGrading(given)];
}

/** Settings that nothing could ever satisfy, or that would be ignored silently. */
function checkGrading(given: Partial<Values>): readonly Problem[] {
  const { requests, batchIds = [], repeats, repeatMinPass, baseline, maxDropMicroPercent } = given;
  const problems: Problem[] = [];
  if (repeats !== undefined && repeatMinPass !== undefined && repeatMinPass > repeats)
    problems.push({ code: 'input-repeat-min-pass', minPass: repeatMinPass, repeats, input: 'repeat-min-pass' });
  if (maxDropMicroPercent !== undefined && baseline?.kind === 'none')
    problems.push({ code: 'input-drop-without-baseline', input: 'max-drop' });
  if (requests?.length === 0 && batchIds.length > 0)
    for (const input of gradingInputs(given)) problems.push({ code: 'input-needs-requests', input });
  return problems;
}

/** The grading inputs that are set. */
function gradingInputs(given: Partial<Values>): readonly string[] {
  const inputs: string[] = [];
  if (given.defaultAsserts !== undefined && given.defaultAsserts.length > 0) inputs.push('default-assert');
  if (given.extraGrades !== undefined && given.extraGrades.length > 0) inputs.push('extra-grades');
  if (given.minPassRateMicroPercent !== undefined) inputs.push('min-pass-rate');
  if (given.maxDropMicroPercent !== undefined) inputs.push('max-drop');
  if (given.sample !== undefined) inputs.push('sample');
  return inputs;
}

/** Key prefixes of OpenAI, OpenRouter, Google, Groq, xAI, Hugging Face and GitHub. A gateway may accept any of them. */
const OTHER_SERVICES = /^(?:sk-(?:proj|svcacct|or)-|AIza|gsk_|xai-|hf_|gh[pousr]_|github_pat_)/;

/** A set input that does not exist, and whose name is a typo of one that says what to do. */
function slipIn(raw: ReadonlyMap<string, string>): { readonly written: string; readonly meant: string } | undefined {
  for (const [name, text] of raw) {
    const meant = nearest(name, ['requests', 'batch-id']);
    const isInput = INPUTS.some((one) => one.name === name);
    if (meant !== undefined && !isInput && text.trim() !== '') return { written: clipValue(name), meant };
  }
  return undefined;
}
