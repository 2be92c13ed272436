import { afterAll, beforeAll, expect, test } from "vitest";
import { typeAsPerson } from "../../device-bench/keyboard.ts";
import { booksTruth } from "../story/truth.ts";
import { confirmNewest } from "../story/customers.ts";
import type { TillPage } from "../story/till-page.ts";
import { openStage, paymentCode, untilInstalled, type Stage } from "./stage.ts";

const cashier = "王芳";
const learner = "陈亮";
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
const receiptsInBooks = async (): Promise<readonly string[]> =>
  (await booksTruth(stage.shop.database)).sales.map((sale) => sale.receipt).toSorted();

async function sellForCash(at: TillPage, from: number, count: number): Promise<string> {
  await at.scanGoods(barcodes(from, count));
  await at.payCash();
  const receipt = await at.done();
  await at.next();
  return receipt;
}

/** Presses Tab until the element of this test id has the focus. */
async function tabTo(at: TillPage, idStart: string): Promise<void> {
  for (let presses = 0; presses < 250; presses++) {
    const focused = await at.page.evaluate(() => document.activeElement?.getAttribute("data-testid") ?? "");
    if (focused.startsWith(idStart)) return;
    await at.page.keyboard.press("Tab");
  }
  throw new Error(`Tab never came to ${idStart}`);
}

test("a reload in the middle of a ticket keeps its lines and its amount", async () => {
  await till.online();
  await till.scanGoods(barcodes(10, 3));
  await till.page.waitForTimeout(400);
  const due = await till.at("due").innerText();
  await till.page.reload();
  await till.signOn(cashier, stage.pinOf(cashier));
  expect(await till.lineCount()).toBe(3);
  expect(await till.at("due").innerText()).toBe(due);
  await till.payCash();
  await till.done();
  await till.next();
});

test("the language changes in the middle of a sale and the sale stays", async () => {
  await till.scanGoods(barcodes(14, 2));
  const seen = new Map<string, { readonly pay: string; readonly due: string }>();
  for (const language of ["zh-CN", "en", "ja"]) {
    await till.press("strip-more");
    await till.at("language").selectOption(language);
    await expect.poll(() => till.page.evaluate(() => document.documentElement.lang)).toBe(language);
    seen.set(language, { pay: await till.at("pay").innerText(), due: await till.at("due").innerText() });
    expect(await till.lineCount()).toBe(2);
  }
  const texts = [...seen.values()];
  expect(new Set(texts.map((each) => each.pay)).size).toBe(3);
  expect(new Set(texts.map((each) => each.due.replaceAll(/[^\d.]/g, ""))).size).toBe(1);
  await till.payCash();
  await till.done();
  await till.next();
});

test("a whole sale is made without a pointer: sign on, find by initials, cash, next customer", async () => {
  const person = stage.goods.find((each) => each.initials.length >= 4);
  await till.page.reload();
  await till.see("sign-on");
  await till.page.mouse.move(0, 0);
  await tabTo(till, "person-");
  const chosen = await till.page.evaluate(() => document.activeElement?.querySelector("b")?.textContent ?? "");
  await till.page.keyboard.press("Enter");
  await till.page.waitForTimeout(200);
  await typeAsPerson(till.page, stage.pinOf(chosen));
  await till.page.keyboard.press("Enter");
  await till.see("scan-box");
  await typeAsPerson(till.page, person?.initials ?? "");
  await till.page.keyboard.press("Enter");
  await expect.poll(() => till.lineCount()).toBe(1);
  await till.page.keyboard.press("F9");
  await tabTo(till, "method-cash");
  await till.page.keyboard.press("Enter");
  await till.see("cash");
  await tabTo(till, "exact");
  await till.page.keyboard.press("Enter");
  const receipt = await till.done();
  await till.page.keyboard.press("Enter");
  await till.see("scan-box");
  await expect.poll(receiptsInBooks).toContain(receipt);
});

test("a payment that is live at a reload stands aside and completes its sale by itself", async () => {
  const before = await receiptsInBooks();
  await till.scanGoods(barcodes(18, 1));
  await till.payCode(paymentCode("0100"));
  await till.page.locator('[data-stage="password"]').waitFor({ timeout: 20_000 });
  stage.shop.network.cut();
  await confirmNewest(stage.shop, "till-a1");
  await till.page.reload();
  await till.signOn(cashier, stage.pinOf(cashier));
  await till.see("parked");
  expect(await till.lineCount()).toBe(0);
  stage.shop.network.mend();
  await till.online();
  await till.at("parked").waitFor({ state: "detached", timeout: 60_000 });
  await expect.poll(async () => (await receiptsInBooks()).length, { timeout: 20_000 }).toBe(before.length + 1);
});

test("two windows of one till sell at once: every sale once, receipts without gap or double", async () => {
  const other = await stage.open();
  await other.signOn(cashier, stage.pinOf(cashier));
  await other.online();
  const before = (await receiptsInBooks()).length;
  await till.scanGoods(barcodes(20, 1));
  await other.scanGoods(barcodes(22, 2));
  expect([await till.lineCount(), await other.lineCount()]).toEqual([1, 2]);
  await Promise.all([till.payCash(), other.payCash()]);
  const receipts = [await till.done(), await other.done()];
  await Promise.all([till.next(), other.next()]);
  for (let round = 0; round < 2; round++)
    receipts.push(...(await Promise.all([sellForCash(till, 25 + round, 1), sellForCash(other, 30 + round * 2, 2)])));
  expect(new Set(receipts).size).toBe(6);
  await expect.poll(async () => (await receiptsInBooks()).length, { timeout: 20_000 }).toBe(before + 6);

  await till.page.close(); // it led: the other one takes over the sending
  const last = await sellForCash(other, 40, 1);
  await other.unsent(0);
  const all = await receiptsInBooks();
  expect(all).toContain(last);
  expect(all.map((receipt) => Number(receipt.split("-").at(-1)))).toEqual(all.map((_, index) => index + 1));
  till = other;
});

test("five wrong PINs lock the person out with a time, also after a reload and without the network", async () => {
  await till.press("sign-off");
  const person = till.page.locator(`[data-testid^="person-"]`, { hasText: learner });
  const wrong = stage.pinOf(learner) === "000000" ? "111111" : "000000";
  const isLocked = async (): Promise<void> => {
    await expect.poll(() => person.isDisabled(), { timeout: 10_000 }).toBe(true);
    expect(await person.locator("em").innerText()).toMatch(/\d{1,2}:\d\d/);
  };
  for (let tries = 0; tries < 5; tries++) {
    await person.click();
    await typeAsPerson(till.page, wrong);
    await till.page.keyboard.press("Enter");
    await expect.poll(() => till.at("sign-on-refusal").innerText()).not.toBe("");
  }
  await isLocked();
  await till.page.reload();
  await isLocked();
  stage.shop.network.cut();
  await till.page.reload();
  await isLocked();
  stage.shop.network.mend();
});
