import { endGroup, error, info, notice, startGroup, warning } from '@actions/core';
import { escapeLog } from '../core/markdown/escape.ts';
import { type Message, printMessage } from '../core/messages/message.ts';
import { titleOf } from '../core/messages/titles.ts';
import type { Secrets } from '../core/text/secrets.ts';
import type { Log, Place } from '../ports/machine.ts';

/**
 * The log of the step. Escapes every line, so that nothing in it becomes a workflow command. Replaces secrets here too:
 * the runner masks them only in its own log.
 */
export function createLog({ blot }: Pick<Secrets, 'blot'>): Log {
  const clean = (line: Message | string): string =>
    escapeLog(blot(typeof line === 'string' ? line : printMessage(line)));
  const properties = (level: 'notice' | 'warning' | 'error', line: Message, where?: Place) => ({
    title: clean(titleOf(line, level)),
    ...(where === undefined ? {} : { file: clean(where.file) }),
    ...(where?.line === undefined ? {} : { startLine: where.line }),
  });
  return {
    info: (line) => info(clean(line)),
    notice: (line) => notice(clean(line), properties('notice', line)),
    warning: (line, where) => warning(clean(line), properties('warning', line, where)),
    error: (line, where) => error(clean(line), properties('error', line, where)),
    group(title, lines) {
      startGroup(clean(title));
      for (const line of lines) info(clean(line));
      endGroup();
    },
  };
}

/**
 * Drops everything written to stderr, where this action itself writes nothing. Node and libraries print there if variables such as
 * `NODE_DEBUG`, `DEBUG` or `AZURE_LOG_LEVEL` ask for it: headers with tokens, signed addresses, and pieces of requests and
 * answers, some of them as bytes, which the runner cannot mask. Node's crash reports bypass this.
 */
export function dropStderr(): void {
  process.stderr.write = (_: unknown, ...rest: unknown[]): boolean => {
    const done = rest.at(-1);
    if (typeof done === 'function') process.nextTick(() => done());
    return true;
  };
}
