/**
 * The paper's document: what stands on a receipt, in order, without any printer's language or width. Printer, screen and
 * office render the same document, so that paper and electronic receipt are equal. Words come in from `i18n`.
 */
export type ReceiptDocument = { readonly language: "zh-CN" | "en" | "ja"; readonly blocks: readonly ReceiptBlock[] };

/** One block of a receipt. Text may hold any script; a renderer lays it out by East-Asian width and never loses a character silently. */
export type ReceiptBlock =
  | {
      readonly kind: "text";
      readonly text: string;
      readonly align: "left" | "center" | "right";
      readonly size: "normal" | "large";
      readonly bold: boolean;
    }
  /** Left and right on one line; a left that does not fit wraps above the right. */
  | {
      readonly kind: "pair";
      readonly left: string;
      readonly right: string;
      readonly size: "normal" | "large";
      readonly bold: boolean;
    }
  /** A sale line: its name (wraps), then quantity × price and the amount on one line. */
  | {
      readonly kind: "item";
      readonly name: string;
      readonly detail: string;
      readonly amount: string;
      readonly notes: readonly string[];
    }
  | { readonly kind: "rule" }
  | { readonly kind: "feed"; readonly lines: number }
  | { readonly kind: "qr"; readonly text: string; readonly caption: string };
