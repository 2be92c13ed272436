import { expect, test } from "vitest";
import type { PrinterStatus } from "../../../src/domain/printer-status.ts";
import { receiptWords } from "../../../src/i18n/receipt-words.ts";
import { latePaper, type Paper } from "../../../src/page/late-paper.ts";

const document = { language: "en", lines: [] } as never;

function stage() {
  const printed: string[] = [];
  const hears = new Set<() => void>();
  let status: PrinterStatus = { kind: "ready" };
  const paper: Paper = {
    receiptWords,
    printer: {
      status: () => status,
      queueLength: () => printed.length,
      subscribe: (listener) => {
        hears.add(listener);
        return () => void hears.delete(listener);
      },
      print: async (job) => (printed.push(job), { kind: "printed" }),
      openDrawer: async (job) => (printed.push(`drawer ${job}`), { kind: "printed" }),
      pair: async () => "paired",
    },
  };
  const turn = (to: PrinterStatus): void => {
    status = to;
    hears.forEach((hear) => hear());
  };
  let fetched = 0;
  return { printed, turn, late: latePaper(async () => (fetched++, paper)), fetched: () => fetched };
}

test("what is to be printed before the printer's code is there is printed once, after it has come", async () => {
  const { late, printed, fetched } = stage();
  expect([late.printer.status(), late.printer.queueLength()]).toEqual([{ kind: "unknown" }, 0]);
  const both = [late.printer.print("a", document, { kick: true }), late.printer.openDrawer("b")];
  expect(await Promise.all(both)).toEqual([{ kind: "printed" }, { kind: "printed" }]);
  expect([printed, fetched()]).toEqual([["a", "drawer b"], 1]);
});

test("who subscribed before the code came hears the printer's changes, and no more after letting go", async () => {
  const { late, turn } = stage();
  const heard: string[] = [];
  const stop = late.printer.subscribe(() => heard.push(late.printer.status().kind));
  await late.load();
  turn({ kind: "paperOut" });
  stop();
  turn({ kind: "ready" });
  expect(heard.at(-1)).toBe("paperOut");
  expect(late.receiptWords("en").total).toBe(receiptWords("en").total);
});
