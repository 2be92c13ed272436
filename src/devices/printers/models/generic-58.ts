import type { PrinterModel } from "../printer-model.ts";

/** Any 58 mm ESC/POS printer with a Chinese font: 384 dots, 32 columns, torn off by hand. */
export const generic58: PrinterModel = {
  id: "generic-58",
  language: "escpos",
  paperWidthMm: 58,
  columns: 32,
  widthDots: 384,
  cut: "none",
  feedLinesBeforeCut: 4,
  drawerPin: 2,
  baudRate: 9600,
  flowControl: "none",
};
