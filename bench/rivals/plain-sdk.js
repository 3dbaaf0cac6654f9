// What most people write: the client of the API, everything in memory, no check, no artifact.
import { readFileSync, writeFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import Anthropic from '@anthropic-ai/sdk';

const [path, baseURL, apiKey] = process.argv.slice(2);
const client = new Anthropic({ apiKey, baseURL });
const requests = readFileSync(path, 'utf8')
  .split('\n')
  .filter((line) => line !== '')
  .map((line) => JSON.parse(line));
const { id } = await client.messages.batches.create({ requests });
let batch = await client.messages.batches.retrieve(id);
while (batch.processing_status !== 'ended') {
  await sleep(30_000);
  batch = await client.messages.batches.retrieve(id);
}
const results = [];
for await (const result of await client.messages.batches.results(id)) results.push(result);
const order = new Map(requests.map(({ custom_id }, index) => [custom_id, index]));
results.sort((a, b) => order.get(a.custom_id) - order.get(b.custom_id));
writeFileSync('results.jsonl', results.map((result) => `${JSON.stringify(result)}\n`).join(''));
const tokens = results.reduce((sum, { result }) => sum + (result.message?.usage.output_tokens ?? 0), 0);
if (results.length !== requests.length || !(tokens > 0)) throw new Error('results are missing');
