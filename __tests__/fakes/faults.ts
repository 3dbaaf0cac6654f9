/** Makes the next calls of a method throw. Shared by all fakes: `failOn('create', new ApiError(…), 2)`. */
export interface Failing {
  failOn(method: string, error: unknown, times?: number): void;
  /** Throws what was ordered for this call. */
  trip(method: string): void;
}

export function createFailing(): Failing {
  const orders: { method: string; error: unknown; left: number }[] = [];
  return {
    failOn(method, error, times = 1) {
      orders.push({ method, error, left: times });
    },
    trip(method) {
      const order = orders.find((one) => one.method === method && one.left > 0);
      if (order === undefined) return;
      order.left -= 1;
      throw order.error;
    },
  };
}
