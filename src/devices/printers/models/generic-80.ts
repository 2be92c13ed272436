import type { PrinterModel } from "../printer-model.ts";

/** Any 80 mm ESC/POS printer with a Chinese font and a knife: 576 dots, 48 columns. */
export const generic80: PrinterModel = {
  id: "generic-80",
  language: "escpos",
  paperWidthMm: 80,
  columns: 48,
  widthDots: 576,
  cut: "partial",
  feedLinesBeforeCut: 4,
  drawerPin: 2,
  baudRate: 115200,
  flowControl: "none",
};
