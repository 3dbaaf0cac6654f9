// To be imported by a process before anything else: writes what the process used, once it ends, to the file that BENCHMARK_USAGE names.
import { writeFileSync } from 'node:fs';

// The post step is a process of its own and does nothing here.
if (process.argv[1]?.endsWith('index.js')) {
  process.on('exit', () => {
    const { user, system } = process.cpuUsage();
    // Kilobytes on every system, says libuv.
    const peakBytes = process.resourceUsage().maxRSS * 1024;
    writeFileSync(
      process.env.BENCHMARK_USAGE,
      JSON.stringify({ cpuMs: (user + system) / 1_000, elapsedMs: performance.now(), peakBytes }),
    );
  });
}
