// To be imported by a process before anything else: as it ends, writes what the operating system counted of it to the file that
// BENCH_USAGE names.
import { writeFileSync } from 'node:fs';

// The post step is a process of its own and does nothing here.
if (!process.argv[1]?.endsWith('post.js')) {
  process.on('exit', () => {
    const { user, system } = process.cpuUsage();
    // Kilobytes on every system, says libuv.
    const peakBytes = process.resourceUsage().maxRSS * 1024;
    writeFileSync(process.env.BENCH_USAGE, JSON.stringify({ cpuMs: (user + system) / 1_000, peakBytes }));
  });
}
