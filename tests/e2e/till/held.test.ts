import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { BrowserContext } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { launchChromium } from "../../device-bench/chromium.ts";
import { TillPage } from "../story/till-page.ts";
import { openStage, untilInstalled, type Stage } from "./stage.ts";

const cashier = "王芳";
const neighbour = "陈亮";
const manager = "李敏";
let stage: Stage;
let till: TillPage;
let other: TillPage;
let profile: string;
let context: BrowserContext;

beforeAll(async () => {
  stage = await openStage();
  till = await stage.open(`/#activate=${stage.shop.activationCode}`);
  await till.see("till");
  await till.signOn(cashier, stage.pinOf(cashier));
  await untilInstalled(till);
}, 120_000);

afterAll(async () => {
  await context?.close();
  await stage?.close();
  if (profile !== undefined) rmSync(profile, { recursive: true, force: true, maxRetries: 10, retryDelay: 200 });
});

const barcodes = (from: number, count: number): readonly string[] =>
  stage.goods.slice(from, from + count).map((each) => each.barcode);
const waiting = async (at: TillPage): Promise<string | null> =>
  (await at.at("waiting-tickets").count()) === 0 ? "0" : at.at("waiting-tickets").getAttribute("data-count");
const rows = (at: TillPage, list: "held-mine" | "held-others") => at.at(list).locator("li button");

/** Holds a ticket of these goods; gives what was due on it. */
async function hold(at: TillPage, from: number, count: number): Promise<string> {
  await at.scanGoods(barcodes(from, count));
  const due = await at.at("due").innerText();
  await at.page.keyboard.press("F6");
  await at.see("ticket-empty");
  return due;
}

test("a ticket set aside by key waits in sight while the next customer pays, and comes back as it was", async () => {
  await till.online();
  const due = await hold(till, 0, 3);
  await expect.poll(() => waiting(till)).toBe("1");
  await till.scanGoods(barcodes(6, 1));
  await till.payCash();
  await till.done();
  await till.next();
  await till.press("waiting-tickets");
  await till.see("held");
  await rows(till, "held-mine").first().click();
  await expect.poll(() => till.lineCount()).toBe(3);
  expect(await till.at("due").innerText()).toBe(due);
  await expect.poll(() => waiting(till)).toBe("0");
  await till.payCash();
  await till.done();
  await till.next();
});

test("an open ticket is set aside first, by one press, before another is taken up", async () => {
  await hold(till, 8, 1);
  await till.scanGoods(barcodes(10, 2));
  await till.press("waiting-tickets");
  await till.see("held-open-ticket");
  expect(await rows(till, "held-mine").first().isDisabled()).toBe(true);
  await till.press("held-hold-first");
  await expect.poll(() => rows(till, "held-mine").count()).toBe(2);
  await rows(till, "held-mine").first().click();
  await expect.poll(() => till.lineCount()).toBe(1);
  await till.payCash();
  await till.done();
  await till.next();
});

test("held tickets are still there after a reload", async () => {
  await till.page.reload();
  await till.signOn(cashier, stage.pinOf(cashier));
  await expect.poll(() => waiting(till)).toBe("1");
});

test("another till of the store sees it, takes it up once, and it leaves the first till's list", async () => {
  profile = mkdtempSync(join(tmpdir(), "kuantai-other-"));
  context = await launchChromium({ userDataDir: profile });
  const page = await context.newPage();
  await page.goto(`${stage.shop.address}/#activate=${await stage.activationCode("till-a2")}`);
  other = new TillPage(context, page);
  await other.see("till");
  await other.signOn(neighbour, stage.pinOf(neighbour));
  await other.online();
  await other.press("held-open");
  await other.see("held-others");
  expect(await rows(other, "held-others").count()).toBe(1);
  await rows(other, "held-others").first().click();
  await expect.poll(() => other.lineCount()).toBe(2);
  await expect.poll(() => waiting(till)).toBe("0");
  await till.press("held-open");
  await till.see("held-empty");
  await till.page.keyboard.press("Escape");
  await till.see("scan-box");
  await other.payCash();
  await other.done();
  await other.next();
});

test("a ticket that its own till takes up while it is cut off is given to no other till", async () => {
  await hold(till, 16, 1);
  await expect.poll(async () => (await listedIn(stage)).length).toBe(1);
  await stage.cutOff();
  await till.offline();
  await till.press("waiting-tickets");
  await rows(till, "held-mine").first().click();
  await expect.poll(() => till.lineCount()).toBe(1);
  await other.press("held-open");
  await rows(other, "held-others").first().click();
  await other.see("notice", 20_000);
  expect(await other.lineCount()).toBe(0);
  await till.payCash();
  // this browser may drop what it stores: offline, a second person agrees to cash
  await till.secondPerson(manager, stage.pinOf(manager));
  await till.press("exact");
  await till.done();
  await till.next();
  await stage.context.setOffline(false);
  await till.online();
  await other.page.keyboard.press("Escape");
  await other.press("held-open");
  // the till is asked for it as soon as it listens again: who asks before that asks once more
  await expect
    .poll(
      async () => {
        if ((await rows(other, "held-others").count()) > 0) await rows(other, "held-others").first().click();
        return (await listedIn(stage)).length;
      },
      { timeout: 40_000, interval: 1_000 },
    )
    .toBe(0);
  expect(await other.lineCount()).toBe(0);
  await other.page.keyboard.press("Escape");
});

test("without the network this till's own are listed, and it is told that the others cannot be seen", async () => {
  stage.shop.network.cut();
  await till.offline();
  await hold(till, 14, 1);
  await till.press("waiting-tickets");
  await till.see("held-offline");
  await rows(till, "held-mine").first().click();
  await expect.poll(() => till.lineCount()).toBe(1);
  stage.shop.network.mend();
});

/** What the gateway would list, read from its database. */
async function listedIn({ shop }: Stage): Promise<readonly unknown[]> {
  return shop.database.selectFrom("held_sale").select("id").where("claimed_by", "is", null).execute();
}
