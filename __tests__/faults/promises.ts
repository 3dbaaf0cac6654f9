import type { CallName } from './calls.ts';
import type { Cell, FaultCell } from './cells.ts';
import type { Code } from './codes.ts';
import { type Kind, kindOf } from './kinds.ts';
import { degrades, ends, type Promised, pends, WAITS } from './promised.ts';
import { SURROUNDINGS } from './surroundings.ts';

/** Collected, and red, because nothing would be left of the results. */
const UPLOAD_FAILED: Promised = { ...WAITS, how: 'ends', codes: ['upload-failed'] };

/** Collected, and red, because a gate has nothing to compare with. */
const UNCOMPARED: Promised = { ...WAITS, how: 'ends', codes: ['verdict-not-comparable'] };

/** The batch is deleted, and its artifact was not read. */
const NOT_RESTORED: Promised = { ...ends('failed', 'restore-failed'), next: 'restores' };

interface Case extends Pick<FaultCell, 'fault' | 'often'> {
  readonly kind: Kind;
  readonly once: boolean;
}

type Rule = (one: Case) => Promised;

/** Whether the work was done before the fault. */
const isDone = ({ kind, fault }: Case): boolean =>
  kind === 'nonsense' || kind === 'mistyped' || kind === 'stalled' || /after$|^cut$|huge$/.test(fault);

/** Free calls that make the check and the estimate better. */
const checks =
  (code: Code): Rule =>
  ({ kind, once }) => {
    if (kind === 'mistyped') return WAITS;
    const passes =
      kind === 'unsent' || kind === 'broken' || kind === 'busy' || kind === 'limited' || kind === 'nonsense';
    return once && passes ? WAITS : degrades(code);
  };

/** Faults after which the client of a service certainly has nothing, if they last. */
const FINAL: readonly Kind[] = ['unsent', 'broken', 'stalled', 'busy', 'missing', 'forbidden'];

/** Calls of clients that try some faults again. `bad` is what comes of it otherwise. */
const served =
  (bad: Promised): Rule =>
  ({ kind, fault, once }) => {
    if (kind === 'mistyped') return { ...WAITS, next: bad.next };
    // Not every client reads the body of an answer, so that one with a good status may be enough.
    const isFinal = FINAL.includes(kind) && !/-after$|cut|trickle/.test(fault);
    return once || !isFinal ? { ...bad, orWaits: true } : bad;
  };

/** A store of which the other one holds the same, or a call that the run can do without. */
const stores = (code: Code): Rule => served(degrades(code));

/** What is gone since it was listed is as good as never stored. */
const downloads =
  (code: Code): Rule =>
  (one) =>
    one.kind === 'missing' ? WAITS : stores(code)(one);

/** The same in a run that leaves its batch running. */
const pauses =
  (code: Code): Rule =>
  (one) => ({ ...stores(code)(one), status: 'pending', next: 'collects the batch' });

/** A comment that was written, and about which nobody heard, is found before it is written again. */
const writesComment: Rule = (one) => (one.fault === 'stall' ? WAITS : stores('comment-not-written')(one));

/** An artifact holds the record too, so the batch is collected though the cache's text cannot be read. A text of another shape is told. */
const cacheDownload: Rule = (one) => {
  if (/^ok-(html|cut-json|bad-utf8|nothing)$/.test(one.fault)) return WAITS;
  if (/^ok-(null|array|object|number)$/.test(one.fault)) return degrades('record-foreign');
  return downloads('cache-not-read')(one);
};

/** The same run, which also sends the request whose earlier answer is not found. */
const resending = (promised: Promised): Promised => ({
  ...promised,
  resends: true,
  because: 'also with the request that has an answer',
});

/** Without the index, everything is sent. */
const answersLookUp: Rule = served(resending(degrades('answers-not-read')));

/** An index that was evicted since it was looked up is as good as none. Text that is no index is told. */
const answersDownload: Rule = (one) => {
  if (one.kind === 'missing') return resending(WAITS);
  const isText = one.kind === 'nonsense' && one.fault !== 'ok-no-gzip';
  return isText ? resending(degrades('answers-dropped')) : answersLookUp(one);
};

/** Only if the batch of an earlier run is certainly gone, its requests are sent. Else another run can have its answers. */
const reusedRetrieve: Rule = ({ kind, fault, once }) => {
  if (kind === 'mistyped') return WAITS;
  const isGone = kind === 'refused' || (kind === 'missing' && !once) || fault.startsWith('403-');
  if (isGone) return resending(degrades('reuse-lost'));
  return once && kind !== 'forbidden' ? WAITS : ends('failed', 'reuse-unavailable');
};

const reusedResults: Rule = ({ kind, fault, once }) => {
  if (kind === 'mistyped') return WAITS;
  // A response that comes byte by byte takes up the time in which it would be asked for again.
  const isFinal = kind === 'refused' || kind === 'forbidden' || fault === 'trickle';
  return once && !isFinal ? WAITS : ends('failed', 'reuse-unavailable');
};

/** What is not compared is no reason to fail where nothing depends on it. */
const baseline = (...codes: readonly Code[]): Rule => served(degrades(...codes));

const create: Rule = (one) => {
  const { kind, fault, once } = one;
  if (kind === 'unsent') return once ? WAITS : ends('failed', 'create-delayed', 'api-unreachable');
  if (kind === 'limited' || kind === 'paused') return once ? WAITS : ends('failed', 'api-busy');
  if (kind === 'missing') return ends('failed', 'create-forbidden');
  if (kind === 'forbidden') return ends('rejected', 'key-refused');
  if (kind === 'refused' && !fault.startsWith('redirect')) return ends('rejected', 'create-refused');
  if (kind === 'mistyped' || fault === 'ok-no-gzip') return WAITS;
  if (once || isDone(one)) return degrades('create-uncertain');
  return ends('failed', 'create-uncertain', 'create-broken-off');
};

const list: Rule = ({ kind, fault, once }) => {
  if (kind === 'mistyped') return WAITS;
  if (kind === 'limited' || kind === 'paused') return once ? WAITS : ends('failed', 'api-busy');
  if (kind === 'forbidden') return ends('rejected', 'key-refused');
  if (kind === 'missing') return ends('failed', 'create-forbidden');
  if (kind === 'refused' && !fault.startsWith('redirect')) return ends('failed', 'api-unreachable');
  return once ? WAITS : ends('failed', 'batch-list-failed', 'api-unreachable');
};

/** Status checks of a batch, or downloads of its results. */
const polls =
  (code: Code): Rule =>
  ({ kind, once }) => {
    if (kind === 'mistyped') return WAITS;
    if (kind === 'refused' || kind === 'forbidden') return pends(code);
    return once ? WAITS : pends(code);
  };

/** The answers are paid and judged once, whatever happens to the batch of the judgements. */
const judged = (promised: Promised): Promised => ({
  ...promised,
  batches: 2,
  because: promised.resends ? 'answers and judgements, one of these again' : 'answers and judgements',
});

/** What ends a run while answers are judged leaves the rest to the next run, which collects the answers and pays for none of them. */
const judging = (promised: Promised): Promised =>
  judged(
    promised.how === 'ends'
      ? { ...promised, status: 'pending', codes: [...promised.codes, 'judging-left'], next: 'collects the batch' }
      : promised,
  );

const WAKES: Promised = { ...WAITS, status: undefined, next: 'leaves it' };
/** Another round wakes the job. */
const LEAVES: Promised = { ...WAKES, how: 'degrades', codes: ['paused-left'], next: 'wakes it' };
const FAILS_TO_WAKE: Promised = { ...LEAVES, how: 'ends', codes: ['waking-failed'] };

/** A round of the waker in which a call to GitHub fails: it wakes the jobs all the same, or another round does. */
const woken =
  (bad: Promised, jobs: 1 | 2 = 1): Rule =>
  (one) => ({
    // With a token that GitHub does not know, no job is woken.
    ...(/^401-/.test(one.fault) ? FAILS_TO_WAKE : served(bad)(one)),
    ...(jobs === 1 ? {} : { batches: 2, because: 'one of each job' }),
  });

/** The next attempt of a run that began, and about which nobody heard, is found before it is asked for again. */
const reruns =
  (jobs: 1 | 2 = 1): Rule =>
  (one) =>
    woken(one.fault === 'stall' ? WAKES : LEAVES, jobs)(one);

const NOT_SIGNED_IN = ends('failed', 'model-not-checked', 'batch-list-failed', 'api-unreachable');

/** The toolkit asks for identity tokens again by itself, and the action with every exchange. */
const signsIn =
  (bad: Promised): Rule =>
  ({ kind, once }) => {
    if (once || kind === 'mistyped') return { ...WAITS, next: bad.next };
    return kind === 'nonsense' ? { ...bad, orWaits: true } : bad;
  };

/** An answer that another try would bring again. */
const isDenial = ({ kind }: Case): boolean => kind === 'refused' || kind === 'forbidden' || kind === 'missing';

const RULES: Record<CallName, Rule> = {
  models: (one) => {
    if (one.fault.startsWith('401-')) return ends('rejected', 'key-refused');
    return one.fault === '404-json' ? ends('rejected', 'unknown-model') : checks('model-not-checked')(one);
  },
  count: (one) => {
    if (one.fault.startsWith('401-')) return ends('rejected', 'key-refused');
    return one.fault.startsWith('400-') ? degrades('count-refused') : checks('count-incomplete')(one);
  },
  list,
  create,
  // Where the API does not know a batch for minutes, it is not there for this key: another run would not find it either.
  retrieve: (one) => {
    const isUnknown = one.kind === 'missing' && !one.once;
    return isUnknown ? { ...pends('batch-unreachable'), status: 'failed' } : polls('batch-unreachable')(one);
  },
  results: (one) => {
    const isNone = one.kind === 'nonsense' && one.fault !== 'ok-no-gzip';
    return isNone && !one.once ? pends('results-short') : polls('results-unavailable')(one);
  },
  cancel: (one) => {
    const canceled: Promised = {
      ...pends('batch-canceled'),
      status: 'canceled',
      batches: 2,
      because: 'the canceled batch has no answers',
      next: 'submits',
    };
    if (one.kind === 'mistyped') return canceled;
    if (isDone(one)) return { ...canceled, codes: ['cancel-failed', 'batch-canceled'] };
    return pends('cancel-failed', 'wait-timed-out');
  },
  delete: (one) => {
    const isGone = one.fault === '404-json';
    if (isGone || one.kind === 'mistyped') return { ...WAITS, next: 'restores' };
    return { ...degrades('batch-not-deleted'), next: isDone(one) ? 'restores' : 'collects again' };
  },
  'reused-retrieve': reusedRetrieve,
  'reused-results': reusedResults,
  'cache-look-up': stores('cache-not-read'),
  'cache-create': stores('cache-not-saved'),
  'cache-upload': stores('cache-not-saved'),
  'cache-finalize': stores('cache-not-saved'),
  'cache-download': cacheDownload,
  'answers-look-up': answersLookUp,
  'answers-look-up-in-budget': (one) => ({
    ...served({ ...ends('rejected', 'answers-not-read', 'over-budget') })(one),
  }),
  'answers-download': answersDownload,
  'own-answers-look-up': stores('answers-not-read'),
  'answers-claim': () => WAITS,
  'answers-create': stores('answers-not-saved'),
  'answers-upload': stores('answers-not-saved'),
  'answers-finalize': stores('answers-not-saved'),
  'record-create': stores('record-artifact-not-saved'),
  'record-upload': stores('record-artifact-not-saved'),
  'record-finalize': stores('record-artifact-not-saved'),
  'artifact-create': served(UPLOAD_FAILED),
  'artifact-upload': served(UPLOAD_FAILED),
  'artifact-finalize': served(UPLOAD_FAILED),
  'page-create': stores('page-not-uploaded'),
  'page-upload': stores('page-not-uploaded'),
  'page-finalize': stores('page-not-uploaded'),
  'artifact-verify': stores('batch-not-deleted'),
  'artifact-list': served(NOT_RESTORED),
  'artifact-address': served(NOT_RESTORED),
  'artifact-download': served(NOT_RESTORED),
  'baseline-download': baseline('baseline-refused'),
  'baseline-answers-download': baseline('baseline-answers-not-read'),
  'pause-list': pauses('pause-note-failed'),
  'pause-create': pauses('pause-note-failed'),
  'pause-upload': pauses('pause-note-failed'),
  'pause-finalize': pauses('pause-note-failed'),
  'grades-create': baseline('grades-not-uploaded'),
  'grades-upload': baseline('grades-not-uploaded'),
  'grades-finalize': baseline('grades-not-uploaded'),
  'repository-artifacts': stores('record-artifacts-not-read'),
  'run-artifacts': stores('record-artifacts-not-read'),
  'record-address': downloads('record-artifacts-not-read'),
  'record-download': downloads('record-artifacts-not-read'),
  'run-look-up': () => WAITS,
  'baseline-list': baseline('no-baseline'),
  // GitHub's client only parses what is said to be JSON.
  'baseline-list-at-gate': (one) => (one.kind === 'mistyped' ? UNCOMPARED : served(UNCOMPARED)(one)),
  'baseline-run-artifacts': downloads('no-baseline'),
  // What is gone has expired; nothing takes its place.
  'baseline-artifact': downloads('no-baseline'),
  'baseline-address': baseline('baseline-refused'),
  'pause-job': pauses('pause-job-unknown'),
  jobs: stores('job-start-unknown'),
  // A token that may not ask for its own name is taken for the workflow's.
  viewer: (one) => ({
    ...stores('comment-not-written')(one),
    ...(/^40[134]-/.test(one.fault) ? { orWaits: true } : {}),
  }),
  'comments-list': stores('comment-not-written'),
  'comment-create': writesComment,
  'comment-update': writesComment,
  'commit-pulls': stores('comment-not-written'),

  exchange: (one) => {
    if (one.kind === 'mistyped') return WAITS;
    if (isDenial(one)) return ends('rejected', 'sign-in-denied');
    return one.once ? { ...degrades('model-not-checked'), orWaits: true } : NOT_SIGNED_IN;
  },
  // A denial is no reason to give up while the token before it is still good.
  'exchange-again': ({ kind, once }) => (once || kind === 'mistyped' ? WAITS : pends('batch-unreachable')),
  // Free calls are not made again after silence.
  'identity-token': (one) => {
    if (isDenial(one)) return ends('rejected', 'identity-token-refused');
    return one.once && one.kind === 'stalled' ? degrades('model-not-checked') : signsIn(NOT_SIGNED_IN)(one);
  },
  'identity-token-again': signsIn(pends('batch-unreachable')),
  'judge-model': (one) => judged(RULES.models(one)),
  'judge-list': (one) => judging(list(one)),
  'judge-create': (one) => judging(create(one)),
  'judge-retrieve': (one) => judging(RULES.retrieve(one)),
  'judge-results': (one) => judging(RULES.results(one)),
  'reused-judgements-retrieve': (one) => judging(reusedRetrieve(one)),
  'reused-judgements-results': (one) => judging(reusedResults(one)),
  'note-list': stores('pause-note-not-removed'),
  'note-address': stores('pause-note-not-removed'),
  'note-download': stores('pause-note-not-removed'),
  'note-delete': stores('pause-note-not-removed'),

  'wake-retrieve': ({ kind }) => (kind === 'mistyped' ? WAKES : kind === 'missing' ? LEAVES : FAILS_TO_WAKE),
  // Where nobody says whether another waker has claimed it, GitHub lets only one of both run it again.
  'wake-claim': ({ fault }) => (/^409-/.test(fault) ? LEAVES : WAKES),
  'paused-list': woken(FAILS_TO_WAKE),
  'paused-run-artifacts': woken(LEAVES, 2),
  'paused-address': woken(LEAVES),
  'paused-download': woken(LEAVES),
  'paused-run': woken(LEAVES),
  'paused-run-again': woken(LEAVES),
  'paused-job': woken(LEAVES),
  'paused-jobs': woken(LEAVES, 2),
  'paused-branch': woken(LEAVES),
  'rerun-job': reruns(),
  'rerun-failed': reruns(2),
  'rerun-all': reruns(2),
};

export function promiseOf(cell: Cell): Promised {
  if ('surroundings' in cell) return SURROUNDINGS[cell.surroundings].promised;
  const { call, fault, often } = cell;
  return RULES[call]({ kind: kindOf(fault), fault, often, once: often === 'once' });
}
