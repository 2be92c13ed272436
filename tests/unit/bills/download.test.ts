import { describe, expect, it } from "vitest";
import { instant } from "../../../src/domain/clock.ts";
import { download, DownloadBroken } from "../../../src/gateway/download.ts";
import type { Fetch } from "../../../src/gateway/exchange.ts";
import { settled, virtualClock } from "../../conformance/providers/virtual-clock.ts";

const now = instant(Date.parse("2026-11-21T10:00:00+08:00"));
const never = new AbortController().signal;
const request = { url: "https://file.test/a?b=c", headers: { Accept: "*/*" }, withinMs: 300_000, bytesMax: 100 };

/** A body that gives a piece whenever it is asked and is told when nobody wants more. */
function body(pieces: readonly Uint8Array[], end: "close" | "hang" | "break" = "close") {
  const told = { asked: 0, isCancelled: false };
  const stream = new ReadableStream<Uint8Array>(
    {
      pull(controller) {
        const piece = pieces[told.asked++];
        if (piece !== undefined) controller.enqueue(piece);
        else if (end === "close") controller.close();
        else if (end === "break") controller.error(new TypeError("terminated"));
        else return new Promise(() => undefined);
        return undefined;
      },
      cancel() {
        told.isCancelled = true;
      },
    },
    { highWaterMark: 0 },
  );
  return { told, stream };
}

function through(response: Response | (() => Promise<Response>), clock = virtualClock(now)) {
  const sent: { url: string; init: RequestInit }[] = [];
  const fetch: Fetch = (url, init) => {
    sent.push({ url, init });
    return typeof response === "function" ? response() : Promise.resolve(response);
  };
  return { parts: { fetch, clock }, clock, sent };
}

const piece = (length: number) => new Uint8Array(length).fill(7);
async function lengthOf(bytes: AsyncIterable<Uint8Array>): Promise<number> {
  let length = 0;
  for await (const each of bytes) length += each.length;
  return length;
}

describe("a download", () => {
  it("is one GET without redirects, and hands its bytes on as they are taken", async () => {
    const { told, stream } = body([piece(40), piece(60)]);
    const { parts, sent, clock } = through(new Response(stream));
    const answer = await download(parts, request, never);
    if (answer.kind !== "file") throw new Error(answer.kind);
    await settled();
    expect(told.asked).toBe(0);
    const taking = answer.bytes[Symbol.asyncIterator]();
    expect((await taking.next()).value).toHaveLength(40);
    await settled();
    expect(told.asked).toBe(1);
    expect((await taking.next()).value).toHaveLength(60);
    expect((await taking.next()).done).toBe(true);
    expect(sent).toMatchObject([{ url: request.url, init: { method: "GET", redirect: "manual" } }]);
    // its time is not counted any more
    await clock.advance(request.withinMs);
  });

  it("above its limit breaks off and asks for no more", async () => {
    const { told, stream } = body([piece(60), piece(41), piece(1)]);
    const answer = await download(through(new Response(stream)).parts, request, never);
    if (answer.kind !== "file") throw new Error(answer.kind);
    await expect(lengthOf(answer.bytes)).rejects.toMatchObject({ why: "tooLarge" });
    expect(told.asked).toBe(2);
  });

  it.each(["before the answer", "before the first byte", "between two bytes"])(
    "that takes too long %s is given up",
    async (when) => {
      const clock = virtualClock(now);
      let signal: AbortSignal | null | undefined;
      const pieces = when === "between two bytes" ? [piece(10)] : [];
      const { parts } = through(
        () =>
          when === "before the answer"
            ? new Promise(() => undefined)
            : Promise.resolve(new Response(body(pieces, "hang").stream)),
        clock,
      );
      const watched: Fetch = (url, init) => {
        signal = init.signal;
        return parts.fetch(url, init);
      };
      const asking = download({ ...parts, fetch: watched }, request, never);
      if (when === "before the answer") {
        await clock.advance(request.withinMs);
        expect(await asking).toEqual({ kind: "silence", why: "timeout" });
      } else {
        const answer = await asking;
        if (answer.kind !== "file") throw new Error(answer.kind);
        const reading = lengthOf(answer.bytes).catch((fault: unknown) => fault);
        await clock.advance(request.withinMs - 1);
        expect(signal?.aborted).toBe(false);
        await clock.advance(1);
        expect(await reading).toMatchObject({ name: "DownloadBroken", why: "timeout" });
      }
      expect(signal?.aborted).toBe(true);
    },
  );

  it("that the caller gives up ends, before and while it is read", async () => {
    const stop = new AbortController();
    const answer = await download(through(new Response(body([piece(10)], "hang").stream)).parts, request, stop.signal);
    if (answer.kind !== "file") throw new Error(answer.kind);
    const reading = lengthOf(answer.bytes).catch((fault: unknown) => fault);
    await settled();
    stop.abort();
    expect(await reading).toBeInstanceOf(DownloadBroken);
    expect(await download(through(() => new Promise(() => undefined)).parts, request, stop.signal)).toEqual({
      kind: "silence",
      why: "network",
    });
  });

  it("that breaks is silence before its first byte, and thrown behind it", async () => {
    const broken = through(() => Promise.reject(new TypeError("fetch failed"))).parts;
    expect(await download(broken, request, never)).toEqual({ kind: "silence", why: "network" });
    const answer = await download(through(new Response(body([piece(10)], "break").stream)).parts, request, never);
    if (answer.kind !== "file") throw new Error(answer.kind);
    await expect(lengthOf(answer.bytes)).rejects.toMatchObject({ name: "DownloadBroken", why: "network" });
  });

  it("that nobody reads on is let go", async () => {
    let signal: AbortSignal | null | undefined;
    const { parts } = through(new Response(body([piece(10), piece(10)], "hang").stream));
    const watched: Fetch = (url, init) => {
      signal = init.signal;
      return parts.fetch(url, init);
    };
    const answer = await download({ ...parts, fetch: watched }, request, never);
    if (answer.kind !== "file") throw new Error(answer.kind);
    for await (const _ of answer.bytes) break;
    expect(signal?.aborted).toBe(true);
  });

  it.each([301, 302, 404, 500])("with status %i is refused with what it says, up to a limit", async (status) => {
    const endless = Array.from({ length: 1_000 }, () => piece(1_024));
    const { told, stream } = body(endless);
    const headers = { location: "https://elsewhere.test/" };
    const { parts, sent } = through(new Response(stream, { status, headers }));
    expect(await download(parts, request, never)).toMatchObject({ kind: "refused", status });
    expect(told.asked).toBeLessThan(100);
    expect(sent).toHaveLength(1);
  });
});
