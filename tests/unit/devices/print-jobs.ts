import type { ReceiptDocument } from "../../../src/domain/receipt.ts";

/** A receipt of one line. */
export function receipt(text: string): ReceiptDocument {
  return { language: "zh-CN", blocks: [{ kind: "text", text, align: "left", size: "normal", bold: false }] };
}

/** A receipt longer than a printer's buffer, so that it stands half on the line when the printer stops. */
export function longReceipt(lines: number): ReceiptDocument {
  return {
    language: "zh-CN",
    blocks: Array.from({ length: lines }, (_, n) => receipt(`第${n}行 牛奶咖啡`).blocks).flat(),
  };
}

/** Watches a promise without waiting for it. */
export function watch<Value>(promise: Promise<Value>): { value: Value | "waiting" } {
  const seen: { value: Value | "waiting" } = { value: "waiting" };
  void promise.then((value) => (seen.value = value));
  return seen;
}
