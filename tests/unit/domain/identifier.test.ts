import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { instant } from "../../../src/domain/clock.ts";
import { gtinCheckDigit, isGtin, normalizeBarcode } from "../../../src/domain/gtin.ts";
import {
  crockford,
  idLength,
  isId,
  isTag,
  makeId,
  normalizeCrockford,
  tagOf,
  type PaymentId,
  type Tag,
} from "../../../src/domain/identifier.ts";
import { receiptNumber } from "../../../src/domain/journal.ts";

const tag = "TA10" as Tag;
const random = (seed: number) => ({
  bytes: (count: number) => Uint8Array.from({ length: count }, (_, i) => (seed * 31 + i * 97) & 255),
});
const times = fc.integer({ min: 0, max: 2 ** 50 - 1 });

describe("an id", () => {
  test("is 26 Crockford characters that name its maker, and sorts by its time", () => {
    fc.assert(
      fc.property(times, times, fc.nat(), (at, later, seed) => {
        const id = makeId<PaymentId>(instant(at), tag, random(seed));
        expect(id.length).toBe(idLength);
        expect(isId(id)).toBe(true);
        expect(tagOf(id)).toBe(tag);
        const other = makeId<PaymentId>(instant(later), tag, random(seed));
        expect(id.slice(0, 10) < other.slice(0, 10)).toBe(at < later);
      }),
    );
  });

  test.each([
    ["01JD7Z0000TA1000000000000"],
    ["01JD7Z0000TA10000000000000I"],
    ["01jd7z0000ta10000000000000"],
    ["01JD7Z0000TA1000000000000U"],
    [""],
  ])("%j is none", (text) => {
    expect(isId(text)).toBe(false);
  });

  test("a tag of another length or alphabet is none", () => {
    expect(["TA1", "TA100", "TAI0", "ta10"].map((text) => isTag(text))).toEqual([false, false, false, false]);
  });

  test("however a person types a code, it is read as it was meant", () => {
    const code = fc.array(fc.constantFrom(...crockford), { minLength: 10, maxLength: 10 }).map((all) => all.join(""));
    fc.assert(
      fc.property(code, fc.constantFrom("", " ", "-"), (text, gap) => {
        const typed = text.replaceAll("0", "o").replaceAll("1", "l").toLowerCase();
        expect(normalizeCrockford(`${typed.slice(0, 5)}${gap}${typed.slice(5)}`)).toBe(text);
      }),
    );
  });
});

describe("a GTIN", () => {
  const payload = fc
    .constantFrom(7, 11, 12, 13)
    .chain((length) => fc.array(fc.integer({ min: 0, max: 9 }), { minLength: length, maxLength: length }));

  test("with its check digit is one, and with any one digit changed is none", () => {
    fc.assert(
      fc.property(payload, fc.nat(), fc.integer({ min: 1, max: 9 }), (digits, place, by) => {
        const text = digits.join("") + gtinCheckDigit(digits.join(""));
        expect(isGtin(text)).toBe(true);
        const at = place % text.length;
        const changed = text.slice(0, at) + String((Number(text[at]) + by) % 10) + text.slice(at + 1);
        expect(isGtin(changed)).toBe(false);
      }),
    );
  });

  test("is spelt one way, however often it is spelt", () => {
    fc.assert(
      fc.property(payload, (digits) => {
        const text = digits.join("") + gtinCheckDigit(digits.join(""));
        const once = normalizeBarcode(text);
        expect(normalizeBarcode(once)).toBe(once);
        if (text.length === 12) expect(normalizeBarcode(`0${text}`)).toBe(once);
        if (text.length === 12) expect(normalizeBarcode(`00${text}`)).toBe(once);
      }),
    );
  });

  test.each([
    ["036000291452", "0036000291452"],
    ["06901234567892", "6901234567892"],
    ["16901234567899", "16901234567899"],
    [" 6901234567892 ", "6901234567892"],
    ["6901234567893", "6901234567893"],
    ["A-12", "A-12"],
  ])("%j is spelt %j", (scanned, spelt) => {
    expect(normalizeBarcode(scanned)).toBe(spelt);
  });
});

test.each([
  ["A1", 1, 1, "A1-1-0001"],
  ["A1", 2, 9_999, "A1-2-9999"],
  ["B12", 1, 10_000, "B12-1-10000"],
])("till %s, series %d, receipt %d is %s", (label, series, counter, text) => {
  expect(receiptNumber(label, series, counter)).toBe(text);
});

test("two receipts of one till never share a number", () => {
  const numbers = [1, 2, 11].flatMap((series) =>
    [1, 10, 999, 1_000, 10_000, 11_000].map((counter) => receiptNumber("A1", series, counter)),
  );
  expect(new Set(numbers).size).toBe(numbers.length);
});
