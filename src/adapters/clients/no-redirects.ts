import { HttpClient } from '@actions/http-client';

// The toolkit's client would follow redirects and send the job's token to whatever host they lead to. No route of its services needs
// one. All of the toolkit shares this class, including parts that are loaded late, so every client of it is covered.
Object.defineProperty(HttpClient.prototype, '_allowRedirects', { get: () => false, set: () => undefined });
