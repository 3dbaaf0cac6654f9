import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inject } from '../../simulator/inject.ts';
import { createAuthority } from '../../simulator/network/certificate.ts';
import { type Front, startFront } from '../../simulator/network/front.ts';
import { type ForwardProxy, startProxy } from '../../simulator/network/proxy.ts';
import type { Place } from './place.ts';
import { degrades, ends, type Promised, pends, WAITS } from './promised.ts';
import type { Ran } from './stage.ts';

/** What surrounds a run, in words, and what is promised there. */
export interface Surroundings {
  readonly what: string;
  readonly promised: Promised;
  enter(): Place | Promise<Place>;
}

const HOST = 'simulator.test';
const USER = 'runner';
const PASSWORD = 'p@ss/word-of-the-proxy';
const CREDENTIALS = `${encodeURIComponent(USER)}:${encodeURIComponent(PASSWORD)}`;
/** Below a file, there is nothing. */
const NOT_A_FOLDER = join(process.execPath, 'folder');
const MINUTE_MS = 60_000;
/** Longer than a call is tried again by its client, shorter than the action waits for the API. */
const AWAY_MS = 4 * MINUTE_MS;

type Variables = Readonly<Record<string, string | undefined>>;

/** What a run warns of that reaches neither the API nor GitHub. */
const CUT_OFF = ['records-not-read', 'record-not-saved', 'model-not-checked', 'comment-not-written'] as const;

/** All services behind HTTPS, with a certificate of an authority that is in no list. */
interface Secure extends Place {
  readonly front: Front;
  readonly authorityFile: string;
}

async function secure(): Promise<Secure> {
  const authority = createAuthority(HOST);
  const folder = mkdtempSync(join(tmpdir(), 'claude-batch-authority-'));
  const authorityFile = join(folder, 'authority.pem');
  writeFileSync(authorityFile, authority.cert);
  let port = 0;
  const front = await startFront(authority.host, () => port);
  return {
    front,
    authorityFile,
    publicOrigin: `https://${HOST}:${front.port}`,
    isBusy: front.isBusy,
    begin({ simulator }) {
      port = simulator.port;
    },
    leave() {
      front.stop();
      rmSync(folder, { recursive: true });
    },
  };
}

/** Where a company's own authority is known only if `known`, and afterwards in any case. */
async function ownAuthority(known: boolean): Promise<Place> {
  const place = await secure();
  let file = known ? place.authorityFile : undefined;
  return {
    ...place,
    env: () => ({ NODE_OPTIONS: inject('names', {}), NODE_EXTRA_CA_CERTS: file }),
    async mend() {
      file = place.authorityFile;
    },
  };
}

interface Behind {
  readonly proxy: ForwardProxy;
  readonly place: Secure;
}

/** Behind a proxy, which alone knows where the services are. */
async function behindProxy(
  more: (
    behind: Behind,
  ) => Pick<Place, 'begin' | 'mend' | 'findWrongs'> & { readonly variables?: () => Variables } = () => ({}),
): Promise<Place> {
  const place = await secure();
  const proxy = await startProxy(`${USER}:${PASSWORD}`);
  const { variables, begin, ...rest } = more({ proxy, place });
  const address = proxy.origin.replace('//', `//${CREDENTIALS}@`);
  return {
    ...place,
    env: () => ({ HTTPS_PROXY: address, NODE_EXTRA_CA_CERTS: place.authorityFile, ...variables?.() }),
    isBusy: () => place.front.isBusy() || proxy.isBusy(),
    begin(services) {
      place.begin?.(services);
      begin?.(services);
    },
    findWrongs: (ran) => [...findTold(ran), ...findPlain(proxy)],
    ...rest,
    leave() {
      proxy.stop();
      place.leave();
    },
  };
}

/** The password of the proxy is in nothing that people can read, in no form. */
function findTold({ result }: Ran): string[] {
  const told = [result.rawLog, result.post?.rawLog, result.summary, ...result.outputs.values()].join('\n');
  const forms = [PASSWORD, encodeURIComponent(PASSWORD), Buffer.from(`${USER}:${PASSWORD}`).toString('base64')];
  return forms.some((form) => told.includes(form)) ? ['the password of the proxy is told'] : [];
}

/** All goes through tunnels, which are asked for with the credentials and nothing else that is secret. */
function findPlain({ asked }: ForwardProxy): string[] {
  const wrongs: string[] = [];
  if (asked.length === 0) wrongs.push('nothing came to the proxy');
  for (const { method, target, headers } of asked) {
    if (method !== 'CONNECT') wrongs.push(`the proxy can read ${method} ${target}`);
    if (headers['proxy-authorization'] === undefined)
      wrongs.push(`the proxy is asked for ${target} without credentials`);
    if (headers.authorization !== undefined || headers['x-api-key'] !== undefined)
      wrongs.push('the proxy gets a secret');
  }
  return [...new Set(wrongs)];
}

/** A proxy that goes away when the batch is made, and after a while comes back if `returns`. */
function losingProxy(returns: boolean): Promise<Place> {
  return behindProxy(({ proxy }) => {
    let isGone = false;
    return {
      begin({ simulator, clock }) {
        simulator.watchers.push((stage, { method, path }) => {
          if (isGone || stage !== 'answered' || method !== 'GET' || !/\/batches\/[^/]+$/.test(path)) return 'go-on';
          isGone = true;
          proxy.goAway();
          if (returns) clock.sleep(AWAY_MS).then(proxy.comeBack);
          return 'go-on';
        });
      },
      ...(returns ? {} : { mend: proxy.comeBack }),
    };
  });
}

/** A proxy that refuses this run, by its credentials or with a status of its own. */
function refusingProxy(status: 407 | 502): Promise<Place> {
  return behindProxy(({ proxy }) => {
    proxy.status = status;
    return {
      async mend() {
        proxy.status = 200;
      },
    };
  });
}

/** GitHub Enterprise Server: neither artifacts nor a cache of the second version, and where it has one, a cache of the first. */
function enterpriseServer({ hasCache }: { readonly hasCache: boolean }): Place {
  return {
    job: { serverUrl: 'https://github.company.test' },
    env: ({ origin }) => ({
      ACTIONS_RESULTS_URL: undefined,
      ACTIONS_CACHE_SERVICE_V2: undefined,
      ACTIONS_CACHE_URL: hasCache ? `${origin}/` : undefined,
    }),
    findWrongs: (_, { exchanges, results }) => [
      ...(exchanges.some(({ path }) => path.startsWith('/twirp/')) ? ['it asks services that are not there'] : []),
      ...(results.artifacts.length > 0 ? ['it has stored artifacts'] : []),
    ],
    leave: () => undefined,
  };
}

/** A machine of one's own, with other variables. */
function machine(variables: Variables): Place {
  const runner = { isHosted: false, os: 'Linux', arch: 'X64' };
  return { job: { runner }, env: () => variables, leave: () => undefined };
}

export const SURROUNDINGS = {
  proxy: { what: 'a proxy with a user name and a password', promised: WAITS, enter: () => behindProxy() },
  'no-proxy': {
    what: 'a proxy, and `NO_PROXY` with the hosts of all services',
    promised: WAITS,
    enter: () =>
      behindProxy(({ proxy }) => ({
        variables: () => ({ NO_PROXY: HOST, NODE_OPTIONS: inject('names', {}) }),
        findWrongs: () => (proxy.asked.length > 0 ? ['it goes through the proxy'] : []),
      })),
  },
  'proxy-407': {
    what: 'a proxy that rejects the user name and the password',
    promised: ends('failed', ...CUT_OFF, 'api-unreachable'),
    enter: () => refusingProxy(407),
  },
  'proxy-502': {
    what: 'a proxy that cannot reach the services',
    promised: ends('failed', ...CUT_OFF, 'api-unreachable'),
    enter: () => refusingProxy(502),
  },
  'proxy-gone': {
    what: 'a proxy that goes away while the batch runs',
    promised: pends('batch-unreachable', 'pause-note-failed', 'comment-not-written'),
    enter: () => losingProxy(false),
  },
  'proxy-away': {
    what: 'a proxy that goes away for four minutes while the batch runs',
    promised: WAITS,
    enter: () => losingProxy(true),
  },
  'own-authority': {
    what: 'certificates of a private authority, in `NODE_EXTRA_CA_CERTS`',
    promised: WAITS,
    enter: () => ownAuthority(true),
  },
  'unknown-authority': {
    what: 'the same, without that variable',
    promised: ends('failed', ...CUT_OFF, 'api-unreachable'),
    enter: () => ownAuthority(false),
  },
  'enterprise-server': {
    what: 'GitHub Enterprise Server, with its cache',
    promised: WAITS,
    enter: () => enterpriseServer({ hasCache: true }),
  },
  'enterprise-server-without-cache': {
    what: 'the same, without a cache',
    promised: { ...degrades('record-not-saved'), batches: 2, because: 'nothing keeps the record', next: 'submits' },
    enter: () => enterpriseServer({ hasCache: false }),
  },
  'bare-path': {
    what: 'a self-hosted runner with an empty `PATH`: no `tar`, no `zstd`, no `git`',
    promised: WAITS,
    enter: () => machine({ PATH: '' }),
  },
  'no-home': {
    what: 'a self-hosted runner without `HOME` and `TMPDIR`',
    promised: WAITS,
    enter: () => machine({ HOME: undefined, TMPDIR: undefined, USERPROFILE: undefined }),
  },
  'temp-not-writable': {
    what: 'a `RUNNER_TEMP` in which nothing can be written, and `results-path` elsewhere',
    promised: degrades('record-artifact-not-saved'),
    enter: () => machine({ RUNNER_TEMP: NOT_A_FOLDER }),
  },
  'results-not-writable': {
    what: 'a `results-path` in which nothing can be written',
    promised: ends('rejected', 'input-folder'),
    enter: () => {
      let inputs: Readonly<Record<string, string>> = { 'results-path': NOT_A_FOLDER };
      return {
        ...machine({}),
        inputs: () => inputs,
        async mend() {
          inputs = {};
        },
      };
    },
  },
} as const satisfies Record<string, Surroundings>;

export type SurroundingsName = keyof typeof SURROUNDINGS;
export const SURROUNDINGS_NAMES = Object.keys(SURROUNDINGS) as readonly SurroundingsName[];
