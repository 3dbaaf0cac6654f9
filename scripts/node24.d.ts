/** Path of a Node 24, or undefined where none is at hand. */
export function findNode24(): string | undefined;
