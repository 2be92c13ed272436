import { BillRefused } from "./bill.ts";

/** No line of a bill is longer; what is, is another kind of file, and joining its pieces would never end. In characters. */
export const lineLengthMax = 64 * 1024;

/** One line: `text` from `start` up to `end`, without what ends it. `line` counts from 1. */
export type EachLine = (text: string, start: number, end: number, line: number) => void;

/**
 * Cuts text that comes in pieces into lines that end with LF or CRLF; the last one may end with the text. A byte order mark at the
 * beginning is left out. Throws `BillRefused` for a line above `lineLengthMax`.
 */
export function lineCutter(each: EachLine): { push(piece: string): void; end(): void } {
  let rest = "";
  let line = 0;
  let isBegun = false;

  const keep = (more: string): void => {
    if (rest.length + more.length > lineLengthMax)
      throw new BillRefused("notABill", `line ${line + 1} is longer than ${lineLengthMax} characters`);
    rest += more;
  };
  const give = (text: string, start: number, end: number): void => {
    line += 1;
    each(text, start, end > start && text.charCodeAt(end - 1) === 13 ? end - 1 : end, line);
  };
  return {
    push(piece) {
      if (piece === "") return;
      const fresh = isBegun || piece.charCodeAt(0) !== 0xfeff ? piece : piece.slice(1);
      isBegun = true;
      let found = fresh.indexOf("\n");
      if (found === -1) return keep(fresh);
      let start = 0;
      if (rest !== "") {
        keep(fresh.slice(0, found));
        const first = rest;
        rest = "";
        give(first, 0, first.length);
        start = found + 1;
        found = fresh.indexOf("\n", start);
      }
      while (found !== -1) {
        give(fresh, start, found);
        start = found + 1;
        found = fresh.indexOf("\n", start);
      }
      keep(fresh.slice(start));
    },
    end() {
      if (rest === "") return;
      const last = rest;
      rest = "";
      give(last, 0, last.length);
    },
  };
}
