import { expect, test } from "vitest";
import { lineNote, noteLengthMax } from "../../../src/domain/line-note.ts";

test.each([
  ["is kept as it is", "礼品包装, 2 ribbons", "礼品包装, 2 ribbons"],
  ["is one line without what cannot be seen", "  a\n\tb\u0007\u200bc ", "a b c"],
  ["is nothing when there is nothing in it", " \n ", undefined],
  ["keeps a telephone number", "call 13800138000", "call 13800138000"],
  ["keeps a barcode", "6901234567892", "6901234567892"],
  ["loses a payment code", "code 134567890123456789 end", "code  end"],
  ["loses a card's number, spaced or not", "6222 0212 3456 7890 123", undefined],
])("a note %s", (_, typed, kept) => {
  expect(lineNote(typed)).toBe(kept);
});

test("a note ends after its limit, and no character is cut in two", () => {
  expect(lineNote("🍎".repeat(noteLengthMax + 5))).toBe("🍎".repeat(noteLengthMax));
});
