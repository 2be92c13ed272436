const held = new WeakMap<Secret, string>();

/** A text that never shows itself: printed, logged, put into JSON or into a message it reads `[secret]`. */
export class Secret {
  toString(): string {
    return "[secret]";
  }
  toJSON(): string {
    return "[secret]";
  }
  [Symbol.for("nodejs.util.inspect.custom")](): string {
    return "[secret]";
  }
}

/** Hides `text`. */
export function secret(text: string): Secret {
  const hidden = new Secret();
  held.set(hidden, text);
  return hidden;
}

/** The text itself: only where it is sent or signed. */
export function reveal(hidden: Secret): string {
  return held.get(hidden) ?? "";
}
