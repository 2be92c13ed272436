import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { createEscposDecoder, escposQuestions } from "../../../src/devices/printers/languages/escpos-answers.ts";
import type { PrinterAnswer, StatusQuestion } from "../../../src/devices/printers/printer-language.ts";

const read = (bytes: readonly number[], question: StatusQuestion | null = null): readonly PrinterAnswer[] =>
  createEscposDecoder().push(Uint8Array.from(bytes), question);

describe("ESC/POS answers", () => {
  test.each<readonly [string, number, number, object]>([
    ["DLE EOT 1 on line", 0, 0x12, { offline: false }],
    ["DLE EOT 1 off line", 0, 0x1a, { offline: true }],
    ["DLE EOT 2 cover open", 1, 0x16, { coverOpen: true }],
    ["DLE EOT 3 jammed cutter", 2, 0x1a, { fault: "cutter" }],
    ["DLE EOT 3 unrecoverable before cutter", 2, 0x3a, { fault: "unrecoverable" }],
    ["DLE EOT 3 recoverable", 2, 0x52, { fault: "recoverable" }],
    ["DLE EOT 4 paper there", 3, 0x12, { paper: "ok" }],
    ["DLE EOT 4 paper low", 3, 0x1e, { paper: "low" }],
    ["DLE EOT 4 paper out", 3, 0x7e, { paper: "out" }],
  ])("%s", (_title, question, byte, facts) => {
    expect(read([byte], escposQuestions[question]!)).toEqual([{ kind: "status", facts }]);
  });

  test("an answer nobody asked for is not believed", () => {
    expect(read([0x12])).toEqual([]);
  });

  test("GS r proves, and tells of paper", () => {
    expect(read([0x00])).toEqual([{ kind: "proof", facts: { paper: "ok" } }]);
    expect(read([0x03])).toEqual([{ kind: "proof", facts: { paper: "low" } }]);
  });

  test("four unasked bytes are one report", () => {
    expect(read([0x38, 0x00, 0x0f, 0x0f])).toEqual([
      { kind: "unasked", facts: { offline: true, coverOpen: true, fault: "none", paper: "out" } },
    ]);
  });

  test("an answer in the midst of an unasked report breaks neither", () => {
    expect(read([0x10, 0x00, 0x12, 0x03, 0x0f], escposQuestions[0]!)).toEqual([
      { kind: "status", facts: { offline: false } },
      { kind: "unasked", facts: { offline: false, coverOpen: false, fault: "none", paper: "low" } },
    ]);
  });

  test("XON, XOFF and bytes with the high bit are passed over", () => {
    expect(read([0x11, 0x13, 0xff, 0x80])).toEqual([]);
  });

  test("how the bytes are cut into chunks never changes the answers", () => {
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom(0x00, 0x03, 0x10, 0x18, 0x38, 0x0f, 0x11, 0xff), { maxLength: 40 }),
        fc.array(fc.integer({ min: 1, max: 5 }), { minLength: 1 }),
        (bytes, sizes) => {
          const decoder = createEscposDecoder();
          const answers: PrinterAnswer[] = [];
          for (let at = 0, turn = 0; at < bytes.length; turn += 1) {
            const size = sizes[turn % sizes.length]!;
            answers.push(...decoder.push(Uint8Array.from(bytes.slice(at, at + size)), null));
            at += size;
          }
          expect(answers).toEqual(read(bytes));
        },
      ),
    );
  });
});
