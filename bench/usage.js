// To be imported by a process before anything else: as it ends, writes what the operating system counted of it to the file that
// BENCH_USAGE names.
import { readFileSync, writeFileSync } from 'node:fs';

// The post step is a process of its own and does nothing here.
if (!process.argv[1]?.endsWith('post.js')) {
  process.on('exit', () => {
    const [cpuMs, mainMs] = [process.cpuUsage(), process.threadCpuUsage()].map(
      ({ user, system }) => (user + system) / 1_000,
    );
    writeFileSync(process.env.BENCH_USAGE, JSON.stringify({ cpuMs, mainMs, peakBytes: peakBytes() }));
  });
}

/** Where Linux counts it: `maxRSS` begins with the memory of the process that started this one. */
function peakBytes() {
  const kilobytes =
    process.platform === 'linux' && /^VmHWM:\s+(\d+) kB$/m.exec(readFileSync('/proc/self/status', 'utf8'))?.[1];
  return (kilobytes ? Number(kilobytes) : process.resourceUsage().maxRSS) * 1024;
}
