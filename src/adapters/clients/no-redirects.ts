import { HttpClient } from '@actions/http-client';

// The toolkit's client would follow redirects and send the job's token to whatever host they lead to. No route of its services needs
// one. It is one class for all of the toolkit: whoever makes such a client, also in a part that is loaded late, gets this one.
Object.defineProperty(HttpClient.prototype, '_allowRedirects', { get: () => false, set: () => undefined });
