import { parseArgs } from 'node:util';
import { isLoopback } from '../../src/core/inputs/api.ts';
import { DEFAULT_BASE_URL } from '../../src/core/inputs/inputs.ts';

export interface Options {
  /** Whether it may be paid. */
  readonly spends: boolean;
  /** Of an earlier check that did not wait long enough. */
  readonly batchId: string | undefined;
  readonly baseUrl: string;
  readonly waitMs: number;
}

const DEFAULT_WAIT_MINUTES = '60';

/** Options of the command line; a text says what is wrong with them. */
export function readOptions(args: readonly string[]): Options | string {
  const read = parse(args);
  if (typeof read === 'string') return read;
  const baseUrl = read['base-url'] ?? DEFAULT_BASE_URL;
  if (baseUrl !== DEFAULT_BASE_URL && !isOnThisMachine(baseUrl))
    return '--base-url is for a simulator on this machine, such as http://127.0.0.1:8080';
  const minutes = Number(read['wait-minutes'] ?? DEFAULT_WAIT_MINUTES);
  if (!(minutes >= 0 && minutes <= 1_440)) return '--wait-minutes takes minutes from 0 to 1440';
  return { spends: read['spend-real-money'] === true, batchId: read['batch-id'], baseUrl, waitMs: minutes * 60_000 };
}

function parse(args: readonly string[]) {
  try {
    const text = { type: 'string' } as const;
    const options = {
      'spend-real-money': { type: 'boolean' },
      'batch-id': text,
      'base-url': text,
      'wait-minutes': text,
    } as const;
    return parseArgs({ args: [...args], options }).values;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

function isOnThisMachine(address: string): boolean {
  return URL.canParse(address) && isLoopback(new URL(address).hostname);
}
