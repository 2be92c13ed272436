/** A value that can be watched. No framework: the page, a test and the simulation watch it alike. */
export type Observable<Value> = {
  get(): Value;
  /** Calls `listener` after every change until the returned function is called. */
  subscribe(listener: (value: Value) => void): () => void;
};

export type Writable<Value> = Observable<Value> & {
  /** Replaces the fields in `part`; listeners hear it at once. */
  patch(part: Partial<Value>): void;
};

/** An observable record starting as `initial`. */
export function createWritable<Value extends object>(initial: Value): Writable<Value> {
  let value = initial;
  const listeners = new Set<(value: Value) => void>();
  return {
    get: () => value,
    patch: (part) => {
      value = { ...value, ...part };
      for (const listener of listeners) listener(value);
    },
    subscribe: (listener) => {
      listeners.add(listener);
      return () => {
        listeners.delete(listener);
      };
    },
  };
}
