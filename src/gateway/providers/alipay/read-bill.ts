import { crc32 } from "node:zlib";
import iconv from "iconv-lite";
import type { Entry, ZipFile } from "yauzl";
import { alipayFlowReader } from "../../../domain/bills/alipay-flow.ts";
import { alipayTradeReader } from "../../../domain/bills/alipay-trade.ts";
import { BillRefused, type BillKind, type BillPart } from "../../../domain/bills/bill.ts";
import { billTextBytesMax, readBillText, type PartReader, type TextStream } from "../../bill-stream.ts";
import type { BillSource } from "../../provider-bills.ts";
import { openZip } from "./zip-source.ts";

/** Alipay packs two files; a zip with more than this is somebody else's. */
const entriesMax = 32;
/** Alipay's bills are GBK, which gb18030 contains; names outside GBK are read as well. */
const encoding = "gb18030";
const utf8NameFlag = 0x800;

/** What the wanted file is called, and what the summary beside it is called as well. */
const listName: Readonly<Record<BillKind, string>> = {
  trade: "业务明细",
  balanceRefunds: "业务明细",
  fundFlow: "账务明细",
};
const summaryName = "汇总";

/** Reads the detailed list in one of Alipay's zip files. Throws `BillRefused`; a source's own failure passes through. */
export async function* readAlipayBill(
  kind: BillKind,
  source: BillSource,
  bytesMax = billTextBytesMax,
): AsyncGenerator<BillPart> {
  const opened = await openZip(source);
  try {
    const entry = await listIn(opened.zip, kind);
    yield* readBillText(checked(await bytesOf(opened.zip, entry), entry), gbText(), readerOf(kind, source), {
      announced: source.announced,
      bytesMax,
    });
  } catch (fault) {
    throw opened.reasonOf(fault);
  } finally {
    opened.close();
  }
}

function readerOf(kind: BillKind, { owner = null }: BillSource): PartReader {
  return kind === "fundFlow"
    ? { kind: "flow", reader: alipayFlowReader(owner) }
    : { kind: "trade", reader: alipayTradeReader(owner) };
}

async function listIn(zip: ZipFile, kind: BillKind): Promise<Entry> {
  if (zip.entryCount > entriesMax) throw new BillRefused("notABill", `a zip file with ${zip.entryCount} entries`);
  for await (const entry of zip.eachEntry()) {
    const isUtf8 = (entry.generalPurposeBitFlag & utf8NameFlag) !== 0;
    const name = iconv.decode(entry.fileNameRaw, isUtf8 ? "utf8" : encoding);
    if (name.includes(listName[kind]) && !name.includes(summaryName)) return entry;
  }
  throw new BillRefused("notABill", `the zip file holds no ${listName[kind]}`);
}

function bytesOf(zip: ZipFile, entry: Entry): Promise<AsyncIterable<Uint8Array>> {
  if (entry.isEncrypted()) throw new BillRefused("notABill", "the zip file is encrypted");
  return zip.openReadStreamPromise(entry);
}

/** The same bytes; refused at their end when they are not what the zip says they are. */
async function* checked(bytes: AsyncIterable<Uint8Array>, entry: Entry): AsyncGenerator<Uint8Array> {
  let sum = 0;
  for await (const piece of bytes) {
    sum = crc32(piece, sum);
    yield piece;
  }
  if (sum !== entry.crc32) throw new BillRefused("notABill", "damaged zip file: its check sum differs. Fetch it again");
}

function gbText(): TextStream {
  const decoder = iconv.getDecoder(encoding);
  return {
    write: (bytes) => decoder.write(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length)),
    end: () => decoder.end() ?? "",
  };
}
