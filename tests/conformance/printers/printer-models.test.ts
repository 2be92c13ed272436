import { describe, expect, test } from "vitest";
import { drawerPulseOffMs, drawerPulseOnMs, escpos } from "../../../src/devices/printers/languages/escpos.ts";
import { gbkColumns, toGbkText } from "../../../src/devices/printers/languages/gbk.ts";
import { printerModel, printerModels } from "../../../src/devices/printers/printer-models.ts";
import { layOutReceipt } from "../../../src/devices/printers/receipt-layout.ts";
import { VirtualPrinter } from "../../device-bench/virtual-printer.ts";
import { goldenReceipt } from "./golden-receipt.ts";

/** The paper as text: large lines marked by #, bold by *, codes and cuts named. */
function drawn(printer: VirtualPrinter): string {
  const lines = printer
    .papers()
    .flatMap(({ items, cut }) => [
      ...items.map((item) =>
        item.kind === "qr" ? `[qr ${item.text}]` : `${item.large ? "#" : " "}${item.bold ? "*" : " "}|${item.text}`,
      ),
      cut === null ? "[torn off]" : `[cut ${cut}]`,
    ]);
  return `${lines.join("\n")}\n`;
}

describe.each(printerModels.map((model) => [model.id, model] as const))("%s", (_id, model) => {
  const print = (): VirtualPrinter => {
    const printer = new VirtualPrinter({ columns: model.columns });
    printer.feed(escpos.encodeReceipt(goldenReceipt, model));
    return printer;
  };

  test("the golden receipt fits the paper and garbles nothing", () => {
    const printer = print();
    expect(printer.faults).toEqual([]);
    for (const item of printer.papers().flatMap(({ items }) => items)) {
      if (item.kind === "line") expect(item.columns).toBeLessThanOrEqual(model.columns);
    }
  });

  test("the printer reads the bytes back to the text that was laid out", () => {
    const lines = layOutReceipt(goldenReceipt, {
      columns: model.columns,
      toPrintable: toGbkText,
      columnsOf: gbkColumns,
    });
    expect(print().text()).toEqual(lines.flatMap((line) => (line.kind === "text" ? [line.text] : [])));
  });

  test("the golden receipt is the picture that a person has looked at", async () => {
    await expect(drawn(print())).toMatchFileSnapshot(`./golden/${model.id}.txt`);
  });

  test("the code is drawn in the middle, not wider than the paper", () => {
    const [code] = print()
      .papers()
      .flatMap(({ items }) => items.filter((item) => item.kind === "qr"));
    expect(code).toMatchObject({ text: "01JD9YQ0A1T7K3M5ABCDEFGHJK", centred: true });
    if (code?.kind === "qr") expect(code.moduleDots * 45).toBeLessThanOrEqual(model.widthDots);
  });

  test("a receipt ends with the cut that the model can make", () => {
    expect(print().papers().at(-1)?.cut).toBe(model.cut === "none" ? null : model.cut);
  });

  test("the drawer gets one pulse of the named length on the model's pin", () => {
    const printer = new VirtualPrinter({ columns: model.columns });
    printer.feed(escpos.encodeDrawerKick(model));
    expect(printer.kicks).toEqual([{ pin: model.drawerPin, onMs: drawerPulseOnMs, offMs: drawerPulseOffMs }]);
    expect(printer.faults).toEqual([]);
  });

  test("the id finds the model", () => {
    expect(printerModel(model.id)).toBe(model);
  });
});
