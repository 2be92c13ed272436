import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  createWedgeDecoder,
  keyGapMsMax,
  scanCharactersMin,
  type WedgeKey,
} from "../../../src/devices/scanners/decoders/wedge.ts";

type Timed = { readonly key: string; readonly gapMs: number; readonly code?: string; readonly isShifted?: boolean };

/** Keys at their gaps, from second ten on. */
function keysOf(timed: readonly Timed[]): readonly WedgeKey[] {
  let atMs = 10_000;
  return timed.map(({ key, gapMs, code, isShifted }) => {
    atMs += gapMs;
    return { key, code: code ?? "", atMs, isRepeat: false, hasModifier: false, isShifted: isShifted ?? false };
  });
}

function scansOf(keys: readonly WedgeKey[]): readonly string[] {
  const decoder = createWedgeDecoder();
  return keys.flatMap((key) => {
    const step = decoder.push(key);
    return step.kind === "scan" ? [step.text] : [];
  });
}

const at = (text: string, gapMs: number, end = "Enter"): readonly Timed[] => [
  ...[...text].map((key) => ({ key, gapMs })),
  ...(end === "" ? [] : [{ key: end, gapMs }]),
];
const late = (timed: readonly Timed[]): readonly Timed[] =>
  timed.map((key, index) => (index === 0 ? { ...key, gapMs: 500 } : key));

describe("the wedge decoder", () => {
  test.each<readonly [string, readonly Timed[], readonly string[]]>([
    ["an EAN-13 ended by Enter", at("6901234567892", 10), ["6901234567892"]],
    ["a code ended by Tab", at("6901234567892", 10, "Tab"), ["6901234567892"]],
    ["the slowest accepted scanner", at("6901234567892", 50), ["6901234567892"]],
    ["digits without a terminator are typing", at("6901234567892", 10, ""), []],
    ["a short burst is typing", at("12345", 10), []],
    ["the shortest scan", at("123456", 10), ["123456"]],
    ["a hurried person with 80 ms a key", at("6901234567892", 80), []],
    [
      "a fast scan whose Enter comes late is typing: a person pressed it",
      [...at("6901234567892", 10, ""), { key: "Enter", gapMs: 300 }],
      [],
    ],
    [
      "two scans in a row",
      [...at("6901234567892", 10), ...late(at("4006381333931", 10))],
      ["6901234567892", "4006381333931"],
    ],
    ["CR and LF end one scan, not two", [...at("6901234567892", 10), { key: "Enter", gapMs: 10 }], ["6901234567892"]],
    [
      "capital letters with their Shift keys",
      [
        { key: "Shift", gapMs: 500 },
        { key: "A", gapMs: 5 },
        { key: "Shift", gapMs: 5 },
        { key: "B", gapMs: 5 },
        ...at("-1234", 10),
      ],
      ["AB-1234"],
    ],
    [
      "letters typed before the scan are not part of it",
      [...at("milk", 120, ""), ...late(at("6901234567892", 10))],
      ["6901234567892"],
    ],
    [
      "an arrow key in the midst is a person",
      [...at("690123", 10, ""), { key: "ArrowLeft", gapMs: 10 }, ...at("4567", 10)],
      [],
    ],
    [
      "digits hidden by an input method are told by their keys",
      [..."10965442"]
        .map((digit): Timed => ({ key: "Process", code: `Digit${digit}`, gapMs: 10 }))
        .concat({ key: "Enter", gapMs: 10 }),
      ["10965442"],
    ],
    [
      "letters hidden by an input method keep their case",
      ["KeyA", "KeyB", "Numpad1", "Numpad2", "Minus", "Digit3"]
        .map((code): Timed => ({ key: "Process", code, isShifted: code === "KeyA", gapMs: 10 }))
        .concat({ key: "Enter", gapMs: 10 }),
      ["Ab12-3"],
    ],
  ])("%s", (_title, timed, scans) => {
    expect(scansOf(keysOf(timed))).toEqual(scans);
  });

  test("a key held down is never a scan", () => {
    expect(scansOf(keysOf(at("000000000", 30)).map((key) => ({ ...key, isRepeat: key.key === "0" })))).toEqual([]);
  });

  test("shortcuts are never a scan", () => {
    expect(scansOf(keysOf(at("cvcvcvcv", 10)).map((key) => ({ ...key, hasModifier: true })))).toEqual([]);
  });

  const character = fc.constantFrom(..."0123456789ABCxyz-./ ");
  const scan = fc.record({
    text: fc.array(character, { minLength: scanCharactersMin, maxLength: 30 }).map((parts) => parts.join("")),
    gaps: fc.array(fc.integer({ min: 5, max: 50 }), { minLength: 31, maxLength: 31 }),
    end: fc.constantFrom("Enter", "Tab"),
  });
  const typing = fc.array(
    fc.record({
      key: fc.oneof(character, fc.constantFrom("Enter", "Tab", "Backspace", "Shift")),
      gapMs: fc.integer({ min: 80, max: 900 }),
    }),
    { maxLength: 40 },
  );

  test("every scan at 5 to 50 ms a key is read whole, whatever was typed before and after", () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(typing, scan), { minLength: 1, maxLength: 4 }), typing, (rounds, last) => {
        const timed = rounds.flatMap(([before, { text, gaps, end }]) => [
          ...before,
          ...late([...text, end].map((key, n) => ({ key, gapMs: gaps[n]! }))),
        ]);
        expect(scansOf(keysOf([...timed, ...late(last)]))).toEqual(rounds.map(([, { text }]) => text));
      }),
    );
  });

  test("typing at 80 ms a key and more is never taken for a scan and never kept from the page", () => {
    fc.assert(
      fc.property(typing, (timed) => {
        const decoder = createWedgeDecoder();
        expect(keysOf(timed).every((key) => decoder.push(key).kind === "pass")).toBe(true);
      }),
    );
  });

  test("the gap allowed lies between the slowest scanner and the fastest typist", () => {
    expect(keyGapMsMax).toBeGreaterThan(50);
    expect(keyGapMsMax).toBeLessThan(80);
  });
});

test("an Enter that is stamped before the last scan is a person's: it is not swallowed as that scan's second terminator", () => {
  const decoder = createWedgeDecoder();
  for (const key of keysOf(at("6901234567892", 10))) decoder.push(key);
  const [enter] = keysOf([{ key: "Enter", gapMs: -5_000 }]);
  expect(decoder.push(enter as WedgeKey).kind).toBe("pass");
});
