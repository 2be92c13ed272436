import type { PrinterStatus, PrintOutcome } from "../../domain/printer-status.ts";

/** What became of a print, for the cashier. */
export function printOutcomeZh(outcome: PrintOutcome | { readonly kind: "printing" }): string {
  switch (outcome.kind) {
    case "printing":
      return "正在打印小票";
    case "printed":
      return "小票已打印";
    case "uncertain":
      return outcome.reason === "neverAnswers" ? "小票已送到打印机" : "小票可能没打全，请看一眼，需要就补打";
    case "failed":
      return outcome.reason === "notPaired" ? "没有连接打印机，小票没有打印" : "小票没有打印，可以在“今天的单”里补打";
  }
}

/** What is wrong with the printer and what to do; null when nothing is. */
export function printerStatusZh(status: PrinterStatus): string | null {
  switch (status.kind) {
    case "ready":
    case "unknown":
    case "notPaired":
      return null;
    case "paperLow":
      return "打印纸快用完了";
    case "paperOut":
      return "打印机没纸：装上纸会接着打";
    case "coverOpen":
      return "打印机盖子开着：合上会接着打";
    case "offline":
      return "打印机不回话：看看电源";
    case "unplugged":
      return "打印机线掉了：插好会接着打";
    case "error":
      return status.fault === "cutter" ? "打印机切刀卡住：关机，拿掉卡住的纸，再开机" : "打印机出错：关机再开机";
  }
}
