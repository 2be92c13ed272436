import { expect, test } from "vitest";
import { receiptWords } from "../../../src/i18n/receipt-words.ts";
import type { DisplayView } from "../../../src/contract/display.ts";
import { fen } from "../../fakes/shift-till.ts";
import { apples, milk, registerBench } from "../../fakes/register-bench.ts";

const fivePercent = { kind: "percent", basisPoints: 500 } as const;

/** Milk at 12.80 and, with 0.10 of its own off, apples at 9.88: 22.68, and 1.13 off them all. */
async function discounted() {
  const bench = await registerBench();
  const { register, clock } = bench;
  await register.scan(milk.barcodes[0] ?? "");
  await register.add(apples, { unit: "kg", thousandths: 1_000 } as never);
  await register.discountLine(2, { kind: "amount", amount: fen(10) });
  await register.discountSale(fivePercent);
  await clock.advance(10);
  return bench;
}

test("the customer's lines add up to the subtotal, and the discount on all is told beside them", async () => {
  const { register, shown } = await discounted();
  const totals = register.state.get().totals!;
  expect(totals).toMatchObject({ lines: fen(2_155), saleDiscount: fen(113), total: fen(2_155) });
  const view = shown.at(-1)?.view as Extract<DisplayView, { kind: "selling" }>;
  expect(view.lines.map(({ amount, saving }) => [amount.amount, saving.amount])).toEqual([
    [1_280, 200],
    [988, 10],
  ]);
  expect(view).toMatchObject({ saleDiscount: fen(113), due: fen(2_155) });
});

test("the printed lines less the printed discount on all come to the printed total", async () => {
  const { register, papers, clock } = await discounted();
  await register.beginTender();
  register.chooseMethod("cash");
  await register.takeCash(fen(2_155));
  await clock.advance(10);
  const words = receiptWords("zh-CN");
  const blocks = papers.at(-1)?.document.blocks ?? [];
  const items = blocks.filter((block) => block.kind === "item");
  expect(items.map(({ amount }) => amount)).toEqual([words.money(fen(1_280)), words.money(fen(988))]);
  expect(items[1]?.notes).toEqual([`${words.lineDiscount} -${words.money(fen(10))}`]);
  const pairs = Object.fromEntries(
    blocks.flatMap((block) => (block.kind === "pair" ? [[block.left, block.right]] : [])),
  );
  expect(pairs).toMatchObject({
    [words.saleDiscount]: `-${words.money(fen(113))}`,
    [words.total]: words.money(fen(2_155)),
  });
});
