import './heap.ts';
import { main } from './main.ts';

/**
 * Node waits at its exit for the threads that compile, and one that needs memory just then waits for Node, for ever
 * (nodejs/node#54918). In this time, in milliseconds, they finish.
 */
const EXIT_PAUSE_MS = 50;

const step = process.argv.includes('--post') ? 'post' : 'main';
// Open sockets and library timers would keep the process alive, so it exits once the log is flushed.
await main(step, process.env, (exitCode) =>
  process.stdout.write('', () => setTimeout(() => process.exit(exitCode), EXIT_PAUSE_MS)),
);
