import { afterAll, beforeAll, expect, test } from "vitest";
import { typeAsScanner } from "../../device-bench/keyboard.ts";
import { payerCode, type Wallet } from "../story/customers.ts";
import { providerTruthOf, type ProviderTruth } from "../story/provider-truth.ts";
import type { TillPage } from "../story/till-page.ts";
import { booksTruth } from "../story/truth.ts";
import { openStage, type Stage } from "./stage.ts";

const cashier = "王芳";
const manager = "李敏";
const yuan = 100;
let stage: Stage;
let till: TillPage;

beforeAll(async () => {
  stage = await openStage();
  till = await stage.open(`/#activate=${stage.shop.activationCode}`);
  await till.see("till");
  await till.signOn(cashier, stage.pinOf(cashier));
}, 120_000);

afterAll(() => stage?.close());

/** What the provider's own store says. */
const truthOf = (wallet: Wallet): ProviderTruth => providerTruthOf(stage.shop.sandboxStore, wallet);

/** Scans one of the goods and has a wallet pay one yuan of it. Gives the price in fen. */
async function payYuan(nth: number, wallet: Wallet): Promise<number> {
  const { barcode = "", price = 0 } = stage.goods[nth] ?? {};
  await till.scanGoods([barcode]);
  await till.page.keyboard.press("F9");
  await till.press("part-some");
  await till.press("key-1");
  await till.press("part-go");
  await payRest(wallet);
  await till.see("tender-0", 20_000);
  return price;
}

/** Scans a payer's code of that wallet for whatever is asked for now. */
async function payRest(wallet: Wallet): Promise<void> {
  await typeAsScanner(till.page, payerCode(wallet, "0000"));
}

/** What the result says was paid, by part. */
async function partsTold(): Promise<readonly string[]> {
  const told = await till.at("done-parts").locator("li").allInnerTexts();
  return told.map((part) => part.replace(/\s+/g, " ").trim());
}

test("two wallets pay one sale: a part is chosen, and the second is asked for what is left", async () => {
  await till.online();
  const price = await payYuan(3, "wechat");
  await payRest("alipay");
  const receipt = await till.done();
  expect(await partsTold()).toEqual(["WeChat Pay ¥1.00", `Alipay ¥${((price - yuan) / 100).toFixed(2)}`]);
  expect([truthOf("wechat").net, truthOf("alipay").net]).toEqual([yuan, price - yuan]);
  const totalInBooks = async (): Promise<number | undefined> =>
    (await booksTruth(stage.shop.database)).sales.find((sale) => sale.receipt === receipt)?.total;
  await expect.poll(totalInBooks, { timeout: 10_000 }).toBe(price);
  await till.next();
});

test("a part that a wallet paid leaves the sale only by its refund, with a second person", async () => {
  const before = truthOf("alipay").net;
  const price = await payYuan(4, "alipay");
  expect(price).toBeGreaterThan(yuan);
  expect(truthOf("alipay").net).toBe(before + yuan);
  await till.press("remove-tender");
  await till.secondPerson(manager, stage.pinOf(manager));
  await till.at("tender-0").waitFor({ state: "detached", timeout: 20_000 });
  await expect
    .poll(() => truthOf("alipay"), { timeout: 30_000 })
    .toMatchObject({ net: before, refunds: [expect.stringMatching(/ 100$/)] });
  await till.payCash();
  await till.done();
  await till.next();
});

test("Enter, pressed twice, takes one part in cash, and the result tells it beside the wallet's", async () => {
  const { barcode = "", price = 0 } = stage.goods[3] ?? {};
  await till.scanGoods([barcode]);
  await till.page.keyboard.press("F10");
  await till.press("key-1");
  await till.see("cash-part");
  // an Enter this soon behind the goods' own scan is the scanner's second terminator
  await till.page.waitForTimeout(200);
  await till.page.keyboard.press("Enter");
  await till.page.keyboard.press("Enter");
  await till.see("tender-0");
  await payRest("wechat");
  await till.done();
  expect(await partsTold()).toEqual(["Cash ¥1.00", `WeChat Pay ¥${((price - yuan) / 100).toFixed(2)}`]);
  await till.next();
});

test("a part chosen for a code stays chosen when cash is taken instead; only all closes the sale", async () => {
  await till.online();
  const { barcode = "", price = 0 } = stage.goods[3] ?? {};
  await till.scanGoods([barcode]);
  await till.page.keyboard.press("F9");
  await till.press("part-some");
  await till.press("key-1");
  // whatever else changes meanwhile, the half-typed part stays
  await till.page.evaluate(() => window.dispatchEvent(new Event("offline")));
  await till.offline();
  expect(await till.at("part-amount").innerText()).toBe("¥1");
  await till.online();
  await till.press("part-go");
  await till.press("method-cash");
  expect(await till.at("given").innerText()).toBe("¥1.00");
  expect(await till.at("change").innerText()).toBe(`¥${((price - yuan) / 100).toFixed(2)}`);
  expect(await till.at("exact").count()).toBe(0);
  await till.press("part-all");
  await till.see("exact");
  await till.press("method-code");
  await till.press("part-some");
  await till.press("key-1");
  // whatever else changes meanwhile, the half-typed part stays
  await till.page.evaluate(() => window.dispatchEvent(new Event("offline")));
  await till.offline();
  expect(await till.at("part-amount").innerText()).toBe("¥1");
  await till.online();
  await till.press("part-go");
  await till.press("method-cash");
  await till.press("cash-part");
  await till.see("tender-0");
  await payRest("wechat");
  await till.done();
  expect(await partsTold()).toEqual(["Cash ¥1.00", `WeChat Pay ¥${((price - yuan) / 100).toFixed(2)}`]);
  await till.next();
});
