import { tillEvent, type TillEvent } from "../contract/events.ts";
import type { Clock } from "../domain/clock.ts";
import type { GatewayClient } from "./gateway-client.ts";

/** Without any event, heartbeats included, for this long the stream is dead and opened anew. */
export const streamSilentMaxMs = 40_000;
/** A line of the stream at most. */
const lineMax = 1_000_000;

/**
 * Reads the gateway's stream until it ends, breaks or falls silent, giving each event to `onEvent`. Resolves with the reason;
 * the caller opens it again. What was missed meanwhile comes first on the next one.
 */
export async function readEventStream(
  client: Pick<GatewayClient, "open">,
  clock: Clock,
  till: string,
  onEvent: (event: TillEvent) => void,
  signal: AbortSignal,
): Promise<"ended" | "revoked" | "refused" | "silent" | "broken"> {
  const abort = new AbortController();
  signal.addEventListener("abort", () => abort.abort(), { signal: abort.signal });
  let silent = false;
  const die = (): void => {
    silent = true;
    abort.abort();
  };
  let cancel = clock.after(streamSilentMaxMs, die);
  const opened = await client.open(`/v1/tills/${encodeURIComponent(till)}/events`, abort.signal);
  if (opened.kind !== "answer") {
    cancel();
    abort.abort();
    if (opened.kind === "problem") return opened.problem.code === "revoked" ? "revoked" : "refused";
    return silent ? "silent" : "broken";
  }
  const reader = opened.value.getReader();
  const lines = new LineSplitter();
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return "ended";
      cancel();
      cancel = clock.after(streamSilentMaxMs, die);
      for (const line of lines.push(value)) {
        const event = tillEvent.safeParse(JSON.parse(line));
        if (event.success) onEvent(event.data);
      }
    }
  } catch (error) {
    if (error instanceof Error && error.name === "BrokenInvariant") throw error;
    return silent ? "silent" : "broken";
  } finally {
    cancel();
    abort.abort();
  }
}

/** Cuts bytes into lines however they arrive. */
export class LineSplitter {
  readonly #decoder = new TextDecoder();
  #rest = "";

  /** The lines completed by `bytes`, without their ends; empty ones left out. */
  push(bytes: Uint8Array): string[] {
    const parts = (this.#rest + this.#decoder.decode(bytes, { stream: true })).split("\n");
    this.#rest = parts.pop() ?? "";
    if (this.#rest.length > lineMax) throw new RangeError(`a line of the stream is longer than ${lineMax} characters`);
    return parts.filter((line) => line !== "");
  }
}
