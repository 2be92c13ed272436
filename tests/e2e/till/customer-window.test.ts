import type { Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { confirmNewest } from "../story/customers.ts";
import type { TillPage } from "../story/till-page.ts";
import { openStage, paymentCode, type Goods, type Stage } from "./stage.ts";

/** A view that the till sent, as far as figures go. */
type Heard = {
  readonly kind: string;
  readonly sale: string | null;
  readonly figure: number | null;
  readonly savings: number | null;
};

const cashier = "王芳";
let stage: Stage;
let till: TillPage;
let display: Page;

beforeAll(async () => {
  stage = await openStage();
  till = await stage.open(`/#activate=${stage.shop.activationCode}`);
  await till.see("till");
  await till.signOn(cashier, stage.pinOf(cashier));
}, 120_000);

afterAll(() => stage?.close());

const shown = (name: string): Promise<string> => display.locator(`[data-testid="${name}"]`).innerText();
const fen = (text: string): number => Math.round(Number(text.replaceAll(/[^\d.]/g, "")) * 100);
const untilView = (kind: string, timeout = 10_000): Promise<void> =>
  expect.poll(() => display.locator('[data-testid="display"]').getAttribute("data-view"), { timeout }).toBe(kind);
const heard = (): Promise<readonly Heard[]> =>
  display.evaluate(() => (globalThis as unknown as { heard: Heard[] }).heard);

/** Runs in the display: listens to the same channel and keeps every view. */
function listenToo(): void {
  const views: Heard[] = [];
  Object.assign(globalThis, { heard: views });
  const token = new URLSearchParams(location.search).get("till") ?? "";
  new BroadcastChannel(`kuantai-display-${token}`).addEventListener("message", (event: MessageEvent) => {
    const message = event.data as { kind: string; view: Record<string, never> };
    if (message.kind !== "view") return;
    const { kind, sale, due, total, savings } = message.view as Record<string, never> & {
      kind: string;
      sale?: string;
      due?: { amount: number };
      total?: { amount: number };
      savings?: { amount: number };
    };
    views.push({
      kind,
      sale: sale ?? null,
      figure: due?.amount ?? total?.amount ?? null,
      savings: savings?.amount ?? null,
    });
  });
}

test("the customer sees lines, savings and amount due as they are scanned, then the result with the change", async () => {
  await till.online();
  const opening = stage.context.waitForEvent("page");
  await till.press("strip-more");
  await till.press("open-display");
  display = await opening;
  await display.waitForLoadState();
  await display.evaluate(listenToo);
  await untilView("idle");

  const offer = stage.goods.find((each) => each.listPrice !== null) as Goods;
  const plain = stage.goods.find((each) => each.listPrice === null) as Goods;
  expect(offer.listPrice).toBeGreaterThan(offer.price);
  await till.scanGoods([offer.barcode, plain.barcode]);
  await untilView("selling");
  await expect.poll(() => display.locator("ul li").count()).toBe(2);
  expect(fen(await shown("display-due"))).toBe(offer.price + plain.price);
  const last = (await heard()).at(-1);
  expect(last?.savings).toBe((offer.listPrice ?? 0) - offer.price);

  await till.page.keyboard.press("F9");
  await till.press("method-cash");
  for (const key of ["key-2", "key-0", "key-0", "cash-done"]) await till.press(key);
  // a whole large note more than is due is asked about once
  expect(offer.price + plain.price).toBeLessThan(10_000);
  // a press that comes with the question is none to it
  await till.page.waitForTimeout(800);
  await till.press("cash-done");
  await till.done();
  await untilView("paid");
  expect(fen(await shown("display-paid"))).toBe(offer.price + plain.price);
  expect(fen(await shown("display-change"))).toBe(20_000 - offer.price - plain.price);
  await till.next();
  await untilView("idle");
});

test("a declined and then a paid code show their own sale's amount only", async () => {
  const item = stage.goods[30] as Goods;
  await till.online();
  await till.scanGoods([item.barcode]);
  await till.payCode(paymentCode("0201"));
  await till.see("declined");
  await untilView("declined");
  expect(fen(await shown("display-due"))).toBe(item.price);
  await till.press("declined-again");
  await till.payCode(paymentCode("0100"));
  await untilView("paying");
  expect(fen(await shown("display-due"))).toBe(item.price);
  await confirmNewest(stage.shop, "till-a1");
  await till.done();
  await untilView("paid");
  expect(fen(await shown("display-paid"))).toBe(item.price);
  await till.next();
});

test("no view ever carried another sale's figures", async () => {
  const views = await heard();
  await till.unsent(0);
  const sales = await stage.shop.database
    .selectFrom("sale")
    .select(["id", "total"])
    .where("state", "=", "completed")
    .orderBy("receipt_number")
    .execute();
  const order = [...new Set(views.flatMap((view) => (view.sale === null ? [] : [view.sale])))];
  expect(order).toEqual(sales.map((sale) => sale.id));
  const totals = new Map(sales.map((sale) => [sale.id, sale.total]));
  for (const view of views.filter((each) => each.kind === "paid" || each.kind === "declined"))
    expect([view.kind, view.figure]).toEqual([view.kind, totals.get(view.sale ?? "")]);
  // once a sale has given way to the next, nothing of it comes back
  const runs = views.flatMap((view) => (view.sale === null ? [] : [view.sale]));
  expect(runs.filter((sale, index) => sale !== runs[index - 1])).toEqual(order);
  expect(views.filter((view) => view.kind === "idle" && view.figure !== null)).toEqual([]);
});

test("a till window that is loaded anew, with nothing on its ticket, speaks to the same customer's window again", async () => {
  await till.page.reload();
  await till.signOn(cashier, stage.pinOf(cashier));
  await till.see("ticket-empty");
  const { barcode = "", price = 0 } = stage.goods.find((each) => each.listPrice === null) ?? {};
  await till.scanGoods([barcode]);
  await untilView("selling");
  expect(fen(await shown("display-due"))).toBe(price);
  await till.press("void");
  await till.press("void");
  await till.see("ticket-empty");
});

test("soon after the till is gone the display shows nobody's amount", async () => {
  await till.scanGoods([(stage.goods[31] as Goods).barcode]);
  await untilView("selling");
  await till.page.close();
  await untilView("silent", 6_000);
  expect(await display.locator('[data-testid^="display-"]').count()).toBe(0);
  // the browser's own language is another: the till's stays
  expect(await display.locator('[data-testid="display"]').getAttribute("lang")).toBe("zh-CN");
});
