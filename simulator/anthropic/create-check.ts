import { type Fields, isFields } from './fields.ts';
import { Refusal } from './refusal.ts';

const mostRequests = 100_000;
const idForm = /^[a-zA-Z0-9_-]{1,64}$/;

/** A request as a create contains it. */
export interface BatchRequest {
  readonly custom_id: string;
  readonly params: Fields;
}

/**
 * The requests of a create body. Throws a Refusal for what the API refuses at once, in the wrapper and never in
 * `params`: unknown keys, a bad or second custom id, no request, more than 100,000 of them.
 */
export function checkCreate(body: unknown): readonly BatchRequest[] {
  if (!isFields(body)) throw invalid('body: Input should be a valid dictionary');
  const extra = Object.keys(body).find((key) => key !== 'requests');
  if (extra !== undefined) throw invalid(`${extra}: Extra inputs are not permitted`);
  const { requests } = body;
  if (requests === undefined) throw invalid('requests: Field required');
  if (!Array.isArray(requests)) throw invalid('requests: Input should be a valid list');
  if (requests.length === 0) throw invalid('requests: List should have at least 1 item, not 0');
  if (requests.length > mostRequests)
    throw invalid(`requests: List should have at most ${mostRequests} items, not ${requests.length}`);

  const seen = new Set<string>();
  return requests.map((request: unknown, index) => checkRequest(request, `requests.${index}`, seen));
}

function checkRequest(request: unknown, at: string, seen: Set<string>): BatchRequest {
  if (!isFields(request)) throw invalid(`${at}: Input should be a valid dictionary`);
  const { custom_id, params } = request;
  const extra = Object.keys(request).find((key) => key !== 'custom_id' && key !== 'params');
  if (extra !== undefined) throw invalid(`${at}.${extra}: Extra inputs are not permitted`);
  if (custom_id === undefined) throw invalid(`${at}.custom_id: Field required`);
  if (typeof custom_id !== 'string') throw invalid(`${at}.custom_id: Input should be a valid string`);
  if (!idForm.test(custom_id)) throw invalid(`${at}.custom_id: String should match pattern '${idForm.source}'`);
  if (seen.has(custom_id)) throw invalid(`${at}.custom_id: Another request of this batch has this custom_id`);
  seen.add(custom_id);
  if (params === undefined) throw invalid(`${at}.params: Field required`);
  if (!isFields(params)) throw invalid(`${at}.params: Input should be a valid dictionary`);
  return { custom_id, params };
}

function invalid(message: string): Refusal {
  return new Refusal('invalid_request_error', message);
}
