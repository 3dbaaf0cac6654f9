// After a main step that finished or had nothing to leave, the post step has no work and does not load the bundle.
const { STATE_fingerprint: fingerprint = '', STATE_ended: ended } = process.env;
if (fingerprint !== '' && ended !== 'true') {
    // The post step runs the same bundle with another argument: a second bundle would double what users download.
    process.argv.push('--post');
    await import('./index.js');
}
export {};
