import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { scanCharactersMax } from "../../../src/contract/barcode.ts";
import { createSerialLines, type SerialScan } from "../../../src/devices/scanners/decoders/serial-lines.ts";

const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text);
const texts = (scans: readonly SerialScan[]): readonly string[] => scans.map(({ text }) => text);

describe("a serial scanner's line", () => {
  test.each([
    ["carriage return", "6901234567892\r"],
    ["line feed", "6901234567892\n"],
    ["both", "6901234567892\r\n"],
    ["tab", "6901234567892\t"],
    ["start and end of text", "\u00026901234567892\u0003"],
  ])("ends at %s, once", (_name, sent) => {
    expect(texts(createSerialLines().push(bytesOf(sent)))).toEqual(["6901234567892"]);
  });

  test("an AIM identifier before the code is told beside it, not in it", () => {
    expect(createSerialLines().push(bytesOf("]E06901234567892\r"))).toEqual([
      { text: "6901234567892", symbology: "]E0" },
    ]);
  });

  test("a code in Chinese is UTF-8; bytes that are no UTF-8 stay a character each", () => {
    expect(texts(createSerialLines().push(bytesOf("岭上便利\r")))).toEqual(["岭上便利"]);
    expect(texts(createSerialLines().push(Uint8Array.of(0x41, 0xe9, 0x42, 0x0d)))).toEqual(["A\u00e9B"]);
  });

  test("two codes in one piece are two scans, and a code in two pieces is one", () => {
    const lines = createSerialLines();
    expect(texts(lines.push(bytesOf("6901234567892\r400638")))).toEqual(["6901234567892"]);
    expect(lines.waits()).toBe(true);
    expect(texts(lines.push(bytesOf("1333931\r")))).toEqual(["4006381333931"]);
    expect(lines.waits()).toBe(false);
  });

  test("a scanner without a terminator is read at its silence", () => {
    const lines = createSerialLines();
    lines.push(bytesOf("6901234567892"));
    expect(lines.silent()).toEqual({ text: "6901234567892", symbology: null });
    expect(lines.silent()).toBeNull();
  });

  test("once a scanner has sent a terminator, half a code is no code", () => {
    const lines = createSerialLines();
    lines.push(bytesOf("6901234567892\r"));
    lines.push(bytesOf("40063813"));
    expect(lines.silent()).toBeNull();
    expect(texts(lines.push(bytesOf("6901234567908\r")))).toEqual(["6901234567908"]);
  });

  test("a code that is longer than any is dropped whole, and the next one is read", () => {
    const lines = createSerialLines();
    expect(lines.push(bytesOf(`${"9".repeat(scanCharactersMax + 1)}\r`))).toEqual([]);
    expect(lines.push(bytesOf(`${"9".repeat(scanCharactersMax * 5)}\r`))).toEqual([]);
    expect(texts(lines.push(bytesOf(`${"9".repeat(scanCharactersMax)}\r`)))).toEqual(["9".repeat(scanCharactersMax)]);
  });

  test("wherever the bytes are cut, the same codes come out", () => {
    const code = fc.stringMatching(/^[0-9A-Za-z\u4e00-\u4eff:/.-]{1,40}$/u);
    fc.assert(
      fc.property(fc.array(code, { maxLength: 8 }), fc.array(fc.nat(200)), (codes, cuts) => {
        const lines = createSerialLines();
        const all = bytesOf(codes.map((each) => `${each}\r\n`).join(""));
        const ends = [...cuts.map((cut) => cut % (all.length + 1)), all.length].toSorted((a, b) => a - b);
        const read = ends.flatMap((end, n) => lines.push(all.subarray(ends[n - 1] ?? 0, end)));
        expect(texts(read)).toEqual(codes);
      }),
    );
  });
});
