import './heap.ts';
import { main } from './main.ts';

// Open sockets and the timers of libraries would keep the process alive: once the log is flushed, it ends.
await main(process.env, (exitCode) => process.stdout.write('', () => process.exit(exitCode)));
