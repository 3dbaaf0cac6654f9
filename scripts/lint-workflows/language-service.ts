// What GitHub's language service for workflows, the one in its editors, says about a workflow or action.yml.
import { registerHooks } from 'node:module';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { parse } from 'yaml';
import { ACTION_INPUTS } from './action-inputs.ts';
import { OURS } from './complete-workflow.ts';
import type { Finding, Source } from './source.ts';

type Service = typeof import('@actions/languageservice');
type Validation = NonNullable<Parameters<Service['validate']>[1]>;
type Metadata = Awaited<ReturnType<NonNullable<Validation['actionsMetadataProvider']>['fetchActionMetadata']>>;

/** What to say about an action that it could not find, instead of that it does not exist. */
const UNKNOWN = '$1 is not known here: add its inputs to scripts/lint-workflows/action-inputs.ts';

/** Loads it. It imports JSON without saying that it is JSON, as only bundlers allow, so a hook adds that. */
async function loadService(): Promise<Service> {
  const hooks = registerHooks({
    load: (url, context, next) =>
      next(url, url.endsWith('.json') ? { ...context, importAttributes: { type: 'json' } } : context),
  });
  try {
    return await import('@actions/languageservice');
  } finally {
    hooks.deregister();
  }
}

/** Its findings in the texts. `actionYml` is the text of our own `action.yml`; of other actions it knows what `ACTION_INPUTS` says. */
export async function runLanguageService(sources: readonly Source[], actionYml: string): Promise<Finding[]> {
  const service = await loadService();
  // It swallows its own failures and then finds nothing; only this logger shows them.
  const fail = (message: string): never => {
    throw new Error(message);
  };
  service.registerLogger({ error: fail, warn: fail, info: () => {}, log: () => {} });
  const ours = parse(actionYml) as NonNullable<Metadata>;
  const actionsMetadataProvider = {
    fetchActionMetadata: async (action: { owner: string; name: string; ref: string; path?: string }) => {
      const name = [action.owner, action.name, ...(action.path ? [action.path] : [])].join('/');
      return `${name}@${action.ref}` === OURS ? ours : describe(name);
    },
  };
  const findings: Finding[] = [];
  for (const [index, { file, firstLine, text }] of sources.entries()) {
    // It caches a text by its name, and treats a text of this name as the metadata of an action.
    const name = /(?:^|\/)action\.ya?ml$/.test(file) ? 'action.yml' : 'workflow.yml';
    const document = TextDocument.create(`file:///${index}/${name}`, 'yaml', 1, text);
    for (const { range, severity = 1, message } of await service.validate(document, { actionsMetadataProvider })) {
      const said = typeof message === 'string' ? message : message.value;
      const words = said.replace(/^Unable to resolve action (`[^`]+`),.*/, UNKNOWN);
      const isFault = severity <= 2; // others explain, such as a schedule in words
      if (isFault) findings.push({ file, line: firstLine + range.start.line, message: `${words} [language-service]` });
    }
  }
  return findings;
}

function describe(name: string): Metadata {
  const inputs = ACTION_INPUTS[name];
  if (inputs === undefined) return undefined;
  const entries = inputs.map((input) => [input, { description: '', required: false }] as const);
  return { name, description: '', inputs: Object.fromEntries(entries) };
}
