import { expect, test } from "vitest";
import type { DisplayView } from "../../../src/contract/display.ts";
import { totalsOf } from "../../../src/domain/sale-totals.ts";
import { receiptWords } from "../../../src/i18n/receipt-words.ts";
import { customerView } from "../../../src/register/customer-view.ts";
import { pastSale } from "../../fakes/counter-gateway.ts";
import { registerBench } from "../../fakes/register-bench.ts";
import { bringBack, completed, counter, fen, milkCode, one, settle, state } from "../../fakes/returning-till.ts";

const last = (shown: readonly { readonly view: unknown }[]): DisplayView => shown.at(-1)?.view as DisplayView;

test("money that nobody proved is told as noted at the till and in the customer's window, cash beside it as cash", async () => {
  const bench = await registerBench(() => undefined, false, { unverified: { each: 5_000, day: 5_000 } as never });
  await bench.register.scan(milkCode);
  await bench.register.beginTender();
  await bench.register.takeCash(fen(500), "part");
  bench.hears({ kind: "connection", v: 1, online: false, lastHeardAt: 0 });
  await bench.register.takeUnverified("wechat", "8712");
  await bench.clock.advance(10);
  expect(state(bench).counter).toMatchObject({
    kind: "done",
    taken: [{ by: "cash" }, { by: "wechat", amount: fen(780), isUnverified: true }],
  });
  expect(last(bench.shown)).toMatchObject({ kind: "paid", unverified: true });
  await bench.register.nextCustomer();
  await bench.register.scan(milkCode);
  await bench.register.beginTender();
  await bench.register.takeCash(fen(1_280));
  await bench.clock.advance(10);
  const paid = last(bench.shown);
  expect(paid).toMatchObject({ kind: "paid" });
  expect(paid).not.toHaveProperty("unverified");
});

test("where tax comes on top the customer's lines and the tax told with them add up to what is due, and none is told elsewhere", async () => {
  const { register } = await registerBench();
  await register.scan(milkCode);
  const now = register.state.get();
  const sale = { ...now.sale!, taxMode: "added" as const };
  const view = customerView({ ...now, sale, totals: totalsOf(sale) }, "en") as Extract<
    DisplayView,
    { kind: "selling" }
  >;
  expect(view.tax?.amount).toBeGreaterThan(0);
  expect(view.lines.reduce((all, line) => all + line.amount.amount, view.tax?.amount ?? 0)).toBe(view.due.amount);
  expect(customerView(now, "en")).not.toHaveProperty("tax");
});

test("what comes back knows the receipt it was sold on, and its paper names it", async () => {
  const sold = pastSale(2, 7_000, 4_750);
  const { bench } = await counter(sold);
  await bringBack(bench, sold.receipt, one(1_000));
  await settle(bench);
  await bench.register.giveBack();
  await bench.clock.advance(10);
  expect((await completed(bench)).sale.lines[0]?.returnOf).toMatchObject({ sale: sold.sale.id, receipt: sold.receipt });
  const words = receiptWords("zh-CN");
  expect(bench.papers.at(-1)?.document.blocks).toContainEqual(
    expect.objectContaining({ left: words.originalSale, right: sold.receipt }),
  );
});
