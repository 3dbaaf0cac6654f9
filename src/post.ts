// The post step is the same bundle, told apart by an argument: a second one would double what users download.
process.argv.push('--post');
await import('./index.ts');
