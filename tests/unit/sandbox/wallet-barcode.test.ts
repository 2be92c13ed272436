import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import * as fc from "fast-check";
import { beforeAll, describe, expect, it } from "vitest";
import { prepareZXingModule, readBarcodes } from "zxing-wasm/reader";
import { code128, quietModules } from "../../../src/wallet/code-128.ts";

const modulePx = 3;
const heightPx = 60;

/** The symbol as a camera would see it: black bars on white, with a margin above and below. */
function picture(digits: string): ImageData {
  const symbol = code128(digits);
  const width = symbol.width * modulePx;
  const data = new Uint8ClampedArray(width * heightPx * 4).fill(255);
  for (const bar of symbol.bars) {
    for (let y = 10; y < heightPx - 10; y++) {
      for (let x = bar.at * modulePx; x < (bar.at + bar.width) * modulePx; x++)
        data.fill(0, (y * width + x) * 4, (y * width + x) * 4 + 3);
    }
  }
  return { width, height: heightPx, data, colorSpace: "srgb" } as unknown as ImageData;
}

describe("the wallet's bar code", () => {
  beforeAll(() => {
    const wasm = readFileSync(createRequire(import.meta.url).resolve("zxing-wasm/reader/zxing_reader.wasm"));
    const wasmBinary = wasm.buffer.slice(wasm.byteOffset, wasm.byteOffset + wasm.byteLength) as ArrayBuffer;
    return prepareZXingModule({ overrides: { wasmBinary }, fireImmediately: true });
  });

  it("every 18-digit code is read back by a decoder that is not ours", async () => {
    await fc.assert(
      fc.asyncProperty(fc.stringMatching(/^13\d{16}$/u), async (digits) => {
        const [read] = await readBarcodes(picture(digits), { formats: ["Code128"] });
        expect(read?.text).toBe(digits);
      }),
      { numRuns: 60 },
    );
  });

  it("every one of the hundred digit pairs is drawn so that it reads back", async () => {
    for (let from = 0; from < 100; from += 10) {
      const digits = Array.from({ length: 10 }, (_, index) => String(from + index).padStart(2, "0")).join("");
      expect((await readBarcodes(picture(digits), { formats: ["Code128"] }))[0]?.text).toBe(digits);
    }
  });

  it("ten free modules stand on each side", () => {
    const symbol = code128("134612345678901234");
    const last = symbol.bars.at(-1)!;
    expect(symbol.bars[0]!.at).toBe(quietModules);
    expect(symbol.width - last.at - last.width).toBe(quietModules);
  });

  it("an odd number of digits is refused, not drawn wrong", () => {
    expect(() => code128("123")).toThrow(RangeError);
  });
});
