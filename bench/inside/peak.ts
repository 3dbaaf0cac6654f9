// In a process of its own: by how much reading and checking a request file raises the peak of memory (bytes, resident).
// Arguments: folder and name of the file.
import '../../src/heap.ts';
import { readAndLint } from './work.ts';

const [folder = '', file = ''] = process.argv.slice(2);
/** Kilobytes on every system, says libuv. */
const peakBytes = (): number => process.resourceUsage().maxRSS * 1024;

const before = peakBytes();
await readAndLint(folder, file);
console.log(peakBytes() - before);
