// A main step that came to its end, or never had anything to leave, has no work here: the bundle is then not even loaded.
const { STATE_fingerprint: fingerprint = '', STATE_ended: ended } = process.env;
if (fingerprint !== '' && ended !== 'true') {
  // The post step is the same bundle, told apart by an argument: a second one would double what users download.
  process.argv.push('--post');
  await import('./index.ts');
}
