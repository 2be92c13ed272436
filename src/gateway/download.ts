import type { Clock } from "../domain/clock.ts";
import type { Fetch } from "./exchange.ts";

/** One GET whose answer is a file. */
export type DownloadRequest = {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  /** How long the first byte of the answer and then the whole file may take, together. */
  readonly withinMs: number;
  /** A larger file is broken off. */
  readonly bytesMax: number;
};

export type DownloadAnswer =
  /** Status 200. `bytes` are read once and to their end, or let go by ending the loop; a failure on the way throws `DownloadBroken`. */
  | { readonly kind: "file"; readonly headers: Headers; readonly bytes: AsyncIterable<Uint8Array> }
  /** Any other status, with what could be read of its answer. */
  | { readonly kind: "refused"; readonly status: number; readonly body: Uint8Array }
  | { readonly kind: "silence"; readonly why: DownloadBreak };

export type DownloadBreak = "timeout" | "network" | "tooLarge";

/** Thrown while a file is read: what came so far is worth nothing. */
export class DownloadBroken extends Error {
  readonly why: DownloadBreak;

  constructor(why: DownloadBreak) {
    super(`the download broke off: ${why}`);
    this.name = "DownloadBroken";
    this.why = why;
  }
}

/** What a refusal says is read up to here, in bytes. */
const refusalBytesMax = 64 * 1024;

/**
 * Fetches a file without holding it: pieces are asked for as they are taken. Redirects are not followed. Up to the file's first byte
 * nothing is thrown; a file that nobody reads is given up when its time is over.
 */
export async function download(
  through: { readonly fetch: Fetch; readonly clock: Clock },
  request: DownloadRequest,
  signal: AbortSignal,
): Promise<DownloadAnswer> {
  const line = openLine(through.clock, request.withinMs, signal);
  try {
    const asking = through.fetch(request.url, {
      method: "GET",
      headers: { ...request.headers },
      redirect: "manual",
      signal: line.signal,
    });
    const response = await line.orGivenUp(asking);
    if (response.status === 200)
      return { kind: "file", headers: response.headers, bytes: piecesOf(response, line, request.bytesMax) };
    const body = await refusalOf(response, line);
    line.close();
    return { kind: "refused", status: response.status, body };
  } catch (fault) {
    line.close();
    return { kind: "silence", why: fault instanceof DownloadBroken ? fault.why : "network" };
  }
}

/** The deadline and the caller's abort, for as long as the download runs. */
type Line = {
  readonly signal: AbortSignal;
  /** What `work` gives; throws `DownloadBroken` when the time is over, the caller gives up or the connection breaks. */
  orGivenUp<Value>(work: Promise<Value>): Promise<Value>;
  /** Ends the download, whether or not everything was read. */
  close(): void;
};

function openLine(clock: Clock, withinMs: number, signal: AbortSignal): Line {
  const stop = new AbortController();
  const why = (): DownloadBreak => (stop.signal.reason === "timeout" ? "timeout" : "network");
  const givenUp = new Promise<never>((_resolve, reject) => {
    stop.signal.addEventListener("abort", () => reject(new DownloadBroken(why())), { once: true });
  });
  // nobody may be waiting when the time is over
  givenUp.catch(() => undefined);
  const passOn = (): void => stop.abort("network");
  const cancelDeadline = clock.after(withinMs, () => stop.abort("timeout"));
  signal.addEventListener("abort", passOn, { once: true });
  if (signal.aborted) passOn();
  return {
    signal: stop.signal,
    async orGivenUp(work) {
      try {
        return await Promise.race([givenUp, work]);
      } catch (fault) {
        // fetch and its body reject for every kind of broken connection
        throw fault instanceof DownloadBroken ? fault : new DownloadBroken(why());
      }
    },
    close() {
      cancelDeadline();
      signal.removeEventListener("abort", passOn);
      stop.abort("over");
    },
  };
}

async function* piecesOf(response: Response, line: Line, bytesMax: number): AsyncGenerator<Uint8Array> {
  let length = 0;
  try {
    const reader = response.body?.getReader();
    if (reader === undefined) return;
    for (;;) {
      const { done, value } = await line.orGivenUp(reader.read());
      if (done) return;
      length += value.length;
      if (length > bytesMax) throw new DownloadBroken("tooLarge");
      yield value;
    }
  } finally {
    line.close();
  }
}

async function refusalOf(response: Response, line: Line): Promise<Uint8Array> {
  const pieces: Uint8Array[] = [];
  const reader = response.body?.getReader();
  if (reader === undefined) return new Uint8Array();
  for (let length = 0; length < refusalBytesMax;) {
    const { done, value } = await line.orGivenUp(reader.read());
    if (done) break;
    pieces.push(value);
    length += value.length;
  }
  return Buffer.concat(pieces);
}
