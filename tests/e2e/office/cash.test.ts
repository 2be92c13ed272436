import { join } from "node:path";
import { sql } from "kysely";
import { afterAll, beforeAll, beforeEach, expect, it } from "vitest";
import { plusDays } from "../../../src/domain/local-time.ts";
import { accounts } from "../../../src/gateway/books/ledger.ts";
import { keepBank } from "../../../src/gateway/office/settlement/banks.ts";
import { matchEveryBank } from "../../../src/gateway/settlement/match-banks.ts";
import { createAccounts } from "../../../src/gateway/payments/accounts.ts";
import { cashTill, yuan } from "../../integration/cash/cash-stage.ts";
import { BooksPage } from "./books-page.ts";
import { newPinOf } from "./staff-pin.ts";

let books: BooksPage;
const store = "heping";
beforeAll(async () => {
  books = await BooksPage.open();
  const drawer = cashTill(books.till);
  await drawer.drain([
    drawer.open(yuan(200)),
    drawer.sell(8_640),
    drawer.handOver(yuan(8_640), yuan(200)),
    drawer.close(yuan(8_840), yuan(8_640)),
    drawer.open(yuan(200), yuan(200)),
  ]);
});
beforeEach(() => {
  books.faults = [];
  return () => expect(books.faults).toEqual([]);
});
afterAll(() => books?.stop());

/** Pictures as the other books' tests make them, and one of a phone. */
async function shot(name: string): Promise<void> {
  await books.shot(name);
  const folder = process.env["SHOTS"];
  if (folder === undefined) return;
  await books.page.setViewportSize({ width: 390, height: 844 });
  await books.page.waitForTimeout(150);
  await books.page.screenshot({ path: join(folder, `${name}-phone.png`) });
  await books.page.setViewportSize({ width: 1280, height: 800 });
}

const text = (id: string): Promise<string> => books.at(id).first().innerText();

/** What the books have in an account, in yuan. */
async function balance(account: string): Promise<number> {
  const { rows } = await sql<{ fen: number }>`
    select coalesce(sum(case when debit = ${account} then amount else -amount end), 0)::bigint as fen from ledger_transfer
    where debit = ${account} or credit = ${account}`.execute(books.shop.parts.database);
  return (rows[0]?.fen ?? 0) / 100;
}

/** A new PIN of that person, by which they say yes beside the owner, who has not seen it. */
const pinOf = (staff: string): Promise<string> => newPinOf(books.shop.parts, staff);

it("tells what lies where: the safe, the drawers, what was handed over by whom to whom", async () => {
  await books.at("office-nav-cash").click();
  await books.page.locator(".empty").first().waitFor();
  await shot("cash-no-store");
  await books.at("books-store").selectOption(store);
  await books.at("cash-safe-holds").waitFor();
  // what lay there at the start is not known: no sum, and counting comes next
  expect(await text("cash-safe-holds")).not.toMatch(/\d/u);
  await books.at("cash-count-first").waitFor();
  expect(await text("cash-drawer-holds")).toBe("200.00");
  expect(await text("cash-hand-over")).toMatch(/A1.*8,640\.00/su);
  expect(await books.at("cash-counted").count()).toBe(0);
  await shot("cash");
  expect.soft(await books.wrong()).toEqual([]);
});

it("cash that has no bank account to go to yet leads to where one is added", async () => {
  await books.at("cash-to-bank").click();
  await books.at("cash-no-bank").waitFor();
  await shot("cash-no-bank");
  await books.at("cash-add-bank").click();
  await books.at("bank-name").waitFor();
  const { database, clock } = books.shop.parts;
  await keepBank(database, { id: "icbc-main", store, name: "工商银行 基本户" }, clock.now());
  await books.at("office-nav-cash").click();
});

it("the safe is counted by two, and what should be in it is covered until then", async () => {
  const pin = await pinOf("staff-5");
  await books.at("cash-count-first").click();
  await books.at("cash-count-panel").waitFor();
  expect(await text("cash-safe-holds")).not.toContain("8,440");
  expect(await books.at("cash-count-go").isDisabled()).toBe(true);
  await books.at("cash-note-10000").fill("84");
  await books.at("cash-note-2000").fill("-3");
  expect(await books.at("cash-notes-wrong").isVisible()).toBe(true);
  expect(await books.at("cash-count-go").isDisabled()).toBe(true);
  await books.at("cash-note-2000").fill("1");
  await books.page.reload();
  await books.at("cash-count-panel").waitFor();
  expect(await text("cash-note-total")).toBe("8,420.00");
  await shot("cash-count");
  expect.soft(await books.wrong()).toEqual([]);
  await books.at("cash-count-go").click();
  await books.at("ask-second").waitFor();
  expect(await balance("safe")).toBe(8_440);
  await shot("cash-count-second");
  await books.at("ask-who").selectOption("staff-5");
  await books.at("ask-secret").fill(pin);
  await books.at("ask-go").click();
  await books.at("cash-count-result").waitFor();
  expect(await text("cash-count-result")).toMatch(/8,420\.00.*8,440\.00.*Short.*20\.00/su);
  expect([await balance("safe"), await balance(accounts.cashPending)]).toEqual([8_420, 20]);
  await shot("cash-count-result");
  expect.soft(await books.wrong()).toEqual([]);
  await books.at("panel-close").click();
  await expect.poll(() => text("cash-safe-holds")).toBe("¥8,420.00");
});

it("cash leaves the safe for the bank with its slip, and its slip can be printed", async () => {
  await books.at("cash-to-bank").click();
  await books.at("cash-slip").fill("CK-204117");
  await books.at("cash-taken-by").selectOption("staff-4");
  await books.at("cash-note-10000").fill("90");
  await books.page.locator(".cash-warning:not([hidden])").waitFor();
  await shot("cash-deposit-more");
  await books.at("cash-note-10000").fill("80");
  await shot("cash-deposit");
  expect.soft(await books.wrong()).toEqual([]);
  await books.at("cash-deposit-go").click();
  await books.at("cash-deposit-panel").waitFor();
  expect([await balance("safe"), await balance(accounts.cashInTransit)]).toEqual([420, 8_000]);
  await expect.poll(() => text("cash-safe-holds")).toBe("¥420.00");
  await shot("cash-deposit-made");
  expect.soft(await books.wrong()).toEqual([]);
  await books.page.emulateMedia({ media: "print" });
  expect(await books.at("cash-paper").isVisible()).toBe(true);
  expect(await books.at("cash-deposit-panel").isVisible()).toBe(false);
  expect(await text("cash-paper")).toMatch(/CK-204117.*8,000\.00/su);
  const folder = process.env["SHOTS"];
  if (folder !== undefined) await books.page.screenshot({ path: join(folder, "cash-paper.png") });
  await books.page.emulateMedia({ media: "screen" });
});

it("a slip's number is used once, and the bank's line brings the deposit", async () => {
  await books.at("cash-to-bank").click();
  await books.at("cash-slip").fill("CK-204117");
  await books.at("cash-by-sum").click();
  await books.at("cash-sum").fill("20");
  await books.at("cash-deposit-go").click();
  await books.page.locator(".cash-form .fault:not([hidden])").waitFor();
  await shot("cash-slip-taken");
  const { parts } = books.shop;
  const today = books.today();
  const line = { store, bank: "icbc-main", id: "1/1", day: today, time: "", amount: 800_000, balance: null };
  const said = { counterparty: "", text: "现金存入 CK-204117", reference: "", statement: "s" };
  await parts.database
    .insertInto("bank_line")
    .values({ ...line, ...said })
    .execute();
  await matchEveryBank({ parts, accounts: createAccounts(parts) });
  expect([await balance("bank/icbc-main"), await balance(accounts.cashInTransit)]).toEqual([8_000, 0]);
  await books.page.reload();
  await books.page.locator('[data-testid="cash-deposit-state"][data-state="arrived"]').first().waitFor();
  await shot("cash-arrived");
});

it("one that is not there in time is red, and is taken back with a reason", async () => {
  await books.at("cash-to-bank").click();
  await books.at("cash-slip").fill("CK-204118");
  await books.at("cash-by-sum").click();
  await books.at("cash-sum").fill("400");
  await books.at("cash-deposit-go").click();
  await books.at("cash-deposit-panel").waitFor();
  const day = plusDays(books.today(), -8);
  await books.shop.parts.database.updateTable("deposit").set({ day }).where("slip", "=", "CK-204118").execute();
  await books.page.reload();
  await books.at("books-store").selectOption(store);
  await books.page.locator('[data-testid="cash-deposit-state"][data-state="missing"]').first().waitFor();
  await books.at("cash-take-back").click();
  await books.at("cash-back-reason").fill("The bank was closed");
  await shot("cash-missing");
  expect.soft(await books.wrong()).toEqual([]);
  await books.at("cash-back-go").click();
  await books.page.locator('[data-testid="cash-deposit-state"][data-state="takenBack"]').first().waitFor();
  expect([await balance("safe"), await balance(accounts.cashInTransit)]).toEqual([420, 0]);
  await shot("cash-taken-back");
});

it("a deposit that came short says its slip and line on its page, and afterwards who mended it", async () => {
  await books.at("cash-to-bank").click();
  await books.at("cash-slip").fill("CK-204119");
  await books.at("cash-by-sum").click();
  await books.at("cash-sum").fill("300");
  await books.at("cash-deposit-go").click();
  await books.at("cash-deposit-panel").waitFor();
  const { parts } = books.shop;
  const line = { store, bank: "icbc-main", id: "1/2", day: books.today(), time: "", amount: 29_000, balance: null };
  const said = { counterparty: "", text: "现金存入 CK-204119", reference: "", statement: "s" };
  await parts.database
    .insertInto("bank_line")
    .values({ ...line, ...said })
    .execute();
  await matchEveryBank({ parts, accounts: createAccounts(parts) });
  await books.go("cash");
  await books.page.reload();
  const short = books.page.locator('[data-testid="cash-deposit-state"]', { hasText: "290.00" });
  await short.waitFor();
  await shot("cash-short");
  const asked: string[] = [];
  books.page.on("request", (request) => asked.push(request.url()));
  await books.go("reconciliation/open/breaks");
  await books.row("CK-204119").click();
  await books.at("beside").waitFor();
  expect(await text("beside")).toMatch(/300\.00.*CK-204119.*290\.00/su);
  await shot("cash-short-item");
  expect.soft(await books.wrong()).toEqual([]);
  const pin = await pinOf("staff-5");
  await books.at("offer-accept").click();
  await books.at("mend-reason").fill("The bank kept a false note");
  await books.at("mend-go").click();
  await books.at("ask-second").waitFor();
  await books.at("ask-who").selectOption("staff-5");
  await books.at("ask-secret").fill(pin);
  await books.at("ask-go").click();
  await books.at("mended-by").waitFor();
  expect(await books.at("mend-proposed").count()).toBe(0);
  expect(await text("mended-by")).toMatch(/Accept.*The bank kept a false note/su);
  await shot("cash-short-mended");
  expect.soft(await books.wrong()).toEqual([]);
  expect(asked.filter((url) => url.includes("bridge"))).toEqual([]);
  await books.go("cash");
  await books.at("cash-deposit-settled").first().waitFor();
  expect(await text("cash-deposit-settled")).toContain("Accept");
  await shot("cash-settled");
});

it("while the gateway hangs, the page says after some seconds that it does not answer yet", async () => {
  await books.go("cash");
  await books.page.route("**/v1/office/cash?*", () => undefined);
  await books.page.reload();
  await books.at("office-slow").waitFor();
  await shot("cash-slow");
  await books.page.unrouteAll({ behavior: "ignoreErrors" });
  await books.page.reload();
  await books.at("cash-safe").waitFor();
});
