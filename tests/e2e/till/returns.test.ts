import { afterAll, beforeAll, expect, test } from "vitest";
import { typeAsPerson, typeAsScanner } from "../../device-bench/keyboard.ts";
import { bottleOf } from "../story/bottles.ts";
import { booksTruth, providerTruth } from "../story/truth.ts";
import type { TillPage } from "../story/till-page.ts";
import { openStage, paymentCode, untilInstalled, type Stage } from "./stage.ts";

const cashier = "王芳";
const manager = "李敏";
let stage: Stage;
let till: TillPage;

beforeAll(async () => {
  stage = await openStage();
  till = await stage.open(`/#activate=${stage.shop.activationCode}`);
  await till.see("till");
  await till.signOn(cashier, stage.pinOf(cashier));
  await untilInstalled(till);
}, 120_000);

afterAll(() => stage?.close());

const barcodes = (from: number, count: number): readonly string[] =>
  stage.goods.slice(from, from + count).map((each) => each.barcode);
const totals = async (): Promise<ReadonlyMap<string, number>> =>
  new Map((await booksTruth(stage.shop.database)).sales.map((sale) => [sale.receipt, sale.total]));

async function sell(from: number, count: number, how: "cash" | "wallet"): Promise<string> {
  await till.scanGoods(barcodes(from, count));
  await (how === "cash" ? till.payCash() : till.payCode(paymentCode("0000")));
  const receipt = await till.done();
  await till.next();
  return receipt;
}

async function find(number: string): Promise<void> {
  await till.page.keyboard.press("F8");
  await till.see("find-box");
  await till.at("find-box").fill(number);
  await till.page.keyboard.press("Enter");
}

/** From the ticket to the result: Pay, the manager's yes, the one press. */
async function giveBack(): Promise<string> {
  await till.page.keyboard.press("F9");
  await till.secondPerson(manager, stage.pinOf(manager));
  await till.press("give-back-go");
  return till.done();
}

/** Presses Tab until an element of this test id has the focus. */
async function tabTo(id: string): Promise<void> {
  for (let presses = 0; presses < 120; presses++) {
    const focused = await till.page.evaluate(() => document.activeElement?.getAttribute("data-testid") ?? "");
    if (focused === id) return;
    await till.page.keyboard.press("Tab");
  }
  throw new Error(`Tab never came to ${id}`);
}

const idOf = async (name: string): Promise<string> =>
  (await till.page.locator(`[data-testid^="approver-"]`, { hasText: name }).getAttribute("data-testid")) ?? "";

test("one of two pieces, found by the receipt's last digits, goes back to the wallet it was paid from", async () => {
  await till.online();
  await till.scanGoods(barcodes(0, 1));
  await till.press("more");
  await till.payCode(paymentCode("0000"));
  const receipt = await till.done();
  await till.next();
  await expect.poll(async () => (await totals()).has(receipt), { timeout: 20_000 }).toBe(true);
  const paid = (await totals()).get(receipt) ?? 0;
  await find(receipt.slice(-4));
  await till.see("return-lines");
  expect(await till.at("return-add").isDisabled()).toBe(true);
  await till.press("take-more");
  await till.press("return-add");
  await expect.poll(() => till.lineCount()).toBe(1);
  const back = await giveBack();
  await expect.poll(() => till.at("back-wechat").getAttribute("data-state"), { timeout: 60_000 }).toBe("succeeded");
  expect(await till.at("done").getAttribute("data-look")).toBe("good");
  await till.next();
  await expect.poll(async () => (await totals()).get(back), { timeout: 20_000 }).toBe(-paid / 2);
  const { orders } = providerTruth(stage.shop.sandboxStore);
  expect(orders.map(({ total, givenBack }) => [total, givenBack])).toContainEqual([paid, paid / 2]);
});

test("a whole cash sale comes back without a pointer, and then nothing of it is left", async () => {
  const receipt = await sell(4, 2, "cash");
  await till.page.mouse.move(0, 0);
  await till.page.keyboard.press("F8");
  await till.see("find-box");
  await typeAsPerson(till.page, receipt);
  await till.page.keyboard.press("Enter");
  await till.see("return-lines");
  await tabTo("return-whole");
  await till.page.keyboard.press("Enter");
  await tabTo("return-add");
  await till.page.keyboard.press("Enter");
  await expect.poll(() => till.lineCount()).toBe(2);
  await till.page.keyboard.press("F9");
  await till.see("second-person");
  await tabTo(await idOf(manager));
  await till.page.keyboard.press("Enter");
  await typeAsPerson(till.page, stage.pinOf(manager));
  await till.page.keyboard.press("Enter");
  await till.see("give-back");
  await expect
    .poll(() => till.page.evaluate(() => document.activeElement?.getAttribute("data-testid")))
    .toBe("give-back-go");
  await till.page.keyboard.press("Enter");
  await till.done();
  await till.see("back-cash");
  await till.page.keyboard.press("Enter");
  await till.see("scan-box");
  await find(receipt);
  await till.see("return-nothing-left");
  await till.page.keyboard.press("Escape");
  await till.see("scan-box");
});

test("money goes back without goods, never more than was paid", async () => {
  const receipt = await sell(8, 1, "cash");
  await find(receipt);
  await till.press("take-money");
  for (const key of ["9", "9", "9", "9"]) await till.press(`key-${key}`);
  expect(await till.at("money-go").isDisabled()).toBe(true);
  for (let times = 0; times < 4; times++) await till.press("key-back");
  await till.press("key-1");
  await till.press("money-go");
  expect(await till.at("back-amount").innerText()).toBe("1.00");
  await till.press("return-add");
  const back = await giveBack();
  await till.next();
  await expect.poll(async () => (await totals()).get(back), { timeout: 20_000 }).toBe(-100);
});

test("an exchange for dearer goods takes the difference only", async () => {
  const byPrice = stage.goods.toSorted((a, b) => a.price - b.price);
  const [cheap, dear] = [byPrice[0], byPrice[60]];
  await till.scanGoods([cheap?.barcode ?? ""]);
  await till.payCash();
  const receipt = await till.done();
  await till.next();
  await find(receipt);
  await till.press("return-whole");
  await till.press("return-add");
  await typeAsScanner(till.page, dear?.barcode ?? "");
  await expect.poll(() => till.lineCount()).toBe(2);
  await till.page.keyboard.press("F9");
  await till.secondPerson(manager, stage.pinOf(manager));
  await till.press("method-cash");
  await till.press("exact");
  const done = await till.done();
  await till.next();
  const difference = (dear?.price ?? 0) - (cheap?.price ?? 0);
  await expect.poll(async () => (await totals()).get(done), { timeout: 20_000 }).toBe(difference);
});

test("a sale that took in an empty bottle comes back whole: the shop keeps the bottle, and its deposit goes back in cash", async () => {
  const { drink, empty } = await bottleOf(stage.shop);
  for (const barcode of [drink, empty]) await typeAsScanner(till.page, barcode);
  await expect.poll(() => till.lineCount()).toBe(3); // the drink, its deposit, the empty
  await till.payCode(paymentCode("0000"));
  const receipt = await till.done();
  await till.next();
  await expect.poll(async () => (await totals()).has(receipt), { timeout: 20_000 }).toBe(true);
  const paid = (await totals()).get(receipt) ?? 0;
  await find(receipt);
  await till.press("return-whole");
  expect(await till.at("hand-back").getAttribute("aria-pressed")).toBe("true");
  await till.press("hand-back");
  await till.see("return-set-off");
  await till.press("return-add");
  const back = await giveBack();
  await expect.poll(() => till.at("back-wechat").getAttribute("data-state"), { timeout: 60_000 }).toBe("succeeded");
  await till.see("back-cash");
  await till.next();
  await expect.poll(async () => (await totals()).has(back), { timeout: 20_000 }).toBe(true);
  const { sales, tenders } = await booksTruth(stage.shop.database);
  const id = sales.find((sale) => sale.receipt === back)?.id;
  const given = tenders.filter((tender) => tender.sale === id).map(({ kind, amount }) => [kind, amount]);
  const deposit = -((await totals()).get(back) ?? 0) - paid;
  expect(deposit).toBeGreaterThan(0);
  expect(given.toSorted()).toEqual([
    ["cash", -deposit],
    ["refund", -paid],
  ]);
  const { orders } = providerTruth(stage.shop.sandboxStore);
  expect(orders.filter(({ total, givenBack }) => total === paid && givenBack === paid)).not.toEqual([]);
  await find(receipt);
  await till.see("return-nothing-left");
  await till.page.keyboard.press("Escape");
  await till.see("scan-box");
});

test("without the network this till's own wallet sale is promised, and refunded once it is back", async () => {
  const receipt = await sell(12, 1, "wallet");
  await till.unsent(0);
  stage.shop.network.cut();
  await till.offline();
  await find("A9-1-0001");
  await till.see("find-none");
  await till.see("find-offline");
  await till.at("find-box").fill(receipt);
  await till.page.keyboard.press("Enter");
  await till.see("return-own");
  await till.press("return-whole");
  await till.press("return-add");
  await giveBack();
  expect(await till.at("back-wechat").getAttribute("data-state")).toBe("promised");
  expect(await till.at("done").getAttribute("data-look")).toBe("doubt");
  stage.shop.network.mend();
  await expect.poll(() => till.at("back-wechat").getAttribute("data-state"), { timeout: 90_000 }).toBe("succeeded");
  await till.next();
});

test("a sale of the day is brought back from its list", async () => {
  const receipt = await sell(16, 1, "cash");
  await till.press("open-sales");
  await till.page.locator(`[data-testid="sold-${receipt}"] [data-testid="sale-return"]`).click();
  await till.see("return");
  expect(await till.at("return").getAttribute("data-receipt")).toBe(receipt);
  await till.page.keyboard.press("Escape");
  await till.see("scan-box");
});
