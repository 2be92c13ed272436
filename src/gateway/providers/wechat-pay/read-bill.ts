import { pipeline, Readable } from "node:stream";
import { constants, createGunzip } from "node:zlib";
import { BillRefused, type BillKind, type BillPart } from "../../../domain/bills/bill.ts";
import { wechatFlowReader } from "../../../domain/bills/wechat-flow.ts";
import { wechatTradeReader } from "../../../domain/bills/wechat-trade.ts";
import { billTextBytesMax, firstBytes, readBillText, type PartReader, type TextStream } from "../../bill-stream.ts";
import type { BillSource } from "../../provider-bills.ts";

/** Pieces of this many bytes: large enough that what a piece costs does not count, small enough to hold a few. */
const pieceBytes = 128 * 1024;

/** Reads a WeChat Pay bill, packed by gzip or plain. Throws `BillRefused`; a source's own failure passes through. */
export async function* readWechatBill(
  kind: BillKind,
  source: BillSource,
  bytesMax = billTextBytesMax,
): AsyncGenerator<BillPart> {
  const [first, second] = await firstBytes(source, 2);
  const isPacked = first === 0x1f && second === 0x8b;
  const bytes = source.read(0, source.size);
  yield* readBillText(isPacked ? unpacked(bytes) : bytes, utf8Text(), readerOf(kind, source), {
    announced: source.announced,
    bytesMax,
  });
}

function readerOf(kind: BillKind, { owner = null }: BillSource): PartReader {
  return kind === "fundFlow"
    ? { kind: "flow", reader: wechatFlowReader(owner) }
    : { kind: "trade", reader: wechatTradeReader(owner) };
}

async function* unpacked(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  const gunzip = createGunzip({ chunkSize: pieceBytes });
  // what goes wrong on the way arrives at the loop below
  pipeline(Readable.from(bytes), gunzip, () => undefined);
  try {
    yield* gunzip as AsyncIterable<Uint8Array>;
  } catch (fault) {
    const { errno, code } = fault as NodeJS.ErrnoException;
    if (errno === constants.Z_BUF_ERROR)
      throw new BillRefused("cutOff", "the gzip file ends too early: fetch it again");
    if (code?.startsWith("Z_") === true) throw new BillRefused("notABill", `damaged gzip file (${code})`);
    throw fault;
  }
}

function utf8Text(): TextStream {
  const decoder = new TextDecoder("utf-8", { fatal: true });
  const decoded = (decode: () => string): string => {
    try {
      return decode();
    } catch {
      throw new BillRefused("notABill", "it is not UTF-8 text");
    }
  };
  return {
    write: (bytes) => decoded(() => decoder.decode(bytes, { stream: true })),
    end: () => decoded(() => decoder.decode()),
  };
}
