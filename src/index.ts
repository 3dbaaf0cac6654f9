import './heap.ts';
import { main } from './main.ts';

const exitCode = await main(process.env);
// Open sockets and the timers of libraries would keep the process alive: once the log is flushed, it ends.
process.stdout.write('', () => process.exit(exitCode));
