import { sql } from "kysely";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { DisplayView } from "../../../src/contract/display.ts";
import { money } from "../../../src/domain/money.ts";
import { displayZh } from "../../../src/i18n/locales/display.zh-CN.ts";
import { shiftEn } from "../../../src/i18n/locales/shift.en.ts";
import { returnEn } from "../../../src/i18n/locales/return.en.ts";
import { en } from "../../../src/i18n/locales/en.ts";
import type { TillPage } from "../story/till-page.ts";
import { openStage, untilInstalled, type Stage } from "./stage.ts";

const cashier = "王芳";
let stage: Stage;
let till: TillPage;

beforeAll(async () => {
  stage = await openStage();
  const rules = JSON.stringify({ unverified: { each: 50_000, day: 500_000 }, rounding: { step: 10, mode: "down" } });
  await sql`update store set rules = rules || ${rules}::jsonb`.execute(stage.shop.database);
  till = await stage.open(`/#activate=${stage.shop.activationCode}`);
  await till.see("till");
  await till.page.setViewportSize({ width: 1280, height: 800 });
  await till.signOn(cashier, stage.pinOf(cashier));
  await untilInstalled(till);
}, 120_000);

afterAll(() => stage?.close());

const barcodes = (from: number, count: number): readonly string[] =>
  stage.goods.slice(from, from + count).map((each) => each.barcode);
let receipt = "";

test("a search that finds more than are drawn says so, and one that does not says nothing", async () => {
  await till.online();
  await till.at("scan-box").fill("n");
  await till.see("more-found");
  expect(await till.page.locator('[data-testid="tiles"] .tile').count()).toBe(60);
  expect(await till.at("more-found").innerText()).toBe(en.goods.moreFound(60));
  await till.at("scan-box").fill(stage.goods[0]?.barcode ?? "");
  await expect.poll(() => till.page.locator('[data-testid="tiles"] .tile').count()).toBe(1);
  expect(await till.at("more-found").count()).toBe(0);
  await till.at("scan-box").fill("");
});

test("a payment to the printed code is noted only with the end of its number", async () => {
  stage.shop.network.cut();
  await till.offline();
  await till.scanGoods(barcodes(0, 2));
  await till.page.keyboard.press("F9");
  await till.press("method-shown");
  await till.at("unverified-tail").fill("123");
  await till.press("unverified-wechat");
  await till.see("unverified-tail-short");
  expect(await till.at("done").count()).toBe(0);
  await till.at("unverified-tail").fill("8712");
  expect(await till.at("unverified-tail-short").count()).toBe(0);
  await till.press("unverified-wechat");
  receipt = await till.done();
  await till.next();
});

test("the shift's page counts it by itself, and none as received", async () => {
  await till.press("open-shift-page");
  await till.see("shift-unverified-wechat");
  const figures = await till.at("shift").locator(".figures").innerText();
  expect(figures).toContain(`${en.channel.wechat} × 0`);
  expect(figures).toContain(`${shiftEn.unverified} × 1`);
  await till.press("shift-back");
  await till.see("scan-box");
});

test("wherever it is told how such a sale was paid it is marked, and its return says why no money goes back and what to do", async () => {
  await till.press("open-sales");
  await till.see("sales");
  const mark = en.sales.unverified(en.channel.wechat);
  expect(await till.at(`sold-${receipt}`).innerText()).toContain(mark);
  await till.at(`sold-${receipt}`).locator('[data-testid="sale-return"]').click();
  await till.see("return-lines");
  expect(await till.at("return").locator("header").innerText()).toContain(mark);
  const told = await till.at("return-unverified").innerText();
  await till.press("return-whole");
  const short = await till.at("return-short").innerText();
  const amount = short.match(/¥[\d.,]+/u)?.[0] ?? "";
  expect(short).toBe(returnEn.pick.shortUnverified(amount));
  for (const part of Object.values(returnEn.pick.unverified(amount))) expect(told).toContain(part);
  expect(await till.at("return-add").isDisabled()).toBe(true);
  await till.page.keyboard.press("Escape");
  await till.see("scan-box");
  stage.shop.network.mend();
  await till.online();
});

/** Shows `view` in the customer's window, as a till would that is newer than the one it follows. */
async function show(display: Page, view: DisplayView, revision: number): Promise<void> {
  await display.evaluate(
    (message) => {
      const token = new URLSearchParams(location.search).get("till") ?? "";
      new BroadcastChannel(`kuantai-display-${token}`).postMessage(message);
    },
    { kind: "view", v: 1, epoch: Number.MAX_SAFE_INTEGER, revision, shop: "岭上便利", language: "zh-CN", view },
  );
}

test("the customer's window says what goes back without a minus, shows tax on top, and calls noted money noted", async () => {
  const opening = stage.context.waitForEvent("page");
  await till.press("strip-more");
  await till.press("open-display");
  const display = await opening;
  // only then does it listen
  await expect.poll(() => display.locator('[data-testid="display"]').getAttribute("data-view")).toBe("idle");
  const shown = (name: string): Promise<string> => display.locator(`[data-testid="${name}"]`).innerText();
  const cny = (fen: number) => money(fen, "CNY");
  const line = (nth: number, fen: number) => ({
    line: nth,
    name: "岭禾纯牛奶",
    quantity: { thousandths: -1_000, unit: "piece" } as never,
    amount: cny(fen),
    saving: cny(0),
  });
  const back: Extract<DisplayView, { kind: "selling" }> = {
    kind: "selling",
    sale: "1",
    lines: [line(1, -570), line(2, -340)],
    newest: 2,
    savings: cny(0),
    saleDiscount: cny(0),
    tax: cny(-118),
    due: cny(-1_028),
    total: cny(-1_028),
    itemCount: -2,
  };
  await show(display, back, 1);
  await expect.poll(() => shown("display-due")).toBe("¥10.28");
  expect(await shown("display-due-word")).toBe(displayZh.back);
  expect(await shown("display-tax")).toContain("−¥1.18");
  const { tax: _none, ...included } = { ...back, due: cny(910), total: cny(910) };
  await show(display, included, 2);
  await expect.poll(() => shown("display-due-word")).toBe(displayZh.due);
  expect(await display.locator('[data-testid="display-tax"]').count()).toBe(0);
  const paid = {
    kind: "paid",
    sale: "1",
    total: cny(2_630),
    given: null,
    change: null,
    back: null,
    savings: cny(0),
  } as const;
  await show(display, { ...paid, unverified: true }, 3);
  await expect.poll(() => display.locator('[data-testid="display-result"] h1').innerText()).toBe(displayZh.noted);
  await show(display, paid, 4);
  await expect.poll(() => display.locator('[data-testid="display-result"] h1').innerText()).toBe(displayZh.paid);
});
