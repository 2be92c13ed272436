import { createHash } from "node:crypto";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { TillId } from "../../../src/domain/identifier.ts";
import { chainAfter, chainStart, findingsMax, isWhole, type ChainFindings } from "../../../src/domain/journal-check.ts";

const sha256 = (text: string): string => createHash("sha256").update(text).digest("hex");
const activation = sha256("activation");

/** The texts of a whole journal of `count` entries. */
function journal(count: number): string[] {
  const texts: string[] = [];
  for (let number = 1; number <= count; number++) {
    const prev = number === 1 ? activation : sha256(texts[number - 2]!);
    texts.push(JSON.stringify({ till: "a", series: 1, number, prev, body: `entry ${number}` }));
  }
  return texts;
}

const check = (texts: readonly string[]): ChainFindings =>
  texts.reduce((before, text) => {
    const entry = text.startsWith("{") ? { till: "a" as TillId, series: 1, ...JSON.parse(text) } : null;
    return chainAfter(before, text, entry, sha256);
  }, chainStart(activation));

const some = fc.integer({ min: 2, max: 30 });

describe("a journal's file", () => {
  test("is whole as it was written, and ends with the hash of its last entry", () => {
    fc.assert(
      fc.property(some, (count) => {
        const texts = journal(count);
        const found = check(texts);
        expect(found).toEqual({
          count,
          first: 1,
          last: count,
          hash: sha256(texts[count - 1]!),
          missing: [],
          broken: [],
          foreign: 0,
        });
        expect(isWhole(found)).toBe(true);
      }),
    );
  });

  test("shows which entry was changed: the next one is not chained to it, or it is the last and its hash tells", () => {
    fc.assert(
      fc.property(some, fc.nat(), (count, which) => {
        const texts = journal(count);
        const at = which % count;
        const changed = texts.with(at, texts[at]!.replace("entry", "another"));
        const found = check(changed);
        expect(found.broken).toEqual(at === count - 1 ? [] : [at + 2]);
        expect(found.hash === sha256(texts[count - 1]!)).toBe(at !== count - 1);
      }),
    );
  });

  test("shows what was taken out of the middle, and may begin later than the first", () => {
    fc.assert(
      fc.property(some, fc.nat(), fc.integer({ min: 1, max: 5 }), (count, which, length) => {
        const texts = journal(count);
        const at = which % count;
        const found = check(texts.toSpliced(at, length));
        const isEnd = at + length >= count;
        expect(found.missing).toEqual(at === 0 || isEnd ? [] : [{ from: at + 1, to: at + length }]);
        expect(found.broken).toEqual([]);
        if (at === 0 && !isEnd) expect(found.first).toBe(length + 1);
      }),
    );
  });

  test("shows what was put in, twice or in another order", () => {
    const texts = journal(4);
    const [one, two, three, four] = texts as [string, string, string, string];
    expect(check([one, two, two, three, four]).broken).toEqual([2]);
    expect(check([one, three, two, four])).toMatchObject({ missing: [{ from: 2, to: 2 }], broken: [2, 4] });
    expect(isWhole(check([one, two, "something", three, four]))).toBe(false);
    expect(check([one, "something", two]).foreign).toBe(1);
  });

  test("of another till's activation is not chained to this one's", () => {
    const texts = journal(3).with(0, JSON.stringify({ number: 1, prev: sha256("another activation") }));
    expect(check(texts).broken[0]).toBe(1);
  });

  test("without a single entry is not whole", () => {
    expect(isWhole(check([]))).toBe(false);
  });

  test("torn to pieces names no more than the first breaks", () => {
    const found = check(journal(200).filter((_, at) => at % 2 === 0));
    expect(found.missing.length).toBe(findingsMax);
    expect(found.count).toBe(100);
  });
});
