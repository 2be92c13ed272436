import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { Bench } from "../../device-bench/bench.ts";
import { chooseFirstPort, launchChromium } from "../../device-bench/chromium.ts";
import { VirtualPrinter } from "../../device-bench/virtual-printer.ts";
import { cameraClip, filmedPaymentCode, killBrowser, pieceBarcodes, readWholeBrowserStorage } from "./scenery.ts";
import { openShop, type Shop } from "./shop.ts";
import { TillPage } from "./till-page.ts";
import { booksTruth, everythingWritten, paperTruth, providerTruth } from "./truth.ts";

let shop: Shop;
let bench: Bench;
let printer: VirtualPrinter;
let till: TillPage;
let goods: readonly string[] = [];
/** What the sample shop offers to begin a shift with, in fen. */
const float = 20_000;
const profile = mkdtempSync(join(tmpdir(), "kuantai-profile-"));
const usedCodes: string[] = [filmedPaymentCode];
const receipts: string[] = [];

beforeAll(async () => {
  shop = await openShop();
  bench = await Bench.open();
  printer = new VirtualPrinter({ columns: 48 });
  const device = bench.addSerial({ vendorId: 0x0416, productId: 0x5011, name: "Receipt Printer" });
  device.connectPrinter(printer);
  bench.plug(device);
  goods = await pieceBarcodes(shop);
}, 180_000);

afterAll(async () => {
  await till?.context.close();
  await bench?.close();
  await shop?.stop();
  rmSync(profile, { recursive: true, force: true });
});

/** Opens Chromium on the same profile: a first start, or the one after a crash. */
async function openTill(path = "/", fakeCamera?: string): Promise<TillPage> {
  const context = await launchChromium({
    bench,
    userDataDir: profile,
    ...(fakeCamera === undefined ? {} : { fakeCamera }),
  });
  await chooseFirstPort(context);
  await context.addInitScript(() => localStorage.setItem("kuantai-language", "zh-CN"));
  const page = context.pages()[0] ?? (await context.newPage());
  await page.goto(shop.address + path);
  return new TillPage(context, page);
}

const pinOf = (name: string): string => shop.pins.find((each) => each.name === name)?.pin ?? "";
const code = (behaviour: string): string => {
  const made = `13${behaviour}${String(Math.floor(Math.random() * 1e12)).padStart(12, "0")}`;
  usedCodes.push(made);
  return made;
};
const some = (from: number, count: number): readonly string[] => goods.slice(from, from + count);

async function finish(): Promise<void> {
  receipts.push(await till.done());
  await till.printed();
  await till.next();
}

async function cashSale(from: number): Promise<void> {
  await till.scanGoods(some(from, 2));
  await till.payCash();
}

test("twenty sales through screen and wire, with every trouble of a day, end with till, books and provider agreeing to the fen", async () => {
  till = await openTill(`/#activate=${shop.activationCode}`);
  await till.see("no-people").then(null, () => undefined);
  await till.signOn("王芳", pinOf("王芳"));
  await expect
    .poll(() => till.page.evaluate(() => navigator.serviceWorker.controller !== null), { timeout: 30_000 })
    .toBe(true);
  await till.online();

  await cashSale(0); // 1: cash
  await finish();
  await till.scanGoods(some(2, 3)); // 2: paid at once, scanned before Pay was pressed
  await till.payCode(code("0000"));
  await finish();
  await till.scanGoods(some(5, 2)); // 3: with password
  await till.payCode(code("0101"));
  await finish();
  await till.scanGoods(some(7, 1)); // 4: declined, then cash
  await till.payCode(code("0201"));
  await till.see("declined");
  await till.press("declined-cash");
  await till.press("exact");
  await finish();
  await till.scanGoods(some(8, 2)); // 5: silent, then found paid
  await till.payCode(code("0301"));
  await finish();
  await till.scanGoods(some(10, 2)); // 6: silent, reversed by itself, then paid by a fresh code
  await till.payCode(code("0103"));
  await till.see("declined", 30_000);
  await till.press("declined-again");
  await till.see("scan-code");
  await till.payCode(code("0000"));
  await finish();
  await till.scanGoods(some(12, 1)); // 7: the provider's answer is cut off, the order is paid
  await till.payCode(code("0303"));
  await finish();
  await till.scanGoods(some(13, 1)); // 8: an answer with a wrong signature is silence, and then found paid
  await till.payCode(code("0401"));
  await finish();

  // 9 in doubt when the network goes; parked, and completed by itself later
  await till.scanGoods(some(14, 2));
  await till.payCode(code("0101"));
  await till.see("waiting");
  shop.network.cut();
  await till.press("park");
  await till.see("parked");
  await till.offline();
  await cashSale(16); // 10: offline; the browser may drop data, so a second person agrees for the shift
  await till.secondPerson("李敏", pinOf("李敏"));
  await till.press("exact");
  await finish();
  await cashSale(18); // 11
  await finish();
  await till.page.reload(); // a cold start without network
  await till.signOn("王芳", pinOf("王芳"));
  await cashSale(20); // 12
  await finish();
  await cashSale(22); // 13
  await finish();
  shop.network.mend();
  await till.online();
  await till.unsent(0);
  await expect.poll(async () => (await booksTruth(shop.database)).sales.length, { timeout: 30_000 }).toBe(13);

  // 14: a gateway dies while it charges; the other finds out
  await till.scanGoods(some(24, 2));
  await till.payCode(code("0101"));
  await till.see("waiting");
  await shop.killGateway();
  // Whether it had asked the provider yet is chance: then it was paid, or nothing was taken and a fresh code pays.
  if ((await till.settled(90_000)) === "declined") {
    await till.press("declined-again");
    await till.payCode(code("0000"));
  }
  await finish();
  await shop.restartGateway();

  // 15: the browser dies right after a cash sale
  await cashSale(26);
  receipts.push(await till.done());
  await till.printed();
  await killBrowser(till, profile);

  // 16: goods and payment code by camera
  const clip = cameraClip(profile);
  till = await openTill("/", clip);
  await till.signOn("陈亮", pinOf("陈亮"));
  await till.online();
  await till.press("camera");
  receipts.push(await till.done(60_000));
  await till.press("next");
  await till.press("camera");
  if ((await till.lineCount()) > 0) {
    await till.press("void");
    await till.press("void");
  }
  for (let sale = 17; sale <= 20; sale++) {
    await till.scanGoods(some(10 + sale * 2, 2));
    if (sale % 2 === 0) await till.payCode(code("0000"));
    else await till.payCash();
    await finish();
  }
  await till.press("open-sales");
  await till.press("reprint");
  await till.unsent(0);
  await agree();
}, 900_000);

async function agree(): Promise<void> {
  await expect.poll(async () => (await booksTruth(shop.database)).live, { timeout: 60_000 }).toBe(0);
  const books = await booksTruth(shop.database);
  const provider = providerTruth(shop.sandboxStore);
  const sum = (kind: string): number =>
    books.tenders.filter((tender) => tender.kind === kind).reduce((all, tender) => all + tender.amount, 0);

  expect(books.sales).toHaveLength(20);
  expect(new Set(books.sales.map((sale) => sale.receipt)).size).toBe(20);
  for (const receipt of receipts) expect(books.sales.map((sale) => sale.receipt)).toContain(receipt);
  for (const sale of books.sales) {
    const tendered = books.tenders
      .filter((tender) => tender.sale === sale.id)
      .reduce((all, tender) => all + tender.amount, 0);
    expect([sale.receipt, tendered]).toEqual([sale.receipt, sale.total]);
  }
  // provider = payments in the books = receivable; every paid order is one tender
  expect(sum("payment")).toBe(provider.net);
  expect(books.balances.get("receivable/wechat-sandbox")).toBe(provider.net);
  expect(books.balances.get("suspense") ?? 0).toBe(0);
  const kept = provider.orders
    .filter((order) => order.paidAt !== null && order.givenBack === 0)
    .map((order) => order.outTradeNo);
  expect(books.tenders.flatMap((tender) => (tender.attempt === null ? [] : [tender.attempt])).toSorted()).toEqual(
    kept.toSorted(),
  );
  // the float came out of the safe
  expect(books.balances.get("drawer/till-a1")).toBe(float + sum("cash"));
  expect(books.exceptions).toEqual([]);
  expect(books.entries.map((entry) => entry.number)).toEqual(books.entries.map((_, index) => index + 1));

  // paper: each sale once, with its total, and one copy
  await expect
    .poll(() => paperTruth(printer.papers()).filter((paper) => paper.copy).length, { timeout: 20_000 })
    .toBe(1);
  const papers = paperTruth(printer.papers()).filter((paper) => !paper.copy);
  const onPaper = papers.map(({ receipt, total }) => `${receipt} ${total}`).toSorted();
  expect(onPaper).toEqual(books.sales.map((sale) => `${sale.receipt} ${sale.total}`).toSorted());

  await nothingSecretWritten();
}

async function nothingSecretWritten(): Promise<void> {
  const written = await everythingWritten(shop.folder, shop.database);
  const inTill = await till.page.evaluate(readWholeBrowserStorage);
  expect(inTill.length).toBeGreaterThan(10_000);
  const keys = JSON.parse(readFileSync(join(shop.folder, "keys.json"), "utf8")) as object;
  const secrets = [
    ...usedCodes,
    ...shop.pins.map((each) => each.pin),
    ...Object.values(keys).filter((each) => typeof each === "string" && each.length > 20),
    shop.activationCode,
    "PRIVATE KEY",
  ];
  for (const secret of secrets) {
    const asWord = new RegExp(
      `(?<![0-9A-Za-z])${String(secret).replace(/[.*+?^${}()|[\]\\]/g, "\\$&")}(?![0-9A-Za-z])`,
    );
    expect([secret, "outside", asWord.test(written)]).toEqual([secret, "outside", false]);
    expect([secret, "till", asWord.test(inTill)]).toEqual([secret, "till", false]);
  }
}
