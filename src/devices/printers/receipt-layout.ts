import { unreachable } from "../../domain/assert.ts";
import type { ReceiptBlock, ReceiptDocument } from "../../domain/receipt.ts";

/** One printed line, already padded to its place, or a drawn code. A large line takes twice the width and height. */
export type PrintLine =
  | { readonly kind: "text"; readonly text: string; readonly size: "normal" | "large"; readonly bold: boolean }
  | { readonly kind: "qr"; readonly text: string };

/** What the layout must know of the printer: its columns, and how a text turns into what its font has, and how wide that is. */
export type LayoutMeasure = {
  readonly columns: number;
  readonly toPrintable: (text: string) => string;
  readonly columnsOf: (text: string) => number;
};

/** The longest text that is drawn as a QR code; a longer one is printed as text instead, never dropped (version 13 at level M). */
export const qrTextBytesMax = 300;
/** Notes of a sale line stand this far in. */
const noteIndentColumns = 2;

/** The lines of `document` on this paper, top to bottom. No line is wider than the paper and no character is lost. */
export function layOutReceipt(document: ReceiptDocument, measure: LayoutMeasure): readonly PrintLine[] {
  return document.blocks.flatMap((block) => layOutBlock(block, measure));
}

function layOutBlock(block: ReceiptBlock, measure: LayoutMeasure): readonly PrintLine[] {
  switch (block.kind) {
    case "text": {
      const width = columnsAt(measure, block.size);
      return wrap(block.text, width, measure).map((line) => ({
        ...plain(align(line, block.align, width, measure)),
        size: block.size,
        bold: block.bold,
      }));
    }
    case "pair":
      return pairLines(block.left, block.right, columnsAt(measure, block.size), measure).map((line) => ({
        ...plain(line),
        size: block.size,
        bold: block.bold,
      }));
    case "item":
      return [
        ...wrap(block.name, measure.columns, measure).map(plain),
        ...pairLines(block.detail, block.amount, measure.columns, measure).map(plain),
        ...block.notes.flatMap((note) =>
          wrap(note, measure.columns - noteIndentColumns, measure).map((line) =>
            plain(" ".repeat(noteIndentColumns) + line),
          ),
        ),
      ];
    case "rule":
      return [plain("-".repeat(measure.columns))];
    case "feed":
      return Array.from({ length: Math.max(0, Math.trunc(block.lines)) }, () => plain(""));
    case "qr":
      return qrLines(block.text, block.caption, measure);
    default:
      return unreachable(block);
  }
}

function plain(line: string): Extract<PrintLine, { kind: "text" }> {
  return { kind: "text", text: line, size: "normal", bold: false };
}

function qrLines(content: string, caption: string, measure: LayoutMeasure): readonly PrintLine[] {
  const centred = (words: string): readonly PrintLine[] =>
    wrap(words, measure.columns, measure).map((line) => ({
      kind: "text",
      text: align(line, "center", measure.columns, measure),
      size: "normal",
      bold: false,
    }));
  const under = caption === "" ? [] : centred(caption);
  const fits = new TextEncoder().encode(content).length <= qrTextBytesMax;
  return fits ? [{ kind: "qr", text: content }, ...under] : [...centred(content), ...under];
}

function columnsAt(measure: LayoutMeasure, size: "normal" | "large"): number {
  return size === "large" ? Math.floor(measure.columns / 2) : measure.columns;
}

function align(line: string, side: "left" | "center" | "right", columns: number, measure: LayoutMeasure): string {
  const free = Math.max(0, columns - measure.columnsOf(line));
  if (side === "left") return line;
  return " ".repeat(side === "right" ? free : Math.floor(free / 2)) + line;
}

function pairLines(left: string, right: string, columns: number, measure: LayoutMeasure): readonly string[] {
  const rightLines = wrap(right, columns, measure);
  const first = rightLines[0] ?? "";
  const leftLines = left === "" ? [""] : wrap(left, columns, measure);
  const last = leftLines.at(-1) ?? "";
  const gap = columns - measure.columnsOf(last) - measure.columnsOf(first);
  const rest = rightLines.slice(1).map((line) => align(line, "right", columns, measure));
  const apart = last === "" || first === "" ? 0 : 1;
  if (gap >= apart) return [...leftLines.slice(0, -1), last + (first === "" ? "" : " ".repeat(gap)) + first, ...rest];
  return [...leftLines, align(first, "right", columns, measure), ...rest];
}

/** Punctuation that must not begin a line; it draws the character before it along. */
const closing = /^[，。、；：！？）】》」』”’,.;:!?)\]}%％]$/u;

/**
 * Cuts `text` into lines of at most `columns`, at line feeds, at spaces, and between any two wide characters; a word longer
 * than a line is cut. Only the spaces at a cut are left out.
 */
export function wrap(text: string, columns: number, measure: LayoutMeasure): readonly string[] {
  return measure
    .toPrintable(text)
    .split("\n")
    .flatMap((paragraph) => wrapParagraph(paragraph, columns, measure));
}

function wrapParagraph(paragraph: string, columns: number, measure: LayoutMeasure): readonly string[] {
  const lines: string[] = [];
  let line = "";
  for (const piece of pieces(paragraph, columns, measure)) {
    if (measure.columnsOf(line) + measure.columnsOf(piece.trimEnd()) <= columns) {
      line += piece;
      continue;
    }
    lines.push(line.trimEnd());
    line = piece;
  }
  lines.push(line.trimEnd());
  return lines.filter((each, at) => each !== "" || at === 0);
}

/** Unbreakable pieces in order: a word with the spaces behind it, or one wide character with the punctuation that clings to it. */
function pieces(paragraph: string, columns: number, measure: LayoutMeasure): readonly string[] {
  const found: string[] = [];
  for (const [piece] of paragraph.matchAll(/[!-~]+ *| +|[^ -~] */gu)) {
    const before = found.at(-1);
    if (
      before !== undefined &&
      closing.test(piece.trimEnd()) &&
      !before.endsWith(" ") &&
      measure.columnsOf(before + piece.trimEnd()) <= columns
    )
      found[found.length - 1] = before + piece;
    else if (measure.columnsOf(piece.trimEnd()) <= columns) found.push(piece);
    else for (let at = 0; at < piece.length; at += columns) found.push(piece.slice(at, at + columns));
  }
  return found;
}
