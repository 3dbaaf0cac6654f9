// What a run needs once its requests are read, or once it ends: half of the steps, in a file of their own. The first request
// to a service does not wait for it to compile.

import { setFlagsFromString } from 'node:v8';

export { conclude } from './core/endings/conclude.ts';
export { admit, dryRun } from './steps/admit/admit.ts';
export { mergeResults } from './steps/collect/merge-results.ts';
export { chooseBaseline } from './steps/compare/choose-baseline.ts';
export { gather, gatherGiven } from './steps/gather/gather.ts';
export { handOver } from './steps/gather/hand-over.ts';
export { postRun } from './steps/gather/post-run.ts';
export { grade } from './steps/grade/grade.ts';
export { publish } from './steps/publish/publish.ts';
export { keepAnswers } from './steps/reuse/keep-answers.ts';
export { planDryRun, planReuse, submissionOf } from './steps/reuse/plan-reuse.ts';
export { wake } from './steps/wake/wake.ts';

// From here on, each collection gives back what it has freed. Left to itself, the engine keeps 16 MB of it at hand, and more where it is
// scattered. At the start of the process, the flag would cause a collection of 8 ms before the first request.
setFlagsFromString('--optimize-for-size');
