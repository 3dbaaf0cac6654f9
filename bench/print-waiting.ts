// Prints what schedules of looks at a batch come to, as docs/performance.md has it.
import { waitingTable } from './waiting.ts';

console.log(waitingTable());
