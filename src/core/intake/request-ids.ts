import type { ProblemData } from '../messages/problems.ts';
import type { Request } from '../requests/request.ts';

type Place = { readonly file: string; readonly line: number };

/** The longest custom id that the API takes. */
const MAX_ID = 64;

/** The custom id of an answer to a request, from 1: its own where there is only one. */
export function answerId(customId: string, answer: number, answers: number): string {
  return answers === 1 ? customId : `${customId}-r${answer}`;
}

/** What the lines are called whose answers have these custom ids, in their order. */
export function* lineIds(positions: ReadonlyMap<string, number>, answers: number): Generator<string> {
  const suffix = answerId('', 1, answers);
  for (const [id, position] of positions)
    if (position % answers === 0) yield suffix === '' ? id : id.slice(0, -suffix.length);
}

/** The custom ids of all requests to send, where each line is sent `repeats` times. */
export function createRequestIds(repeats: number) {
  const positions = new Map<string, number>();
  const isRepeated = repeats > 1;

  function idsOf(customId: string): readonly string[] {
    if (!isRepeated) return [customId];
    return Array.from({ length: repeats }, (_, index) => answerId(customId, index + 1, repeats));
  }

  /** An earlier line whose id is one of those that this one is sent under, or the other way round. */
  function clashOf(customId: string): { readonly id: string; readonly position: number } | undefined {
    const ofOther = positions.get(customId);
    if (ofOther !== undefined) return { id: customId, position: ofOther };
    for (const id of idsOf(customId)) {
      // The line with this id is known by what it is sent under.
      const position = positions.get(answerId(id, 1, repeats));
      if (position !== undefined) return { id, position };
    }
    return undefined;
  }

  return {
    /** Custom id → position. */
    positions,
    /** What a line of this id is sent under, one for each answer. */
    idsOf,
    /** What is wrong with the id of a line, by itself or beside an earlier one. */
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
    /** Notes a request that is right. Returns what to send, one for each answer. */
    add({ customId, text, paramsText }: Pick<Request, 'customId' | 'text' | 'paramsText'>): readonly string[] {
      const ids = idsOf(customId);
      for (const id of ids) positions.set(id, positions.size);
      return isRepeated ? ids.map((id) => `{"custom_id":"${id}","params":${paramsText}}`) : [text];
    },
  };
}
