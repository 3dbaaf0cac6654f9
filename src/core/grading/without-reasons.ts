/**
 * A line of `grades.jsonl` as `printGrades` writes it without reasons. For lines of this process only, of which there may be
 * 100,000: it does not parse them. Inside of a string every quote is escaped, so what is looked for is never a part of one.
 */
export function withoutReasons(line: string): string {
  // Metadata, whose keys may be anything, comes before the answers.
  const answers = line.indexOf(',"answers":[');
  return `${line.slice(0, answers)}${line.slice(answers).replaceAll(REASON, '')}`;
}

const REASON = /,"reason":"(?:[^"\\]|\\.)*"/g;

/** The model of such a line. */
export function modelOfLine(line: string): string {
  const model: unknown = JSON.parse(MODEL.exec(line)?.[1] ?? '""');
  return typeof model === 'string' ? model : '';
}

const MODEL = /,"model":("(?:[^"\\]|\\.)*"),"request_digest":"/;
