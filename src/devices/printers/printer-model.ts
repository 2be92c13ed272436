/** What one model of receipt printer can do: data only, one file a model. */
export type PrinterModel = {
  readonly id: string;
  readonly language: "escpos";
  readonly paperWidthMm: 58 | 80;
  /** Columns of the 12-dot font; a Chinese character takes two. */
  readonly columns: number;
  /** Dots across the printable width; bounds the size of a drawn code. */
  readonly widthDots: number;
  readonly cut: "full" | "partial" | "none";
  /** Lines between the last print and the tear bar or knife. */
  readonly feedLinesBeforeCut: number;
  /** Which wire of the drawer socket the pulse goes to: pin 2 is device 0, pin 5 is device 1. */
  readonly drawerPin: 2 | 5;
  readonly baudRate: number;
  readonly flowControl: "none" | "hardware";
};
