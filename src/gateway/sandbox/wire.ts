/** A request as it came: signatures cover these bytes. Header names are lower case. */
export type SandboxRequest = {
  readonly method: string;
  /** Path and query exactly as on the wire. */
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array;
  /** Scheme, host and port that it was sent to, for addresses that an answer names; a stand-in when nobody says. */
  readonly origin?: string;
};

/** What goes back, or a connection cut in its place; `afterMs` says how long the payer's side waits for it. */
export type SandboxAnswer =
  | {
      readonly kind: "answer";
      readonly status: number;
      readonly headers: Readonly<Record<string, string>>;
      readonly body: string;
      /** What goes out in place of `body` where it is a file. */
      readonly bytes?: Uint8Array;
      readonly afterMs: number;
    }
  | { readonly kind: "cut"; readonly afterMs: number };

/** JSON for the control calls, unsigned. */
export function controlAnswer(status: number, json: unknown): SandboxAnswer {
  const headers = { "Content-Type": "application/json; charset=utf-8", "Cache-Control": "no-store" };
  return { kind: "answer", status, headers, body: JSON.stringify(json), afterMs: 0 };
}

/** The object in the body, or null when it is no JSON object. */
export function jsonObject(body: Uint8Array): Readonly<Record<string, unknown>> | null {
  try {
    const read = JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(body)) as unknown;
    return isObject(read) ? read : null;
  } catch {
    // bytes from outside that are no JSON: the caller refuses them
    return null;
  }
}

/** True for a JSON object, so that its members can be looked at one by one. */
export function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** A file, unsigned. */
export function fileAnswer(bytes: Uint8Array, type: string): SandboxAnswer {
  const headers = { "Content-Type": type, "Cache-Control": "no-store" };
  return { kind: "answer", status: 200, headers, body: "", bytes, afterMs: 0 };
}

/** Where an address that an answer names begins. */
export function originOf({ origin }: SandboxRequest): string {
  return origin ?? "https://sandbox.invalid";
}
