import { join } from "node:path";
import type { BrowserContext, Page } from "playwright-core";
import { afterAll, beforeAll, expect, it } from "vitest";
import type { SaleId } from "../../../src/domain/identifier.ts";
import type { CompletedSale } from "../../../src/domain/journal.ts";
import { money } from "../../../src/domain/money.ts";
import { businessDateOf } from "../../../src/domain/till-session.ts";
import { raiseException } from "../../../src/gateway/books/exceptions.ts";
import { json } from "../../../src/gateway/store/database.ts";
import { officeEn } from "../../../src/i18n/locales/office.en.ts";
import { launchChromium } from "../../device-bench/chromium.ts";
import { bringAxe } from "../look/axe.ts";
import { faultsOf } from "../look/faults.ts";
import { newId, sampleSale } from "../../fakes/sample-sale.ts";
import type { SigningTill } from "../../fakes/signing-till.ts";
import { chargeAt, plays, quickTimings } from "../../integration/office/office-stage.ts";
import { openOfficeShop, type OfficeShop } from "./office-shop.ts";

const landscape = { width: 1280, height: 800 };
const chosen = "eleven plus one";
let shop: OfficeShop;
let till: SigningTill;
let browser: BrowserContext;
let page: Page;

beforeAll(async () => {
  shop = await openOfficeShop({ ...quickTimings, queryAfterMs: [60_000], reverseAfterMs: 120_000 });
  till = await shop.till("till-a1");
  browser = await launchChromium({ userDataDir: join(shop.folder, "profile") });
  await bringAxe(browser);
  page = await browser.newPage();
  await page.setViewportSize(landscape);
  const once = await shop.password();
  await page.goto(shop.office);
  await at("office-language").selectOption("en");
  await at("sign-in-password").fill(once);
  await at("sign-in-password").press("Enter");
  await at("sign-in-new-password").fill(chosen);
  await at("sign-in-again").fill(chosen);
  await at("sign-in-go").click();
  await at("office-nav-sales").waitFor();
});
afterAll(async () => {
  await browser.close();
  await shop.stop();
});

const at = (id: string) => page.locator(`[data-testid="${id}"]`);
const cny = (fen: number) => money(fen, "CNY");
/** What breaks a rule of accessibility, or does not fit. */
const wrong = (): Promise<readonly string[]> =>
  faultsOf(page, { sizes: [{ width: 800, height: 1280 }, landscape], least: 36, languageChoice: "office-language" });

async function deliver(body: CompletedSale): Promise<void> {
  const now = shop.parts.clock.now();
  const businessDate = businessDateOf(now, { zone: "Asia/Shanghai", cutMinute: 240 });
  const answer = await till.drain([till.write({ kind: "saleCompleted", body }, { at: now, businessDate })]);
  expect(answer.statusCode).toBe(200);
}

it("a sale's panel marks a payment that nobody proved with the end of its number, and its lines, rounding and tax add up", async () => {
  const plain = sampleSale(newId<SaleId>(till.answer.settings.tag), 600);
  const lines = plain.sale.lines.map((line) => ({
    ...line,
    unitPrice: cny(610),
    listPrice: cny(610),
    amount: cny(610),
  }));
  const { completedAt } = plain.steps;
  const noted = { kind: "unverified", amount: cny(300), channel: "wechat", at: completedAt, tail: "8712" } as const;
  // of 6.10 the 3.10 left for cash are rounded to 3.00
  const cash = { kind: "cash", amount: cny(300), given: cny(300), change: cny(0), rounding: cny(10) } as const;
  await deliver({ ...plain, sale: { ...plain.sale, lines, rounding: cny(10) }, tenders: [noted, cash] });
  await at("sale-row").first().click();
  expect(await at("sale-row").first().innerText()).toContain(officeEn.unverified(officeEn.channel.wechat));
  await at("sale-panel").waitFor();
  const mark = await at("tender-unverified").innerText();
  expect(mark).toContain(officeEn.sale.unverified);
  expect(mark).toContain("8712");
  const rows = await at("sale-lines").locator("tr").allInnerTexts();
  expect(rows.find((row) => row.startsWith(officeEn.sale.rounding))).toMatch(/−0\.10$/u);
  expect.soft(await wrong()).toEqual([]);
  await page.keyboard.press("Escape");
});

it("what was given back is told at the payment, in full and in part, and is not counted as received", async () => {
  for (const [fen, back] of [
    [3_780, 3_780],
    [6_498, 1_000],
  ] as const) {
    const paid = await chargeAt(till, shop.parts.clock, fen, plays.pays);
    await deliver(paid.completed);
    await refunded(paid.attempt, paid.sale, back);
  }
  await at("office-nav-payments").click();
  await at("payment-row").nth(1).waitFor();
  await expect.poll(() => at("payments-sum").innerText()).toBe("¥54.98");
  expect(await at("payments-back").innerText()).toContain(officeEn.paymentsBack("¥102.78", "¥47.80"));
  const states = await at("payment-state").allInnerTexts();
  expect(states[0]).toContain(officeEn.givenBack.part("¥10.00"));
  expect(states[0]).toContain(officeEn.state.captured);
  expect(states[1]).toBe(officeEn.givenBack.whole);
  expect.soft(await wrong()).toEqual([]);
  await at("payment-row").nth(1).click();
  await at("payment-given-back").waitFor();
  expect(await at("payment-given-back").innerText()).toBe("¥37.80");
  expect.soft(await wrong()).toEqual([]);
});

it("what went back twice names the receipts of both returns and of their sale, and says what was not sent and what is gone", async () => {
  const sales = [];
  for (const fen of [1_201, 1_202, 1_203]) {
    const sale = sampleSale(newId<SaleId>(till.answer.settings.tag), fen);
    await deliver(sale);
    sales.push(sale);
  }
  const [original, first, second] = sales.map(({ sale }) => sale.id as string);
  const { clock, database } = shop.parts;
  for (const sale of [first, second])
    await database
      .insertInto("returned_line")
      .values({ store: "heping", original: original!, line: 1, sale: sale!, thousandths: 1_000, amount: 600, tax: 69 })
      .execute();
  const detail = { amount: cny(600), detail: "came back after it had come back elsewhere", staff: null };
  const about = { store: "heping" as never, kind: "refundAboveLeft" as const, subject: second! };
  await raiseException(database, { ...about, detail }, clock.now());
  await at("office-nav-exceptions").click();
  const told = page.locator('[data-testid="exception"][data-kind="refundAboveLeft"]');
  await told.waitFor();
  expect(await told.innerText()).toContain(officeEn.exception.refundAboveLeft.text);
  expect(await told.innerText()).not.toContain(second);
  expect(await told.locator('[data-testid="exception-receipts"] a').allInnerTexts()).toEqual([
    "A1-1-1203",
    "A1-1-1202",
    "A1-1-1201",
  ]);
  expect.soft(await wrong()).toEqual([]);
});

/** The provider has given back `fen` of a payment. */
async function refunded(attempt: string, sale: string, fen: number): Promise<void> {
  const now = shop.parts.clock.now();
  const row = { store: "heping", id: newId<SaleId>(till.answer.settings.tag), attempt, sale, till: "till-a1" };
  const what = { account: "wechat-sandbox", channel: "wechat", cause: "return", amount: fen, currency: "CNY" };
  const state = { state: "succeeded", detail: json({}), memo: json({}), version: 1, provider_refund: "50" };
  await shop.parts.database
    .insertInto("refund")
    .values({ ...row, ...what, ...state, business_date: "", created_at: now, updated_at: now })
    .execute();
}
