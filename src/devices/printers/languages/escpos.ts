import type { ReceiptDocument } from "../../../domain/receipt.ts";
import type { PrinterLanguage } from "../printer-language.ts";
import type { PrinterModel } from "../printer-model.ts";
import { layOutReceipt, type PrintLine } from "../receipt-layout.ts";
import { createEscposDecoder, escposQuestions } from "./escpos-answers.ts";
import { encodeGbk, gbkColumns, toGbkText } from "./gbk.ts";

// Commands from Epson's ESC/POS reference; FS & and FS . are the Chinese mode of its GB18030 models and of their clones.
const esc = 0x1b;
const gs = 0x1d;
const fs = 0x1c;
const lineFeed = 0x0a;
const initialise = [esc, 0x40];
/** GS a 0x0E: tell changes of line state, error and paper unasked; the drawer's bit is left out, its sense depends on wiring. ESC @ forgets it. */
const tellChanges = [gs, 0x61, 0x0e];

/** How long the drawer's coil is powered, and rests after it: 100 to 200 ms opens every common drawer (datasheets). */
export const drawerPulseOnMs = 100;
export const drawerPulseOffMs = 200;

/** ESC/POS as receipt printers sold in China speak it: GBK text, QR drawn by the printer. */
export const escpos: PrinterLanguage = {
  id: "escpos",
  encodeReceipt,
  encodeDrawerKick,
  /** GS r 1: answered in its turn, so the answer proves that what stands before it was carried out. */
  proof: Uint8Array.of(gs, 0x72, 1),
  hello: Uint8Array.from(tellChanges),
  questions: escposQuestions,
  createDecoder: createEscposDecoder,
};

function encodeReceipt(document: ReceiptDocument, model: PrinterModel): Uint8Array {
  const lines = layOutReceipt(document, { columns: model.columns, toPrintable: toGbkText, columnsOf: gbkColumns });
  const bytes = [...initialise, ...tellChanges];
  for (const line of lines) bytes.push(...(line.kind === "qr" ? qrBytes(line.text, model) : textBytes(line)));
  bytes.push(...cutBytes(model));
  return Uint8Array.from(bytes);
}

function encodeDrawerKick(model: PrinterModel): Uint8Array {
  return Uint8Array.of(esc, 0x70, model.drawerPin === 2 ? 0 : 1, drawerPulseOnMs / 2, drawerPulseOffMs / 2);
}

function textBytes(line: Extract<PrintLine, { kind: "text" }>): readonly number[] {
  const { bytes, hasWide } = encodeGbk(line.text);
  // Clones scale Chinese by FS ! only, Epson by GS ! for both: saying both says the same.
  const large = line.size === "large" ? [gs, 0x21, 0x11, fs, 0x21, 0x0c] : [];
  const small = line.size === "large" ? [gs, 0x21, 0, fs, 0x21, 0] : [];
  const bold = line.bold ? [esc, 0x45, 1] : [];
  const light = line.bold ? [esc, 0x45, 0] : [];
  const body = hasWide ? [fs, 0x26, ...bytes, fs, 0x2e] : bytes;
  return [...large, ...bold, ...body, lineFeed, ...light, ...small];
}

/** Dots a module: 6 for up to 84 bytes (version 5 at level M, 45 modules with margin), 4 above, so that 58 mm paper holds it. */
function qrModuleDots(contentBytes: number, model: PrinterModel): number {
  const modulesAcross = contentBytes <= 84 ? 45 : 85;
  return Math.min(8, Math.floor(model.widthDots / modulesAcross));
}

function qrBytes(text: string, model: PrinterModel): readonly number[] {
  const content = new TextEncoder().encode(text);
  const length = content.length + 3;
  return [
    esc,
    0x61,
    1,
    gs,
    0x28,
    0x6b,
    4,
    0,
    0x31,
    0x41,
    0x32,
    0, // model 2
    gs,
    0x28,
    0x6b,
    3,
    0,
    0x31,
    0x43,
    qrModuleDots(content.length, model),
    gs,
    0x28,
    0x6b,
    3,
    0,
    0x31,
    0x45,
    0x31, // error correction level M
    gs,
    0x28,
    0x6b,
    length & 0xff,
    length >> 8,
    0x31,
    0x50,
    0x30,
    ...content,
    gs,
    0x28,
    0x6b,
    3,
    0,
    0x31,
    0x51,
    0x30,
    lineFeed,
    esc,
    0x61,
    0,
  ];
}

function cutBytes(model: PrinterModel): readonly number[] {
  const feed = [esc, 0x64, model.feedLinesBeforeCut];
  if (model.cut === "none") return feed;
  return [...feed, gs, 0x56, model.cut === "full" ? 0 : 1];
}
