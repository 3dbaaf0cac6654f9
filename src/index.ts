import './heap.ts';
import { main } from './main.ts';

const step = process.argv.includes('--post') ? 'post' : 'main';
// Open sockets and the timers of libraries would keep the process alive: once the log is flushed, it ends.
await main(step, process.env, (exitCode) => process.stdout.write('', () => process.exit(exitCode)));
