import type { ProblemData } from '../messages/problems.ts';
import type { Request } from '../requests/request.ts';

type Place = { readonly file: string; readonly line: number };

/** The longest custom id that the API accepts. */
const MAX_ID = 64;

/** The custom id of an answer to a request, counted from 1; the request's own id if there is only one answer. */
export function answerId(customId: string, answer: number, answers: number): string {
  return answers === 1 ? customId : `${customId}-r${answer}`;
}

/** The lines' own ids, in order, from the custom ids of their answers. */
export function* lineIds(positions: ReadonlyMap<string, number>, answers: number): Generator<string> {
  const suffix = answerId('', 1, answers);
  for (const [id, position] of positions)
    if (position % answers === 0) yield suffix === '' ? id : id.slice(0, -suffix.length);
}

/** Keeps the custom ids of all requests to send, with each line sent `repeats` times. */
export function createRequestIds(repeats: number) {
  const positions = new Map<string, number>();
  const isRepeated = repeats > 1;

  function idsOf(customId: string): readonly string[] {
    if (!isRepeated) return [customId];
    return Array.from({ length: repeats }, (_, index) => answerId(customId, index + 1, repeats));
  }

  /** An earlier line that is sent under an id of this line, or the other way round. */
  function clashOf(customId: string): { readonly id: string; readonly position: number } | undefined {
    const ofOther = positions.get(customId);
    if (ofOther !== undefined) return { id: customId, position: ofOther };
    for (const id of idsOf(customId)) {
      // A line is found by the id its first answer is sent under.
      const position = positions.get(answerId(id, 1, repeats));
      if (position !== undefined) return { id, position };
    }
    return undefined;
  }

  return {
    /** Custom id → position. */
    positions,
    /** The ids that a line is sent under, one for each answer. */
    idsOf,
    /** What is wrong with a line's id, by itself or because of an earlier line. */
    faultOf(customId: string, placeOf: (position: number) => Place): ProblemData | undefined {
      const same = positions.get(answerId(customId, 1, repeats));
      if (same !== undefined) return { code: 'repeated-custom-id', customId, first: placeOf(same) };
      if (!isRepeated) return undefined;
      const { length } = answerId(customId, repeats, repeats);
      if (length > MAX_ID)
        return { code: 'repeats-id-length', length: customId.length, max: MAX_ID - length + customId.length };
      const clash = clashOf(customId);
      return clash && { code: 'repeats-id-clash', customId: clash.id, first: placeOf(clash.position) };
    },
    /** Adds a valid request. Returns the texts to send, one for each answer. */
    add({ customId, text, paramsText }: Pick<Request, 'customId' | 'text' | 'paramsText'>): readonly string[] {
      const ids = idsOf(customId);
      for (const id of ids) positions.set(id, positions.size);
      return isRepeated ? ids.map((id) => `{"custom_id":"${id}","params":${paramsText}}`) : [text];
    },
  };
}
