import { createHash } from "node:crypto";
import { gzipSync } from "node:zlib";
import fc from "fast-check";
import iconv from "iconv-lite";
import { describe, expect, it } from "vitest";
import { BillRefused, type BillKind, type BillPart } from "../../../src/domain/bills/bill.ts";
import type { BillSource } from "../../../src/gateway/provider-bills.ts";
import { readAlipayBill } from "../../../src/gateway/providers/alipay/read-bill.ts";
import { readWechatBill } from "../../../src/gateway/providers/wechat-pay/read-bill.ts";
import { alipayBillLines, wechatBillLines } from "../../fakes/bill-lines.ts";
import { sourceOf } from "../../fakes/bill-source.ts";
import { zipOf } from "../../fakes/streamed-zip.ts";
import { alipayFile, alipayFlowHeader, paymentCells as alipayPayment } from "./alipay-file.ts";
import { flowCells, paymentCells, refundCells, wechatFile, wechatFlowColumns } from "./wechat-file.ts";

/** What a bill came to: its rows, or the trouble it was refused for and how many rows had been given by then. */
async function outcomeOf(parts: AsyncIterable<BillPart>) {
  let rows = 0;
  let ends = 0;
  try {
    for await (const part of parts) {
      if (part.kind === "end") ends += 1;
      else rows += part.rows.length;
    }
  } catch (fault) {
    if (fault instanceof BillRefused) return { trouble: fault.trouble, detail: fault.detail, ends };
    throw fault;
  }
  return { rows, ends };
}

const sha1 = (bytes: Uint8Array) => createHash("sha1").update(bytes).digest("hex");
const announced = (value: string): BillSource["announced"] => ({ type: "SHA1", value });
async function bytesOf(pieces: AsyncIterable<Uint8Array>): Promise<Buffer> {
  const all: Uint8Array[] = [];
  for await (const piece of pieces) all.push(piece);
  return Buffer.concat(all);
}

describe("a stored bill of WeChat Pay", () => {
  const plain = Buffer.from(wechatFile([paymentCells({ 商品名称: "𠮷祥" }), refundCells()]));
  const packed = gzipSync(plain);
  const read = (bytes: Uint8Array, over: Partial<BillSource> = {}, kind: BillKind = "trade", max?: number) =>
    outcomeOf(readWechatBill(kind, { ...sourceOf(bytes, 7), ...over }, max));

  it("is the same, plain or packed, however its bytes come", async () => {
    const rowsOf = async (bytes: Uint8Array, pieceBytes: number) => {
      const parts: BillPart[] = [];
      for await (const part of readWechatBill("trade", sourceOf(bytes, pieceBytes))) parts.push(part);
      return [parts.flatMap((part) => (part.kind === "end" ? [] : [...part.rows])), parts.at(-1)];
    };
    const whole = await rowsOf(plain, plain.length);
    expect(whole[0]).toHaveLength(2);
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 1, max: 200 }), fc.boolean(), async (pieceBytes, isPacked) => {
        expect(await rowsOf(isPacked ? packed : plain, pieceBytes)).toEqual(whole);
      }),
      { numRuns: 40 },
    );
  });

  it("is read as a fund flow where it is one", async () => {
    const flow = Buffer.from(wechatFile([flowCells()], { columns: wechatFlowColumns }));
    expect(await read(flow, {}, "fundFlow")).toEqual({ rows: 1, ends: 1 });
    expect(await read(flow)).toMatchObject({ trouble: "columnMissing" });
    expect(await read(plain, {}, "balanceRefunds")).toEqual({ rows: 2, ends: 1 });
  });

  it.each(["plain", "packed"])("is refused before its end when its hash is not the announced one: %s", async (form) => {
    const bytes = form === "plain" ? plain : packed;
    expect(await read(bytes, { announced: announced(sha1(plain)) })).toEqual({ rows: 2, ends: 1 });
    expect(await read(bytes, { announced: announced(sha1(plain).toUpperCase()) })).toEqual({ rows: 2, ends: 1 });
    expect(await read(bytes, { announced: announced(sha1(packed)) })).toMatchObject({
      trouble: "hashDiffers",
      ends: 0,
    });
    const changed = Buffer.from(plain.toString().replace("`56.00,`0.00,`0", "`56.01,`0.00,`0"));
    expect(changed.equals(plain)).toBe(false);
    const altered = form === "plain" ? changed : gzipSync(changed);
    expect(await read(altered, { announced: announced(sha1(plain)) })).toMatchObject({
      trouble: "hashDiffers",
      ends: 0,
    });
  });

  it("that was cut off is refused, wherever it was cut", async () => {
    for (let length = 0; length < packed.length; length += 5)
      expect(await read(packed.subarray(0, length)), `${length}`).toMatchObject({ trouble: "cutOff", ends: 0 });
    expect(await read(packed.subarray(0, -1))).toMatchObject({ trouble: "cutOff", ends: 0 });
    expect(await read(plain.subarray(0, -200))).toMatchObject({ trouble: "cutOff", ends: 0 });
    expect(await read(Buffer.alloc(0))).toMatchObject({ trouble: "cutOff", ends: 0 });
    // a hash that was announced says more: fetch it again
    expect(await read(plain.subarray(0, -200), { announced: announced(sha1(plain)) })).toMatchObject({
      trouble: "hashDiffers",
    });
  });

  it("that is damaged, in another encoding or another kind of file is refused", async () => {
    const damaged = Buffer.from(packed);
    damaged.writeUInt8((damaged[40] ?? 0) ^ 0xff, 40);
    expect(await read(damaged)).toMatchObject({ trouble: "notABill", ends: 0 });
    expect(await read(iconv.encode(plain.toString(), "gb18030"))).toMatchObject({ trouble: "notABill" });
    expect(await read(Buffer.concat([plain, Buffer.from([0xe4])]))).toMatchObject({ trouble: "notABill", ends: 0 });
    expect(await read(Buffer.from("PK\u0003\u0004"))).toMatchObject({ trouble: "columnMissing" });
  });

  it("of another merchant is refused", async () => {
    const owner = { account: "1900000108", day: "2026-11-20" };
    expect(await read(packed, { owner })).toMatchObject({ trouble: "notOurs" });
    expect(await read(packed, { owner: { ...owner, account: "1900000109" } })).toEqual({ rows: 2, ends: 1 });
  });

  it("that unpacks to more than is taken is refused before it is all unpacked", async () => {
    const bomb = gzipSync(Buffer.concat([plain, Buffer.alloc(40_000_000, "\n")]));
    expect(bomb.length).toBeLessThan(100_000);
    expect(await read(bomb, {}, "trade", 1_000_000)).toMatchObject({ trouble: "tooLarge", ends: 0 });
    expect(await read(packed, {}, "trade", plain.length - 1)).toMatchObject({ trouble: "tooLarge", ends: 0 });
    expect(await read(packed, {}, "trade", plain.length)).toEqual({ rows: 2, ends: 1 });
  });

  it("a failure of the disk is no fault of the file", async () => {
    const broken: BillSource = {
      ...sourceOf(packed),
      async *read(start) {
        yield packed.subarray(start, start + 20);
        throw new Error("disk gone");
      },
    };
    await expect(outcomeOf(readWechatBill("trade", broken))).rejects.toThrow("disk gone");
  });
});

describe("no more is read ahead than a few pieces, and none after the reader lets go", () => {
  const rows = 20_000;
  const watched = (bytes: Uint8Array) => {
    const told = { given: 0, isOver: false };
    const source: BillSource = {
      size: bytes.length,
      announced: null,
      async *read(start, end) {
        try {
          for (let at = start; at < end; at += 4096) {
            const piece = bytes.subarray(at, Math.min(end, at + 4096));
            told.given += piece.length;
            yield piece;
          }
        } finally {
          told.isOver = true;
        }
      },
    };
    return { told, source };
  };
  const firstPart = async (parts: AsyncIterable<BillPart>) => {
    for await (const part of parts) return part;
    throw new Error("no part");
  };

  /** As many times the lines, so that a packed file is long beside what streams hold (400 kB in Node 24). */
  const packedTimes = 4;
  it.each(["WeChat plain", "WeChat packed", "Alipay"])("%s", async (form) => {
    const lines = form === "Alipay" ? rows * packedTimes : rows;
    const text = [...(form === "Alipay" ? alipayBillLines(lines) : wechatBillLines(lines))].join("");
    const plain = iconv.encode(text, form === "Alipay" ? "gb18030" : "utf8");
    const bytes =
      form === "WeChat plain"
        ? plain
        : form === "Alipay"
          ? await bytesOf(zipOf("业务明细.csv", sourceOf(plain).read(0, plain.length)))
          : gzipSync(plain, { level: 0 });
    const { told, source } = watched(bytes);
    const read = form === "Alipay" ? readAlipayBill("trade", source) : readWechatBill("trade", source);
    const part = await firstPart(read);
    expect(part.kind).toBe("trade");
    // a packed megabyte stands for many unpacked ones; the pieces on their way are what node's streams hold
    expect(told.given).toBeLessThan(form === "Alipay" ? bytes.length / 2 : 1_000_000);
    expect(bytes.length).toBeGreaterThan(form === "Alipay" ? 1_200_000 : 4_000_000);
    for (let turn = 0; turn < 20 && !told.isOver; turn++) await new Promise((resolve) => setImmediate(resolve));
    expect(told.isOver).toBe(true);
    const whole = watched(bytes).source;
    expect(
      await outcomeOf(form === "Alipay" ? readAlipayBill("trade", whole) : readWechatBill("trade", whole)),
    ).toEqual({ rows: lines, ends: 1 });
  });
});

describe("a stored bill of Alipay", () => {
  const text = alipayFile([alipayPayment({ 商品名称: "𠮷祥" })]);
  const gb = (of: string) => iconv.encode(of, "gb18030");
  const zip = (content: Uint8Array, name = "20880000000001560156_20261120_业务明细.csv") =>
    bytesOf(zipOf(name, sourceOf(content).read(0, content.length)));
  const read = (bytes: Uint8Array, over: Partial<BillSource> = {}, kind: BillKind = "trade", max?: number) =>
    outcomeOf(readAlipayBill(kind, { ...sourceOf(bytes, 100), ...over }, max));

  it("is found by its name, and read in gb18030", async () => {
    const bytes = await zip(gb(text));
    const parts: BillPart[] = [];
    for await (const part of readAlipayBill("trade", sourceOf(bytes, 13))) parts.push(part);
    expect(parts).toMatchObject([{ kind: "trade", rows: [{ order: "T1", amount: 3_000 }] }, { kind: "end" }]);
    expect(await read(await zip(gb(text), "x_业务明细(汇总).csv"))).toMatchObject({
      trouble: "notABill",
      detail: "the zip file holds no 业务明细",
    });
    expect(await read(bytes, {}, "fundFlow")).toMatchObject({ trouble: "notABill" });
    const flow = gb(alipayFile([], { columns: alipayFlowHeader, title: "账务明细", totals: [] }));
    expect(await read(await zip(flow, "x_账务明细.csv"), {}, "fundFlow")).toEqual({ rows: 0, ends: 1 });
  });

  it("of another account is refused", async () => {
    const owner = { account: "2088000000000999", day: "2026-11-20" };
    expect(await read(await zip(gb(text)), { owner })).toMatchObject({ trouble: "notOurs" });
  });

  it("is refused when its hash is not the announced one, where one was announced", async () => {
    const bytes = await zip(gb(text));
    expect(await read(bytes, { announced: announced(sha1(gb(text))) })).toEqual({ rows: 1, ends: 1 });
    expect(await read(bytes, { announced: announced(sha1(bytes)) })).toMatchObject({ trouble: "hashDiffers", ends: 0 });
  });

  it("that was cut off or damaged is refused", async () => {
    const bytes = await zip(gb(text));
    for (let length = 0; length < bytes.length; length += 37)
      expect(await read(bytes.subarray(0, length)), `${length}`).toMatchObject({ trouble: "notABill", ends: 0 });
    expect(await read(Buffer.from(text))).toMatchObject({ trouble: "notABill" });
    expect(await read(await zip(gb(text.slice(0, -150))))).toMatchObject({ trouble: "cutOff", ends: 0 });
    for (let at = 0; at < bytes.length; at += 11) {
      const damaged = Buffer.from(bytes);
      damaged.writeUInt8((damaged[at] ?? 0) ^ 0xff, at);
      const outcome = await read(damaged);
      // what is nowhere looked at (times, versions) may change; rows never come out of damaged data
      if ("trouble" in outcome) expect(outcome.ends).toBe(0);
      else expect(outcome).toEqual({ rows: 1, ends: 1 });
    }
  });

  it("whose check sum differs is refused even where the text is still a bill", async () => {
    const stored = await zip(gb(text));
    const crcAt = stored.indexOf(Buffer.from("504b0102", "hex")) + 16;
    const lied = Buffer.from(stored);
    lied.writeUInt32LE(1, crcAt);
    expect(await read(lied)).toMatchObject({ trouble: "notABill", ends: 0 });
  });

  it("that unpacks to more than is taken is refused, also when it lies about it", async () => {
    const bomb = await zip(Buffer.concat([gb(text), Buffer.alloc(20_000_000, "\n")]));
    expect(bomb.length).toBeLessThan(200_000);
    expect(await read(bomb, {}, "trade", 1_000_000)).toMatchObject({ trouble: "tooLarge", ends: 0 });
    const lying = Buffer.from(bomb);
    lying.writeUInt32LE(500_000, bomb.indexOf(Buffer.from("504b0102", "hex")) + 24);
    expect(await read(lying, {}, "trade", 1_000_000)).toMatchObject({ ends: 0, trouble: expect.any(String) });
  });

  it("a failure of the disk is no fault of the file", async () => {
    const bytes = await zip(gb(text));
    for (const failing of [0, 1, 2, 3]) {
      let reads = 0;
      const broken: BillSource = {
        ...sourceOf(bytes),
        async *read(start, end) {
          if (reads++ === failing) throw new Error("disk gone");
          yield bytes.subarray(start, end);
        },
      };
      await expect(outcomeOf(readAlipayBill("trade", broken)), `${failing}`).rejects.toThrow("disk gone");
    }
  });
});
