import { createHash } from "node:crypto";
import { once } from "node:events";
import { createReadStream, createWriteStream, statSync } from "node:fs";
import { join } from "node:path";
import { parse } from "csv-parse";
import iconv from "iconv-lite";
import type { BillPart } from "../../src/domain/bills/bill.ts";
import { readAlipayBill } from "../../src/gateway/providers/alipay/read-bill.ts";
import { readWechatBill } from "../../src/gateway/providers/wechat-pay/read-bill.ts";
import type { BillSource } from "../../src/gateway/provider-bills.ts";
import { alipayBillLines, wechatBillLines } from "../fakes/bill-lines.ts";
import { zipOf } from "../fakes/streamed-zip.ts";
import type { Stage } from "./bench.ts";
import type { Row } from "./figures.ts";

/** A large shop's month, and far above what its day brings. */
const rowsOfBench = 1_000_000;
const pieceBytes = 256 * 1024;

/** Both providers' bills as the gateway reads them from disk, beside csv-parse on the same bytes in the same process. */
export async function measureBills({ folder }: Stage): Promise<readonly Row[]> {
  const wechatPath = join(folder, "wechat.csv");
  const sha1 = await written(wechatPath, wechatBillLines(rowsOfBench), (text) => Buffer.from(text));
  const csvPath = join(folder, "alipay.csv");
  await written(csvPath, alipayBillLines(rowsOfBench), (text) => iconv.encode(text, "gb18030"));
  const zipPath = join(folder, "alipay.zip");
  await writeFile(zipPath, zipOf("业务明细.csv", createReadStream(csvPath)));

  const rows: Row[] = [];
  const wechat = await measured(async () =>
    countRows(readWechatBill("trade", { ...fileSource(wechatPath), announced: { type: "SHA1", value: sha1 } })),
  );
  // no name holds a comma here: csv-parse makes an error of every row that is wider than its header, even of those it lets pass
  const wechatByCsvParse = await measured(() =>
    csvRows(wechatPath, { quote: null, relax_column_count: true, bom: true }),
  );
  rows.push(
    figureRow(`WeChat bill, ${rowsOfBench.toLocaleString("en")} rows, read and hashed`, wechatPath, wechat, {
      of: wechatByCsvParse,
      path: wechatPath,
    }),
    figureRow("  csv-parse, the same bytes, cells only", wechatPath, wechatByCsvParse, null),
  );
  const alipay = await measured(() => countRows(readAlipayBill("trade", fileSource(zipPath))));
  const alipayByCsvParse = await measured(() =>
    csvRows(csvPath, { quote: null, relax_column_count: true, encoding: "latin1", comment: "#" }),
  );
  rows.push(
    figureRow(`Alipay bill, ${rowsOfBench.toLocaleString("en")} rows, unzipped, decoded, read`, csvPath, alipay, {
      of: alipayByCsvParse,
      path: csvPath,
    }),
    figureRow("  csv-parse, the same bytes unzipped, not decoded, cells only", csvPath, alipayByCsvParse, null),
  );
  return rows;
}

type Measured = { readonly seconds: number; readonly rows: number; readonly peakMiB: number };

function figureRow(
  measure: string,
  path: string,
  found: Measured,
  against: { readonly of: Measured; readonly path: string } | null,
): Row {
  if (found.rows < rowsOfBench) throw new Error(`${measure}: ${found.rows} rows`);
  const speed = (seconds: number) => statSync(path).size / 1_000_000 / seconds;
  return {
    measure,
    figures: `${speed(found.seconds).toFixed(0)} MB/s  ${found.seconds.toFixed(1)} s  peak ${found.peakMiB.toFixed(0)} MiB`,
    target: against === null ? null : "at least csv-parse's MB/s",
    isMet: against === null ? null : found.seconds <= against.of.seconds,
  };
}

/** Time, and how far the heap and buffers rose above where they began. */
async function measured(work: () => Promise<number>): Promise<Measured> {
  globalThis.gc?.();
  const held = (): number => {
    const { heapUsed, external } = process.memoryUsage();
    return heapUsed + external;
  };
  const before = held();
  let peak = before;
  const sampling = setInterval(() => {
    peak = Math.max(peak, held());
  }, 20);
  const startedAt = performance.now();
  const rows = await work();
  const seconds = (performance.now() - startedAt) / 1_000;
  clearInterval(sampling);
  return { seconds, rows, peakMiB: (peak - before) / 1024 ** 2 };
}

async function countRows(parts: AsyncIterable<BillPart>): Promise<number> {
  let rows = 0;
  for await (const part of parts) if (part.kind !== "end") rows += part.rows.length;
  return rows;
}

async function csvRows(path: string, options: object): Promise<number> {
  let rows = 0;
  const parser = createReadStream(path, { highWaterMark: pieceBytes }).pipe(parse(options));
  parser.on("data", () => {
    rows += 1;
  });
  await once(parser, "end");
  return rows;
}

function fileSource(path: string): BillSource {
  return {
    size: statSync(path).size,
    announced: null,
    read: (start, end) => createReadStream(path, { start, end: end - 1, highWaterMark: pieceBytes }),
  };
}

async function written(path: string, lines: Iterable<string>, encode: (text: string) => Buffer): Promise<string> {
  const hash = createHash("sha1");
  const pieces = function* (): Generator<Buffer> {
    let text = "";
    for (const line of lines) {
      text += line;
      if (text.length < pieceBytes) continue;
      yield encode(text);
      text = "";
    }
    yield encode(text);
  };
  const hashed = async function* (): AsyncGenerator<Buffer> {
    for (const piece of pieces()) {
      hash.update(piece);
      yield piece;
    }
  };
  await writeFile(path, hashed());
  return hash.digest("hex");
}

async function writeFile(path: string, pieces: AsyncIterable<Uint8Array>): Promise<void> {
  const file = createWriteStream(path);
  for await (const piece of pieces) if (!file.write(piece)) await once(file, "drain");
  file.end();
  await once(file, "close");
}
