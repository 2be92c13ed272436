import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect } from "vitest";
import type { Counter, Day } from "./counter.ts";
import type { Wallet } from "./customers.ts";
import { completedIn, reportsIn, type Kept } from "./journal-truth.ts";
import { providerTruthOf } from "./provider-truth.ts";
import { readWholeBrowserStorage } from "./scenery.ts";
import { everythingWritten, paperTruth, reportsOnPaper, type BooksTruth } from "./truth.ts";

const wallets: readonly Wallet[] = ["wechat", "alipay"];

/** Every sale and return is in the books once, under the number its customer got, and its tenders are its total. */
export function salesAgree(books: BooksTruth, counters: readonly Counter[], sales: number): void {
  expect(books.sales.filter((sale) => sale.total > 0)).toHaveLength(sales);
  const receipts = books.sales.map((sale) => sale.receipt);
  expect(new Set(receipts).size).toBe(receipts.length);
  for (const counter of counters) for (const receipt of counter.receipts) expect(receipts).toContain(receipt);
  for (const sale of books.sales) {
    const tendered = sum(books.tenders.filter((tender) => tender.sale === sale.id).map((tender) => tender.amount));
    expect([sale.receipt, tendered]).toEqual([sale.receipt, sale.total]);
  }
}

/** The journal of the tills, the gateway's sales and the ledger tell the same day: number by number and to the fen. */
export function booksAgree(books: BooksTruth, journal: readonly Kept[]): void {
  const written = completedIn(journal).map(({ body }) => `${body.receipt} ${body.sale.total.amount}`);
  expect(written.toSorted()).toEqual(books.sales.map((sale) => `${sale.receipt} ${sale.total}`).toSorted());
  const goods = [...books.balances].filter(([account]) => /^(revenue|outputTax|returns)\//.test(account));
  const rounded = sum(completedIn(journal).map(({ body }) => body.sale.rounding.amount));
  expect(rounded).toBeGreaterThan(0);
  expect(books.balances.get("rounding")).toBe(rounded);
  expect(-sum(goods.map(([, balance]) => balance))).toBe(sum(books.sales.map((sale) => sale.total)) + rounded);
  const tax = sum(completedIn(journal).flatMap(({ body }) => body.sale.taxes.map((line) => line.tax.amount)));
  const taxed = [...books.balances].filter(([account]) => account.startsWith("outputTax/"));
  expect(-sum(taxed.map(([, balance]) => balance))).toBe(tax);
}

/** Each provider holds what its account is good for in the books, payment by payment and refund by refund. */
export async function providersAgree(day: Day, books: BooksTruth): Promise<void> {
  const { database, sandboxStore } = day.shop;
  const refunds = await database.selectFrom("refund").select(["attempt", "account", "amount", "state"]).execute();
  const attempts = await database.selectFrom("payment_attempt").select(["id", "account"]).execute();
  expect(refunds.filter((refund) => refund.state !== "succeeded")).toEqual([]);
  for (const wallet of wallets) {
    const account = `${wallet}-sandbox`;
    const truth = providerTruthOf(sandboxStore, wallet);
    const own = refunds.filter((refund) => refund.account === account);
    expect(own.length).toBeGreaterThan(0);
    expect(own.map(({ attempt, amount }) => `${attempt} ${amount}`).toSorted()).toEqual(truth.refunds.toSorted());
    const ids = new Set(attempts.filter((row) => row.account === account).map((row) => row.id));
    const paid = books.tenders.filter((tender) => tender.kind === "payment" && ids.has(tender.attempt ?? ""));
    expect(paid.map((tender) => tender.attempt ?? "").toSorted()).toEqual(truth.kept.toSorted());
    expect(sum(paid.map((tender) => tender.amount)) - sum(own.map((refund) => refund.amount))).toBe(truth.net);
    expect(books.balances.get(`receivable/${account}`)).toBe(truth.net);
    expect(books.balances.get(`refundsOwed/${account}`) ?? 0).toBe(0);
    expect([...truth.plays]).toEqual(expect.arrayContaining(["lost", "duplicate", "late", "forged"]));
  }
  expect(books.balances.get("suspense") ?? 0).toBe(0);
  const trusted = sum(books.tenders.filter((tender) => tender.kind === "unverified").map((tender) => tender.amount));
  expect(trusted).toBeGreaterThan(0);
  expect(books.balances.get("unproven")).toBe(trusted);
}

/** What must lie in this till's drawer by the books alone: every movement but the count itself. Fen. */
export async function drawerInBooks(day: Day, till: string): Promise<number> {
  const rows = await day.shop.database
    .selectFrom("ledger_transfer")
    .select(["debit", "credit", "amount"])
    .where("event", "<>", "drawerCounted")
    .execute();
  const account = `drawer/${till}`;
  return sum(
    rows.map(({ debit, credit, amount }) => (debit === account ? amount : 0) - (credit === account ? amount : 0)),
  );
}

/** Drawer, Z report as stored, Z report on paper: one figure; and the report's sales and net are the till's in the books. */
export async function drawersAgree(
  day: Day,
  counters: readonly Counter[],
  journal: readonly Kept[],
  over: Readonly<Record<string, number>>,
): Promise<void> {
  const reports = reportsIn(journal);
  expect(reports.map((report) => report.till)).toEqual(counters.map((counter) => counter.till));
  for (const [n, counter] of counters.entries()) {
    const z = reports[n]?.totals.shift;
    const own = completedIn(journal).filter((entry) => entry.till === counter.till);
    const cash = sum(
      own.flatMap(({ body }) => body.tenders.map((each) => (each.kind === "cash" ? each.amount.amount : 0))),
    );
    const expected = await drawerInBooks(day, counter.till);
    expect(expected).toBe(float + cash + moved(journal, counter.till));
    const counted = expected + (over[counter.till] ?? 0);
    const net = sum(own.map(({ body }) => body.sale.total.amount));
    expect(z).toMatchObject({
      sales: own.length,
      net: { amount: net },
      cash: { float: { amount: float }, expected: { amount: expected }, counted: { amount: counted } },
    });
    const onPaper = [{ expected, counted, sales: own.length, net }];
    await expect.poll(() => reportsOnPaper(counter.printer.papers()), { timeout: 20_000 }).toEqual(onPaper);
    for (const channel of z?.channels ?? []) {
      const tenders = own
        .flatMap(({ body }) => body.tenders)
        .filter((each) => each.kind !== "cash" && each.channel === channel.channel);
      const of = (kind: string): number =>
        sum(tenders.filter((each) => each.kind === kind).map((each) => each.amount.amount));
      expect([channel.taken.amount, -channel.refunded.amount, channel.unverified.amount]).toEqual([
        of("payment"),
        of("refund") || -0,
        of("unverified"),
      ]);
    }
  }
}

/** What the sample shop offers to begin a shift with, fen. */
const float = 20_000;

function moved(journal: readonly Kept[], till: string): number {
  return sum(
    journal
      .filter((entry) => entry.till === till && (entry.kind === "paidIn" || entry.kind === "paidOut"))
      .map(({ kind, body }) => (body as { amount: { amount: number } }).amount.amount * (kind === "paidIn" ? 1 : -1)),
  );
}

/** Each till's paper: every receipt of its own once, with its total, and the copies that were asked for. */
export async function papersAgree(books: BooksTruth, counter: Counter, label: string, copies: number): Promise<void> {
  const own = books.sales.filter((sale) => sale.receipt.startsWith(`${label}-`));
  await expect.poll(() => paperTruth(counter.printer.papers()).filter((paper) => paper.copy).length).toBe(copies);
  const papers = paperTruth(counter.printer.papers()).filter((paper) => !paper.copy);
  const told = (sale: { readonly receipt: string; readonly total: number }): string => `${sale.receipt} ${sale.total}`;
  expect(papers.map(told).toSorted()).toEqual(own.map(told).toSorted());
  expect(counter.printer.faults).toEqual([]);
}

/** The drawer was opened once for each sale with cash in it, each movement, and each time it was asked for; never else. */
export function drawerKicksAgree(journal: readonly Kept[], counter: Counter): void {
  const own = journal.filter((entry) => entry.till === counter.till);
  const asked = own.filter(({ kind }) => kind === "paidIn" || kind === "paidOut" || kind === "drawerOpened");
  const inCash = completedIn(own).filter(({ body }) => body.tenders.some((tender) => tender.kind === "cash"));
  expect([counter.till, counter.printer.kicks.length]).toEqual([counter.till, asked.length + inCash.length]);
}

/** Each till's journal is there from 1 to its end, every entry chained to the one before. */
export function journalWhole(journal: readonly Kept[], counters: readonly Counter[]): void {
  for (const { till } of counters) {
    const own = journal.filter((entry) => entry.till === till);
    expect(own.length).toBeGreaterThan(30);
    const hashes = own.map(({ text }) => createHash("sha256").update(text).digest("hex"));
    expect(own.slice(1).map((entry) => entry.prev)).toEqual(hashes.slice(0, -1));
    expect(own.map((entry) => [entry.series, entry.number])).toEqual(own.map((_, n) => [1, n + 1]));
  }
}

/** No code, PIN or key was written anywhere: not in a log, not in a table, not at the provider's, not in a till. */
export async function nothingSecretWritten(
  day: Day,
  counters: readonly Counter[],
  activationCodes: readonly string[],
): Promise<void> {
  const written = await everythingWritten(day.shop.folder, day.shop.database);
  const keys = JSON.parse(readFileSync(join(day.shop.folder, "keys.json"), "utf8")) as object;
  const secrets = [
    ...day.secrets,
    // one that is an article's number stands in the goods
    ...day.shop.pins.map((each) => each.pin).filter((pin) => pin < "100001" || pin > "103000"),
    ...Object.values(keys).filter((each) => typeof each === "string" && each.length > 20),
    ...activationCodes,
    "PRIVATE KEY",
  ];
  const places: [string, string][] = [["outside", written]];
  for (const { till, page } of counters) places.push([till, await page.page.evaluate(readWholeBrowserStorage)]);
  for (const [place, text] of places) {
    expect([place, text.length > 10_000]).toEqual([place, true]);
    for (const secret of secrets) {
      const asWord = new RegExp(
        `(?<![0-9A-Za-z])${String(secret).replace(/[.*+?^${}()|[\]\\]/g, "\\$&")}(?![0-9A-Za-z])`,
      );
      expect([secret, place, asWord.test(text)]).toEqual([secret, place, false]);
    }
  }
}

function sum(amounts: readonly number[]): number {
  return amounts.reduce((all, amount) => all + amount, 0);
}
