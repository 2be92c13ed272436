import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import iconv from "iconv-lite";
import { writeXlsx } from "hucre";
import type { Browser, BrowserContext, Locator, Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { launchChromium } from "../../device-bench/chromium.ts";
import { alipayTestKeys } from "../../conformance/providers/alipay-stage.ts";
import type { StoreId } from "../../../src/domain/identifier.ts";
import { addStaff, choosePin } from "../../../src/gateway/staff/edit-staff.ts";
import { testKeys } from "../../conformance/providers/wechat-stage.ts";
import { providersAtHand } from "../../integration/shop/own-shop.ts";
import { quickTimings } from "../../integration/office/office-stage.ts";
import { bringAxe } from "../look/axe.ts";
import { faultsOf } from "../look/faults.ts";
import { TillPage } from "../story/till-page.ts";
import { openOfficeShop, type OfficeShop } from "./office-shop.ts";

const landscape = { width: 1280, height: 800 };
/** Looked at by a person when `SHOTS` names a folder. */
const looks = [
  ["zh-CN", "light", 1280, 800],
  ["en", "dark", 800, 1280],
  ["ja", "light", 390, 844],
] as const;
const cashier = "林晓";

let shop: OfficeShop;
let context: BrowserContext;
let page: Page;
let files = "";
let shots = 0;
let pin = "";
const faults: string[] = [];
const at = (id: string): Locator => page.locator(`[data-testid="${id}"]`);

beforeAll(async () => {
  const own = { kind: "own", name: "岭上便利", currency: "CNY", timeZone: "Asia/Shanghai" } as const;
  shop = await openOfficeShop(quickTimings, { accounts: [], fetch: providersAtHand() }, own);
  files = join(shop.folder, "files");
  mkdirSync(files);
  const browser: Browser | BrowserContext = await launchChromium({ userDataDir: join(shop.folder, "profile") });
  context = browser;
  await bringAxe(context);
  page = await context.newPage();
  await page.setViewportSize(landscape);
  await page.addInitScript(() => {
    addEventListener("securitypolicyviolation", (violation) => console.error(`policy: ${violation.violatedDirective}`));
  });
  page.on("pageerror", (fault) => void faults.push(fault.message));
  page.on("console", (message) => {
    if (message.type() === "error" && !message.text().startsWith("Failed to load resource"))
      faults.push(message.text());
  });
}, 120_000);

afterAll(async () => {
  await context?.close();
  await shop?.stop();
});

/** Pictures for a person to look at; none in a usual run. */
async function shot(name: string, to?: string): Promise<void> {
  const folder = process.env["SHOTS"];
  if (folder === undefined) return;
  shots += 1;
  const spoken = await at("office-language").inputValue();
  for (const [language, theme, width, height] of looks) {
    await at("office-language").selectOption(language);
    await page.emulateMedia({ colorScheme: theme });
    await page.setViewportSize({ width, height });
    if (to !== undefined) await at(to).scrollIntoViewIfNeeded();
    await page.waitForTimeout(150);
    const file = `${String(shots).padStart(2, "0")}-${name}-${language}-${theme}-${width}.png`;
    await page.screenshot({ path: join(folder, file) });
  }
  await page.emulateMedia({ colorScheme: "light" });
  await page.setViewportSize(landscape);
  await at("office-language").selectOption(spoken);
}

const wrong = (): Promise<readonly string[]> =>
  faultsOf(page, { sizes: [{ width: 800, height: 1280 }, landscape], least: 36, languageChoice: "office-language" });

test("a new owner signs in by the one-time password and is led to setting the shop up, and nowhere else", async () => {
  await page.goto(shop.office);
  await at("office-language").selectOption("zh-CN");
  await at("sign-in-password").fill(await shop.password());
  await at("sign-in-password").press("Enter");
  await at("sign-in-new-password").fill("eleven plus one");
  await at("sign-in-again").fill("eleven plus one");
  await at("sign-in-go").click();
  await at("store-form").waitFor();
  expect(await page.locator("nav .views a").count()).toBeLessThanOrEqual(3);
  expect(await at("setup-done").innerText()).toContain("0");
  await shot("empty");
  expect(await wrong()).toEqual([]);
});

test("a store is added, and a second one of its name is refused in place", async () => {
  await at("store-name").fill("岭上便利 和平路店");
  await at("store-address").fill("和平路 18 号");
  await at("store-save").click();
  await at("setup-store").waitFor();
  await at("office-nav-sales").waitFor();
  await at("store-add").click();
  await at("store-name").fill("岭上便利 和平路店");
  await at("store-save").click();
  await at("setup-failed").waitFor();
  await shot("stores");
  await page.keyboard.press("Escape");
});

test("what is still empty says what comes next, and no page waits for what will not come", async () => {
  for (const view of ["reconciliation", "bills", "tills", "staff"]) {
    await page.goto(`${shop.office}/#${view}`);
    await page.locator(".empty b").waitFor();
    expect.soft(await wrong()).toEqual([]);
  }
  await page.goto(`${shop.office}/#close/map`);
  await page.locator(".empty b").waitFor();
  expect(await at("map-save").count()).toBe(0);
  await page.goto(`${shop.office}/#setup`);
  // the next step stands open by itself
  await at("till-label").waitFor();
  await at("setup-stores").click();
});

test("a till is added, and its activation code is one press away", async () => {
  await at("setup-tills").click();
  expect(await at("till-label").inputValue()).toBe("A1");
  await at("till-save").click();
  await at("setup-till").waitFor();
  expect(await at("till-label").inputValue()).toBe("A2");
  await shot("tills");
  expect(await wrong()).toEqual([]);
});

test("a cashier is added and the PIN is shown once", async () => {
  await at("setup-staff").click();
  await at("staff-name").fill(cashier);
  await page.locator('[data-testid^="staff-role-"]').selectOption("cashier");
  await at("staff-save").click();
  pin = await at("staff-new-pin").innerText();
  expect(pin).toMatch(/^\d{6,}$/);
  await shot("staff");
  expect(await wrong()).toEqual([]);
});

async function fillWechatPay(privateKey: string, certificate: string): Promise<void> {
  await at("account-mchid").fill(testKeys.mchid);
  await at("account-appid").fill(testKeys.appid);
  await at("account-apiV3Key").fill(testKeys.api_v3_key);
  await at("account-privateKey").fill(privateKey);
  await at("account-certificate").fill(certificate);
  await at("account-publicKeyId").fill(testKeys.wechatpay_public_key.id);
  const path = join(files, "pub_key.pem");
  writeFileSync(path, testKeys.wechatpay_public_key.public_key_pem);
  await page.locator(".setup-file input").last().setInputFiles(path);
}

test("wrong keys are told field by field or by the provider, and are not put to use", async () => {
  await at("setup-accounts").click();
  await fillWechatPay("no key", "no certificate");
  await at("account-go").click();
  await expect.poll(() => page.locator(".field.wrong").count()).toBe(2);
  await shot("account-faults", "account-privateKey");
  await fillWechatPay(alipayTestKeys.app.private_key_pkcs8_pem, testKeys.merchant.serial_no);
  await at("account-go").click();
  await at("account-failed").waitFor();
  expect(await at("account-failed").getAttribute("data-why")).toBe("ownKey");
  expect(await at("setup-account").count()).toBe(0);
  await shot("account-refused", "account-failed");
  expect(await wrong()).toEqual([]);
});

test("right keys are tested by the provider, and the account is in use", async () => {
  await fillWechatPay(testKeys.merchant.private_key_pem, testKeys.merchant.certificate_pem);
  await at("account-go").click();
  await at("account-in-use").waitFor();
  await at("setup-account").waitFor();
  expect(await at("account-form").count()).toBe(0);
  await shot("account-in-use", "account-in-use");
});

test("goods come from a file: faults by line, a preview, and only a press takes them in", async () => {
  await at("setup-products").click();
  await shot("products");
  const bad = join(files, "商品.csv");
  const lines = [
    "商品编码,商品名称,商品条码,分类,售价（元）,单位,税率",
    "1001,岭上矿泉水 550ml,6901234567892,饮料,2.50,瓶,13%",
    "1002,岭上酸奶,6901234567908,乳品,六块,杯,13%",
    "1003,红富士苹果,,水果,9.90,斤,9%",
    "1001,岭上苏打水,6901234567915,饮料,3.00,瓶,13%",
    "1004,岭上抽纸,6.90123E+12,日用,12.80,包,13%",
  ];
  writeFileSync(bad, iconv.encode(lines.join("\r\n"), "gb18030"));
  await at("list-file").setInputFiles(bad);
  await at("list-troubles").waitFor();
  expect(await at("list-troubles").locator("tbody tr").count()).toBe(4);
  expect(await at("list-take").isDisabled()).toBe(true);
  await shot("list-troubles");
  // on a phone what to do is read without pushing the table along
  await page.setViewportSize({ width: 390, height: 844 });
  expect(await at("list-troubles").evaluate((box) => box.scrollWidth - box.clientWidth)).toBe(0);
  await page.setViewportSize(landscape);
  expect(await wrong()).toEqual([]);
  await at("list-leave-out").check();
  await at("list-take").click();
  await at("list-taken").waitFor();
  await at("list-again").click();
  const rows = [
    ["SKU", "Product name", "Barcode", "Category", "Price", "Unit"],
    ["1001", "岭上矿泉水 550ml", "6901234567892", "饮料", 2.8, "each"],
    ...Array.from({ length: 40 }, (_, i) => [
      `2${i}`,
      `岭上饼干 ${i}`,
      `690123460${String(i).padStart(4, "0")}`,
      "零食",
      5 + i / 10,
      "each",
    ]),
  ];
  const sheet = join(files, "goods.xlsx");
  writeFileSync(sheet, await writeXlsx({ sheets: [{ name: "a", rows }] } as never));
  await at("list-file").setInputFiles(sheet);
  await at("list-sample").waitFor();
  expect(await at("list-counts").locator("li").allInnerTexts()).toEqual(["新增 40", "更新 1", "不变 0"]);
  await shot("list-preview");
  await at("list-take").click();
  await at("list-taken").waitFor();
  await shot("all-done", "setup-done");
  await at("list-again").click();
  await at("list-file").setInputFiles(sheet);
  await expect.poll(() => at("list-counts").innerText()).toContain("不变 41");
  expect(await at("list-take").isDisabled()).toBe(true);
});

test("the first sales: cash, and WeChat Pay through the account that was entered", async () => {
  await at("setup-tills").click();
  await at("setup-code-A1").click();
  const address = await at("activation-address").locator(".digits").innerText();
  const tillPage = await context.newPage();
  await tillPage.goto(address);
  const till = new TillPage(context, tillPage);
  await till.see("sign-on", 30_000);
  await till.signOn(cashier, pin);
  await till.scanGoods(["6901234567892"]);
  await till.payCash();
  const first = await till.done();
  await till.next();
  await till.scanGoods(["6901234567892", "6901234600003"]);
  await till.payCode(`130000${"0".repeat(12)}`);
  expect(await till.settled(30_000)).toBe("done");
  const second = await till.done();
  await page.bringToFront();
  await at("office-nav-sales").click();
  await expect.poll(() => page.locator("tbody").innerText(), { timeout: 20_000 }).toContain(second);
  expect(await page.locator("tbody").innerText()).toContain(first);
  const { rows } = await shop.parts.database
    .selectFrom("payment_attempt")
    .select(["state", "account"])
    .execute()
    .then((all) => ({ rows: all }));
  expect(rows).toEqual([{ state: "captured", account: `wechat-pay-${testKeys.mchid}` }]);
  await shot("first-sales");
  expect(faults).toEqual([]);
});

test("keys that have taken money are changed only when another person agrees, and wait on the page till then", async () => {
  const { parts } = shop;
  const { id: store } = await parts.database.selectFrom("store").select("id").executeTakeFirstOrThrow();
  const manager = await parts.database.transaction().execute(async (step) => {
    const roles = [{ store: store as StoreId, role: "manager" as const }];
    const added = await addStaff(step, parts, { name: "周敏", roles }, { who: "owner", secondPerson: null });
    await choosePin(step, parts, added.id, "246810");
    return added.id;
  });
  await page.goto(`${shop.office}/#setup`);
  await at("setup-accounts").click();
  await at("account-add").click();
  await fillWechatPay(testKeys.merchant.private_key_pem, testKeys.merchant.serial_no);
  await at("account-go").click();
  await at("account-second").waitFor();
  await shot("account-second");
  expect(await wrong()).toEqual([]);
  const other = await context.newPage();
  await other.goto(`${shop.office}/#approvals`);
  await other.locator(".asked").first().waitFor();
  expect(await other.locator(".asked").innerText()).toContain(testKeys.mchid);
  expect(await other.locator(".asked").innerText()).not.toContain(testKeys.api_v3_key);
  await other.close();
  await at("ask-who").selectOption(manager);
  await at("ask-secret").fill("246810");
  await at("ask-go").click();
  await at("account-in-use").waitFor({ timeout: 15_000 });
  expect(faults).toEqual([]);
});
