import type { Clock } from "../domain/clock.ts";

/** The part of `fetch` an exchange uses; it comes in from outside. */
export type Fetch = (url: string, init: RequestInit) => Promise<Response>;

/** One request, its bytes final: what was signed is what is sent. */
export type OutgoingRequest = {
  readonly method: "GET" | "POST";
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  /** UTF-8 text, or empty for none. */
  readonly body: string;
  /** Longer than this is silence. */
  readonly withinMs: number;
  /** A larger answer is not read to its end. */
  readonly bytesMax: number;
};

/** An HTTP answer as raw bytes (signatures are checked over them), or the silence in its place. */
export type ExchangeAnswer =
  | { readonly kind: "answer"; readonly status: number; readonly headers: Headers; readonly body: Uint8Array }
  | { readonly kind: "silence"; readonly why: "timeout" | "network" | "tooLarge" };

/**
 * The one outgoing HTTP call of the gateway. Never throws: a deadline passed, a broken connection, an abort or too many
 * bytes are values. Redirects are not followed.
 */
export async function exchange(
  through: { readonly fetch: Fetch; readonly clock: Clock },
  request: OutgoingRequest,
  signal: AbortSignal,
): Promise<ExchangeAnswer> {
  const stop = new AbortController();
  const givenUp = new Promise<ExchangeAnswer>((resolve) => {
    stop.signal.addEventListener("abort", () => resolve(brokenOff(stop.signal)), { once: true });
  });
  const passOn = (): void => stop.abort("network");
  const cancelDeadline = through.clock.after(request.withinMs, () => stop.abort("timeout"));
  signal.addEventListener("abort", passOn, { once: true });
  if (signal.aborted) passOn();
  try {
    return await Promise.race([givenUp, send(through.fetch, request, stop.signal)]);
  } catch {
    // fetch rejects for every kind of broken connection; which kind changes nothing for the money
    return brokenOff(stop.signal);
  } finally {
    cancelDeadline();
    signal.removeEventListener("abort", passOn);
  }
}

function brokenOff(stop: AbortSignal): ExchangeAnswer {
  return { kind: "silence", why: stop.reason === "timeout" ? "timeout" : "network" };
}

/** JSON out of raw bytes, or undefined when they are no UTF-8 JSON. Call it after a signature over the bytes was judged. */
export function readJson(body: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(body)) as unknown;
  } catch {
    // bytes from outside that are no JSON: the caller treats them as silence
    return undefined;
  }
}

async function send(fetch: Fetch, request: OutgoingRequest, signal: AbortSignal): Promise<ExchangeAnswer> {
  const response = await fetch(request.url, {
    method: request.method,
    headers: { ...request.headers },
    ...(request.body === "" ? {} : { body: request.body }),
    redirect: "manual",
    signal,
  });
  const body = await readBounded(response, request.bytesMax);
  if (body === null) return { kind: "silence", why: "tooLarge" };
  return { kind: "answer", status: response.status, headers: response.headers, body };
}

/** The whole body, or null when it is longer than `bytesMax`. */
async function readBounded(response: Response, bytesMax: number): Promise<Uint8Array | null> {
  if (response.body === null) return new Uint8Array();
  const reader = response.body.getReader();
  const chunks: Uint8Array[] = [];
  let length = 0;
  for (;;) {
    const { done, value } = await reader.read();
    if (done) break;
    length += value.length;
    if (length > bytesMax) {
      await reader.cancel();
      return null;
    }
    chunks.push(value);
  }
  const body = new Uint8Array(length);
  let at = 0;
  for (const chunk of chunks) {
    body.set(chunk, at);
    at += chunk.length;
  }
  return body;
}
