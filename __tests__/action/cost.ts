/** Haiku 4.5 at $1, $1.25, $2, $0.10 and $5 per million, added up in another way than the action does: in integers of 10⁻⁸ USD. */
export function costByHand(results: string, factor: number): string {
  let total = 0;
  for (const line of results.trimEnd().split('\n')) {
    const { usage } = JSON.parse(line).result.message;
    const long = usage.cache_creation?.ephemeral_1h_input_tokens ?? 0;
    const short = (usage.cache_creation_input_tokens ?? 0) - long;
    total +=
      usage.input_tokens * 100 +
      short * 125 +
      long * 200 +
      (usage.cache_read_input_tokens ?? 0) * 10 +
      usage.output_tokens * 500;
  }
  return (Math.floor((total * factor) / 100 + 0.5) / 1e6).toFixed(6);
}
