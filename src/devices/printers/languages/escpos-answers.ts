import type { AnswerDecoder, PrinterAnswer, PrinterFacts, StatusQuestion } from "../printer-language.ts";

/** What the three error bits say, the worst first (bits 3, 5, 2 or 6 of both DLE EOT 3 and the second unasked byte). */
function faultOf(byte: number): "none" | "cutter" | "recoverable" | "unrecoverable" {
  if ((byte & 0x20) !== 0) return "unrecoverable";
  if ((byte & 0x08) !== 0) return "cutter";
  return (byte & 0x44) === 0 ? "none" : "recoverable";
}

function paperOf(out: boolean, low: boolean): "ok" | "low" | "out" {
  if (out) return "out";
  return low ? "low" : "ok";
}

function question(n: number, read: (answer: number) => PrinterFacts): StatusQuestion {
  return { bytes: Uint8Array.of(0x10, 0x04, n), read };
}

/** DLE EOT 1 to 4: line state, cause of being off line, error, paper. Answered even while the printer is off line. */
export const escposQuestions: readonly StatusQuestion[] = [
  question(1, (byte) => ({ offline: (byte & 0x08) !== 0 })),
  question(2, (byte) => ({ coverOpen: (byte & 0x04) !== 0 })),
  question(3, (byte) => ({ fault: faultOf(byte) })),
  question(4, (byte) => ({ paper: paperOf((byte & 0x60) !== 0, (byte & 0x0c) !== 0) })),
];

/**
 * Reads ESC/POS answers by their fixed bits (Epson's reference): DLE EOT is 0xx1xx10, the first of four unasked bytes
 * 0xx1xx00 and its followers 0xx0xxxx, GS r 0xx0xxxx. XON, XOFF and line noise fit none of them and are passed over.
 */
export function createEscposDecoder(): AnswerDecoder {
  let unasked: number[] = [];
  function readByte(byte: number, waiting: StatusQuestion | null): PrinterAnswer | null {
    if ((byte & 0x93) === 0x12) return waiting === null ? null : { kind: "status", facts: waiting.read(byte) };
    if ((byte & 0x93) === 0x10) {
      unasked = [byte];
      return null;
    }
    if ((byte & 0x90) !== 0) return null;
    if (unasked.length === 0)
      return { kind: "proof", facts: { paper: paperOf((byte & 0x0c) !== 0, (byte & 0x03) !== 0) } };
    unasked = [...unasked, byte];
    if (unasked.length < 4) return null;
    const [first = 0, second = 0, third = 0] = unasked;
    unasked = [];
    return {
      kind: "unasked",
      facts: {
        offline: (first & 0x08) !== 0,
        coverOpen: (first & 0x20) !== 0,
        fault: faultOf(second),
        paper: paperOf((third & 0x0c) !== 0, (third & 0x03) !== 0),
      },
    };
  }
  return {
    push(bytes, waiting) {
      const answers: PrinterAnswer[] = [];
      let open = waiting;
      for (const byte of bytes) {
        const answer = readByte(byte, open);
        if (answer === null) continue;
        answers.push(answer);
        if (answer.kind === "status") open = null;
      }
      return answers;
    },
  };
}
