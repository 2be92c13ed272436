import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { instant } from "../../../src/domain/clock.ts";
import { backOffMs } from "../../../src/sync/back-off.ts";
import { createClockOffset } from "../../../src/sync/clock-offset.ts";
import { LineSplitter } from "../../../src/sync/event-stream.ts";
import { adjustableClock } from "../../fakes/adjustable-clock.ts";

test("how bytes are cut never changes the lines", () => {
  const text = fc.array(
    fc.string({ unit: "grapheme" }).map((line) => line.replaceAll("\n", "")),
    { maxLength: 8 },
  );
  fc.assert(
    fc.property(text, fc.array(fc.nat(12), { minLength: 1, maxLength: 60 }), (lines, cuts) => {
      const bytes = new TextEncoder().encode(lines.map((line) => `${line}\n`).join(""));
      const splitter = new LineSplitter();
      const got: string[] = [];
      for (let at = 0, i = 0; at < bytes.length; i++) {
        const size = Math.max(1, cuts[i % cuts.length] ?? 1);
        got.push(...splitter.push(bytes.subarray(at, at + size)));
        at += size;
      }
      // the decoder drops a mark at the very beginning, as every reader of UTF-8 does
      expect(got).toEqual(
        lines.map((line, i) => (i === 0 ? line.replace(/^\uFEFF/u, "") : line)).filter((line) => line !== ""),
      );
    }),
  );
});

test("a line without an end waits for it, and one without a limit is refused", () => {
  const splitter = new LineSplitter();
  expect(splitter.push(new TextEncoder().encode('{"kind":'))).toEqual([]);
  expect(splitter.push(new TextEncoder().encode('"heartbeat"}\n'))).toEqual(['{"kind":"heartbeat"}']);
  expect(() => splitter.push(new Uint8Array(1_000_001).fill(97))).toThrow(RangeError);
});

describe("the back-off", () => {
  const random = (byte: number) => ({ bytes: (count: number) => new Uint8Array(count).fill(byte) });

  test.each([
    [1, 1_000],
    [2, 2_000],
    [6, 32_000],
    [7, 60_000],
    [500, 60_000],
  ])("after %d failures is at most %d ms, and at least something", (failures, most) => {
    expect(backOffMs(failures, random(255))).toBe(most);
    expect(backOffMs(failures, random(0))).toBeLessThan(most / 100);
  });
});

describe("the clock's offset", () => {
  test("is right within half a journey, whatever the journeys were", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: -86_400_000, max: 86_400_000 }),
        fc.array(fc.tuple(fc.nat(3_000), fc.nat(3_000), fc.nat(10_000)), { minLength: 1, maxLength: 20 }),
        (skew, journeys) => {
          const clock = adjustableClock(instant(1_795_500_000_000));
          const offset = createClockOffset(clock);
          let quickest = Number.POSITIVE_INFINITY;
          for (const [there, back, pause] of journeys) {
            const sentAt = clock.now();
            clock.move(there);
            const gatewayTime = clock.now() + skew;
            clock.move(back);
            offset.learn(gatewayTime, sentAt);
            quickest = Math.min(quickest, there + back);
            expect(Math.abs(offset.offsetMs() - skew)).toBeLessThanOrEqual(3_000);
            clock.move(pause);
          }
          expect(offset.gatewayNow()).toBe(Math.trunc(clock.now() + offset.offsetMs()));
        },
      ),
    );
  });

  test("a slow answer does not replace a quick one that agrees with it", () => {
    const clock = adjustableClock(instant(1_000_000));
    const offset = createClockOffset(clock);
    offset.learn(clock.now() + 500, clock.now());
    const sentAt = clock.now();
    clock.move(4_000);
    offset.learn(clock.now() + 500, sentAt);
    expect(offset.offsetMs()).toBe(500);
  });

  test("a clock that was set is noticed with the next answer", () => {
    const clock = adjustableClock(instant(1_000_000));
    const offset = createClockOffset(clock);
    offset.learn(clock.now() + 500, clock.now());
    const sentAt = clock.now();
    clock.move(100);
    offset.learn(clock.now() + 3_600_000, sentAt);
    expect(Math.abs(offset.offsetMs() - 3_600_000)).toBeLessThanOrEqual(100);
  });
});
