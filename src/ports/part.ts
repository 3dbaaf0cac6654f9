import { describeCauses } from '../core/text/causes.ts';
import { ServiceError } from './service-error.ts';

/**
 * A part of the action in its own file, because a run needs it late or not at all. Throws a ServiceError if the file cannot be read, for
 * example after the disk was lost. Does not remember failures: the next call tries again.
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

/** The same calls; the first one opens the adapter. */
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
