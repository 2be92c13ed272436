import type { PrinterStatus, PrintOutcome } from "../../domain/printer-status.ts";

/** What became of a print, for the cashier. */
export function printOutcomeJa(outcome: PrintOutcome | { readonly kind: "printing" }): string {
  switch (outcome.kind) {
    case "printing":
      return "レシートを印刷中";
    case "printed":
      return "レシートを印刷しました";
    case "uncertain":
      return outcome.reason === "neverAnswers"
        ? "レシートをプリンターに送りました"
        : "レシートが途中かもしれません。見て、必要なら再発行を";
    case "failed":
      return outcome.reason === "notPaired"
        ? "プリンター未接続のため印刷していません"
        : "レシートは未印刷です。「本日の会計」から再発行できます";
  }
}

/** What is wrong with the printer and what to do; null when nothing is. */
export function printerStatusJa(status: PrinterStatus): string | null {
  switch (status.kind) {
    case "ready":
    case "unknown":
    case "notPaired":
      return null;
    case "paperLow":
      return "用紙が残りわずかです";
    case "paperOut":
      return "用紙切れ：入れると続きを印刷します";
    case "coverOpen":
      return "カバーが開いています：閉じると続きます";
    case "offline":
      return "プリンターが応答しません：電源を確認";
    case "unplugged":
      return "プリンターの線が抜けています：挿すと続きます";
    case "error":
      return status.fault === "cutter"
        ? "カッターの紙詰まり：電源を切り、紙を取り、入れ直す"
        : "プリンターの異常：電源を入れ直してください";
  }
}
