import './heap.ts';
import { main } from './main.ts';

const step = process.argv.includes('--post') ? 'post' : 'main';
// Open sockets and library timers would keep the process alive, so it exits once the log is flushed.
await main(step, process.env, (exitCode) => process.stdout.write('', () => process.exit(exitCode)));
