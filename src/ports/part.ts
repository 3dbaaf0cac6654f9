import { describeCauses } from '../core/text/causes.ts';
import { ServiceError } from './service-error.ts';

/**
 * A part of the action that stands in a file of its own, because a run needs it late or not at all. Throws a ServiceError where it
 * cannot be read, such as after the disk was lost. A failure is not kept: the next call tries again.
 */
export function createPart<T>(load: () => Promise<T>): () => Promise<T> {
  let loaded: Promise<T> | undefined;
  return () => {
    loaded ??= load().catch((error) => {
      loaded = undefined;
      throw error instanceof ServiceError
        ? error
        : new ServiceError({ code: 'part-not-loaded', cause: describeCauses(error) });
    });
    return loaded;
  };
}

type Work = (...given: never[]) => Promise<unknown>;

/** The same calls, with an adapter that is opened by the first of them. */
export function onDemand<Port extends { readonly [Name in keyof Port]: Work }>(
  names: { readonly [Name in keyof Port]: true },
  open: () => Promise<Port>,
): Port {
  const calls = Object.keys(names).map((name) => {
    const call = async (...given: never[]) => {
      const port = await open();
      return port[name as keyof Port](...given);
    };
    return [name, call];
  });
  return Object.fromEntries(calls) as Port;
}
