import { readFileSync } from "node:fs";
import { writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { prepareZXingModule, writeBarcode, type WriteInputBarcodeFormat } from "zxing-wasm/writer";

// From the package on disk; left alone it would fetch its module from a public server.
const writerFile = readFileSync(createRequire(import.meta.url).resolve("zxing-wasm/writer/zxing_writer.wasm"));
prepareZXingModule({ overrides: { wasmBinary: Uint8Array.from(writerFile).buffer } as object });

/** A code to hold before the fake camera, and for how many frames (30 a second). */
export type ClipCode = { readonly text: string; readonly format: WriteInputBarcodeFormat; readonly frames: number };

const width = 640;
const height = 480;
/** Brightness of the table between two codes. */
const tableLuma = 0x80;
/** Frames without a code after each, so that the camera sees one go before the next comes. */
const gapFrames = 10;

/**
 * Writes a .y4m clip for Chromium's fake camera that shows each code in turn, over and over: what a cashier does with a
 * basket. Uncompressed (460 KB a frame), so it belongs in a temporary folder.
 */
export async function writeCodeClip(file: string, codes: readonly ClipCode[]): Promise<void> {
  const chroma = new Uint8Array((width * height) / 2).fill(128);
  const table = new Uint8Array(width * height).fill(tableLuma);
  const parts: Uint8Array[] = [Buffer.from(`YUV4MPEG2 W${width} H${height} F30:1 Ip A1:1 C420jpeg\n`)];
  for (const code of codes) {
    const luma = await drawn(code);
    for (let frame = 0; frame < code.frames + gapFrames; frame += 1)
      parts.push(Buffer.from("FRAME\n"), frame < code.frames ? luma : table, chroma);
  }
  await writeFile(file, Buffer.concat(parts));
}

/** One frame: the code as large as fits, in the middle, on a white label. */
async function drawn({ text, format }: ClipCode): Promise<Uint8Array> {
  const { symbol, error } = await writeBarcode(text, { format });
  if (error !== "") throw new Error(`${text} cannot be drawn as ${format}: ${error}`);
  const isLinear = symbol.height < symbol.width / 4;
  const rows = isLinear ? Math.ceil(symbol.width / 2) : symbol.height;
  const scale = Math.max(1, Math.floor(Math.min((width * 0.75) / symbol.width, (height * 0.75) / rows)));
  const quiet = scale * 8;
  const left = Math.floor((width - symbol.width * scale) / 2);
  const top = Math.floor((height - rows * scale) / 2);
  const luma = new Uint8Array(width * height).fill(tableLuma);
  for (let y = Math.max(0, top - quiet); y < Math.min(height, top + rows * scale + quiet); y += 1) {
    for (let x = Math.max(0, left - quiet); x < Math.min(width, left + symbol.width * scale + quiet); x += 1) {
      const column = Math.floor((x - left) / scale);
      const row = isLinear ? 0 : Math.floor((y - top) / scale);
      const isInside = column >= 0 && column < symbol.width && y >= top && y < top + rows * scale;
      luma[y * width + x] = isInside ? (symbol.data[row * symbol.width + column] ?? 0xff) : 0xff;
    }
  }
  return luma;
}
