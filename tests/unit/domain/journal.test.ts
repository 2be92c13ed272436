import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { parseEntry } from "../../../src/contract/journal.ts";
import { instant } from "../../../src/domain/clock.ts";
import {
  entryText,
  follows,
  headAfter,
  headOfActivation,
  type JournalEntry,
  type JournalHead,
} from "../../../src/domain/journal.ts";
import { sha256Hex } from "../../../src/storage/sha256.ts";

const start = headOfActivation({ till: "till-a1" as never, series: 1, publicKey: "k" }, sha256Hex);

/** A chain of sessions opened, as texts. */
function chain(length: number): string[] {
  let head: JournalHead = start;
  return Array.from({ length }, (_, i) => {
    const text = entryText(entryAfter(head, i));
    head = headAfter(head, text, sha256Hex);
    return text;
  });
}

function entryAfter(head: JournalHead, i: number): JournalEntry {
  return {
    v: 1,
    kind: "sessionOpened",
    store: "heping",
    till: "till-a1",
    series: 1,
    number: head.number + 1,
    prev: head.hash,
    at: instant(1_795_500_000_000 + i),
    offsetMs: i,
    businessDate: "2026-11-24",
    session: null,
    staff: "staff-1",
    mode: "trade",
    approval: null,
    body: { float: { amount: 0, currency: "CNY" } },
  } as never;
}

/** Whether every text follows the one before and the last one's hash is `end`. */
function holds(texts: readonly string[], end: JournalHead): boolean {
  let head = start;
  for (const text of texts) {
    const parsed = parseEntry(text);
    if (!parsed.ok || !follows(head, parsed.value)) return false;
    head = headAfter(head, text, sha256Hex);
  }
  return head.number === end.number && head.hash === end.hash;
}

describe("the journal's chain", () => {
  const texts = chain(6);
  const end = texts.reduce((head, text) => headAfter(head, text, sha256Hex), start);

  test("holds as it was written", () => {
    expect(holds(texts, end)).toBe(true);
  });

  test("breaks at the change of any byte", () => {
    fc.assert(
      fc.property(fc.nat(5), fc.nat(), fc.integer({ min: 1, max: 127 }), (nth, place, by) => {
        const bytes = Buffer.from(texts[nth] ?? "");
        const at = place % bytes.length;
        bytes[at] = ((bytes[at] ?? 0) + by) % 128;
        expect(
          holds(
            texts.map((text, i) => (i === nth ? bytes.toString("utf8") : text)),
            end,
          ),
        ).toBe(false);
      }),
    );
  });

  test("breaks when an entry is left out, doubled or moved", () => {
    const [a = "", b = "", ...rest] = texts;
    for (const other of [[b, ...rest], [a, a, b, ...rest], [b, a, ...rest], texts.slice(0, -1)])
      expect(holds(other, end)).toBe(false);
  });

  test("of another till or series starts elsewhere", () => {
    const others = [
      { till: "till-a2", series: 1, publicKey: "k" },
      { till: "till-a1", series: 2, publicKey: "k" },
      { till: "till-a1", series: 1, publicKey: "l" },
    ];
    expect(
      new Set([start, ...others.map((record) => headOfActivation(record as never, sha256Hex))].map(({ hash }) => hash))
        .size,
    ).toBe(4);
  });
});

test("an entry's members stand in one order, whatever order they were given in", () => {
  const entry = entryAfter(start, 1);
  const turned = Object.fromEntries(Object.entries(entry).toReversed()) as unknown as JournalEntry;
  expect(entryText(turned)).toBe(entryText(entry));
});
