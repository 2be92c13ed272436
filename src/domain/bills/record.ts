import type { Instant } from "../clock.ts";
import type { MinorUnits } from "../money.ts";
import { BillRefused } from "./bill.ts";
import { beijingIn, rateIn, scaledIn } from "./cells.ts";

/** The widest bill known has 29 columns; a line with more cells than this is no line of a bill. */
export const cellsMax = 256;

/**
 * The line that is being read, as places in its text: cells become strings only when somebody asks for them. There is one record a
 * file, filled anew with every line; `columns` are the header's names. A column that the file does not have is -1 and reads as "".
 */
export class BillRecord {
  text = "";
  line = 0;
  count = 0;
  /** Whether separators inside a text made the line wider than its header, so that cells had to be joined. */
  isJoined = false;
  /** Whether a cell of the line stood in quotes, so that a doubled quote means one. */
  isQuoted = false;
  columns: readonly string[] = [];
  readonly starts = new Int32Array(cellsMax);
  readonly ends = new Int32Array(cellsMax);

  /** Begins a line. */
  begin(text: string, line: number): void {
    this.text = text;
    this.line = line;
    this.count = 0;
    this.isJoined = false;
    this.isQuoted = false;
  }

  /** Adds the cell from `start` up to `end`. Throws `BillRefused` for more than `cellsMax`. */
  add(start: number, end: number): void {
    if (this.count === cellsMax)
      throw new BillRefused("cellUnreadable", `line ${this.line} has more than ${cellsMax} cells`);
    this.starts[this.count] = start;
    this.ends[this.count] = end;
    this.count += 1;
  }

  /** The cell's text. */
  cell(column: number): string {
    const cell = column < 0 ? "" : this.text.slice(this.from(column), this.to(column));
    return this.isQuoted ? cell.replaceAll('""', '"') : cell;
  }

  isEmpty(column: number): boolean {
    return column < 0 || this.from(column) === this.to(column);
  }

  /** True when the cell reads exactly `text`. */
  is(column: number, text: string): boolean {
    return (
      column >= 0 &&
      this.to(column) - this.from(column) === text.length &&
      this.text.startsWith(text, this.from(column))
    );
  }

  /** Smallest units of an amount in yuan, with its sign. Throws `BillRefused`. */
  fen(column: number): MinorUnits {
    return this.readable(scaledIn(this.text, this.from(column), this.to(column), 2), column) as MinorUnits;
  }

  /** The same, refused below zero. */
  fenNotBelowZero(column: number): MinorUnits {
    const fen = this.fen(column);
    return fen < 0 ? this.refuse(column) : fen;
  }

  /** Thousandths of the smallest unit of an amount in yuan with up to five decimals. Throws `BillRefused`. */
  thousandths(column: number): number {
    return this.readable(scaledIn(this.text, this.from(column), this.to(column), 5), column);
  }

  /** Parts per million of a percentage; null for an empty cell. Throws `BillRefused`. */
  rate(column: number): number | null {
    return this.isEmpty(column) ? null : this.readable(rateIn(this.text, this.from(column), this.to(column)), column);
  }

  /** The instant of a Beijing time. Throws `BillRefused`. */
  time(column: number): Instant {
    return this.readable(beijingIn(this.text, this.from(column), this.to(column)), column) as Instant;
  }

  /** Refuses the file for this cell; the column and the line are named, the cell is not, for it may name a person. */
  refuse(column: number): never {
    throw new BillRefused("cellUnreadable", `line ${this.line}, column ${this.columns[column] ?? column + 1}`);
  }

  from(column: number): number {
    return this.starts[column] ?? 0;
  }

  to(column: number): number {
    return this.ends[column] ?? 0;
  }

  private readable(figure: number, column: number): number {
    return Number.isNaN(figure) ? this.refuse(column) : figure;
  }
}
