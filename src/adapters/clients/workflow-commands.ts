import { randomUUID } from 'node:crypto';
import { accessSync, appendFileSync } from 'node:fs';
import { EOL } from 'node:os';

// As `@actions/core` writes them. That package loads two clients of HTTP, and what starts processes, before the first line of the log.

/** Where an annotation belongs, and what stands above it. */
export interface Annotation {
  readonly title?: string;
  readonly file?: string;
  readonly startLine?: number;
}

export function info(text: string): void {
  process.stdout.write(text + EOL);
}

export function annotate(
  level: 'notice' | 'warning' | 'error',
  text: string,
  { title, file, startLine: line }: Annotation = {},
): void {
  issue(level, text, { title, file, line });
}

export function startGroup(title: string): void {
  issue('group', title);
}

export function endGroup(): void {
  issue('endgroup', '');
}

/** Has the runner mask this text in the log from now on. */
export function setSecret(text: string): void {
  issue('add-mask', text);
}

/** Throws where the runner's file cannot be written. */
export function setOutput(name: string, value: string): void {
  tell('GITHUB_OUTPUT', 'set-output', name, value);
}

/** For the post step. Throws where the runner's file cannot be written. */
export function saveState(name: string, value: string): void {
  tell('GITHUB_STATE', 'save-state', name, value);
}

/** In the file that the runner names, or as a command where it names none. */
function tell(variable: string, command: string, name: string, value: string): void {
  const path = process.env[variable] ?? '';
  if (path === '') {
    issue(command, value, { name });
    return;
  }
  // A file that is gone is not made anew: the runner would not read it.
  accessSync(path);
  const end = `ghadelimiter_${randomUUID()}`;
  appendFileSync(path, `${name}<<${end}${EOL}${value}${EOL}${end}${EOL}`, 'utf8');
}

function issue(command: string, text: string, properties: Readonly<Record<string, string | number | undefined>> = {}) {
  const given = Object.entries(properties).filter(([, value]) => value !== undefined && value !== '' && value !== 0);
  const list = given.map(([name, value]) => `${name}=${escapeProperty(String(value))}`).join(',');
  process.stdout.write(`::${command}${list === '' ? '' : ` ${list}`}::${escapeData(text)}${EOL}`);
}

function escapeData(text: string): string {
  return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}

function escapeProperty(text: string): string {
  return escapeData(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
}
