import { createHash } from "node:crypto";
import { BillRefused, type BillPart, type FlowRow, type TradeRow } from "../domain/bills/bill.ts";
import type { BillReader } from "../domain/bills/reader.ts";
import type { BillSource } from "./provider-bills.ts";

/** No bill is larger when unpacked: ten million rows. What is, was made to fill a disk. In bytes. */
export const billTextBytesMax = 4 * 1024 ** 3;

/** A decoder that keeps the beginning of a character for the next piece. */
export type TextStream = { write(bytes: Uint8Array): string; end(): string };

/** A bill's reader, with the word for its rows. */
export type PartReader =
  | { readonly kind: "trade"; readonly reader: BillReader<TradeRow> }
  | { readonly kind: "flow"; readonly reader: BillReader<FlowRow> };

/**
 * Reads unpacked bytes piece by piece; no more than a piece and its rows are held. The announced hash is checked after the last byte
 * and before the end is given. Throws `BillRefused`; what `bytes` throws passes through.
 */
export async function* readBillText(
  bytes: AsyncIterable<Uint8Array>,
  text: TextStream,
  { kind, reader }: PartReader,
  { announced, bytesMax }: { readonly announced: BillSource["announced"]; readonly bytesMax: number },
): AsyncGenerator<BillPart> {
  const hash = createHash("sha1");
  let length = 0;
  for await (const piece of bytes) {
    length += piece.length;
    if (length > bytesMax) throw new BillRefused("tooLarge", `more than ${bytesMax} bytes when unpacked`);
    if (announced !== null) hash.update(piece);
    const rows = reader.push(text.write(piece));
    if (rows.length > 0) yield { kind, rows } as BillPart;
  }
  if (announced !== null) {
    const found = hash.digest("hex");
    if (found !== announced.value.toLowerCase())
      throw new BillRefused("hashDiffers", `its SHA-1 is ${found}, ${announced.value} was announced: fetch it again`);
  }
  const left = reader.push(text.end());
  const { rows, footer, counted } = reader.end();
  if (left.length > 0) yield { kind, rows: left } as BillPart;
  if (rows.length > 0) yield { kind, rows } as BillPart;
  yield { kind: "end", footer, counted };
}

/** The first `count` bytes of a source, fewer when it is shorter. */
export async function firstBytes(source: BillSource, count: number): Promise<Uint8Array> {
  const pieces: Uint8Array[] = [];
  for await (const piece of source.read(0, Math.min(count, source.size))) pieces.push(piece);
  return Buffer.concat(pieces);
}
