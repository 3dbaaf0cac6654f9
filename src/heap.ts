import { setFlagsFromString } from 'node:v8';

// Must run before anything fills the heap, so it is the first import of `index.ts`. A young generation of fixed size
// saves a third of the memory that a run with large files would take on a small runner.
setFlagsFromString('--semi-space-growth-factor=1');
// The old generation is collected when it has grown by this share, buffers outside the heap included. Left to itself, the engine lets a
// small heap grow by a few megabytes only, and collects ten times a second while files stream by.
setFlagsFromString('--heap-growing-percent=40');
// undici parses HTTP in WebAssembly. Optimizing that takes 50 ms of processor time and 25 MB while it lasts, and parses no faster: the bodies
// are not touched there. Both flags are needed.
setFlagsFromString('--no-wasm-tier-up');
setFlagsFromString('--no-wasm-dynamic-tiering');
