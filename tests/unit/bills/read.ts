import { BillRefused, type BillTotals } from "../../../src/domain/bills/bill.ts";
import type { BillReader } from "../../../src/domain/bills/reader.ts";

export type Read<Row> = { readonly rows: readonly Row[]; readonly footer: BillTotals; readonly counted: BillTotals };

/** The whole file through `reader`, cut at `cuts` (parts of its length) or given in one piece. */
export function readAll<Row>(reader: BillReader<Row>, text: string, cuts: readonly number[] = []): Read<Row> {
  const places = [...new Set([0, ...cuts.map((cut) => Math.floor(cut * text.length)), text.length])].toSorted(
    (a, b) => a - b,
  );
  const rows = places.slice(1).flatMap((place, index) => [...reader.push(text.slice(places[index], place))]);
  const end = reader.end();
  return { rows: [...rows, ...end.rows], footer: end.footer, counted: end.counted };
}

/** The trouble a file is refused for, with its detail. */
export function refusalOf(work: () => unknown): string {
  try {
    work();
  } catch (fault) {
    if (fault instanceof BillRefused) return `${fault.trouble}: ${fault.detail}`;
    throw fault;
  }
  return "taken";
}
