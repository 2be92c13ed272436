import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { sql } from "kysely";
import type { TillId } from "../../../src/domain/identifier.ts";
import { readKeyFile } from "../../../src/gateway/keys/key-file.ts";
import { systemClock, systemRandom } from "../../../src/gateway/system-clock.ts";
import { makeActivationCode } from "../../../src/gateway/tills/activation.ts";
import {
  booksAgree,
  drawerInBooks,
  drawerKicksAgree,
  drawersAgree,
  journalWhole,
  nothingSecretWritten,
  papersAgree,
  providersAgree,
  salesAgree,
} from "./agree.ts";
import { Counter, type Day } from "./counter.ts";
import { allowUnverified } from "./customers.ts";
import { firstDay, secondDay, salesOfTheDay } from "./days.ts";
import { bottleOf } from "./bottles.ts";
import { journalOf, median, plainSalesIn, reportsIn } from "./journal-truth.ts";
import { meetings } from "./meetings.ts";
import { filmedPaymentCode, pieceBarcodes } from "./scenery.ts";
import { openShop, type Shop } from "./shop.ts";
import { closeShift } from "./shift.ts";
import { booksTruth } from "./truth.ts";

let shop: Shop;
let day: Day;
let first: Counter;
let second: Counter;
let activationCodes: readonly string[] = [];

beforeAll(async () => {
  shop = await openShop();
  await allowUnverified(shop.database);
  day = {
    shop,
    meet: meetings(2),
    goods: await pieceBarcodes(shop),
    byWeight: await goodsByWeight(shop),
    bottle: await bottleOf(shop),
    secrets: [filmedPaymentCode],
    spoken: new Map(),
    got: [],
    pinOf: (name) => shop.pins.find((each) => each.name === name)?.pin ?? "",
  };
  activationCodes = [shop.activationCode, await codeFor("till-a2")];
  first = await Counter.at(day, "till-a1", "王芳");
  second = await Counter.at(day, "till-a2", "陈亮");
}, 180_000);

afterAll(async () => {
  await Promise.all([first?.close(), second?.close()]);
  await shop?.stop();
});

/** A code that activates a till, as the office makes them. */
async function codeFor(till: string): Promise<string> {
  const keys = readKeyFile(join(shop.folder, "keys.json"), systemRandom);
  const parts = { database: shop.database, keys, clock: systemClock, random: systemRandom };
  return (await makeActivationCode(parts, till as TillId)).code;
}

async function goodsByWeight(open: Shop): Promise<Day["byWeight"]> {
  const rows = await sql<Day["byWeight"]>`select body->'barcodes'->>0 as plu, (body->>'price')::int as price
    from product where body->>'unit' = 'kg' and (body->>'price')::int between 1000 and 9000 order by id limit 1`.execute(
    open.database,
  );
  const [row] = rows.rows;
  if (row === undefined) throw new Error("the sample shop has nothing by weight");
  return row;
}

test("sixty sales on two tills through screen and wire, with every trouble of a day, end with drawers, books, providers, paper and shift reports agreeing to the fen", async () => {
  await Promise.all([firstDay(first, activationCodes[0] ?? ""), secondDay(second, activationCodes[1] ?? "")]);
  await nothingMoves();
  const over = { "till-a1": 10, "till-a2": 0 };
  const [drawer1, drawer2] = [await drawerInBooks(day, "till-a1"), await drawerInBooks(day, "till-a2")];
  await Promise.all([closeShift(first, drawer1 + over["till-a1"]), closeShift(second, drawer2, drawer2 - 100)]);
  await Promise.all([first.page.unsent(0), second.page.unsent(0)]);
  const closed = async () => reportsIn(await journalOf(shop.database)).length;
  await expect.poll(closed, { timeout: 30_000 }).toBe(2);

  const [books, journal] = [await booksTruth(shop.database), await journalOf(shop.database)];
  salesAgree(books, [first, second], salesOfTheDay);
  booksAgree(books, journal);
  await providersAgree(day, books);
  await drawersAgree(day, [first, second], journal, over);
  expect(books.balances.get("cashPending")).toBe(-over["till-a1"]);
  await papersAgree(books, first, "A1", 1);
  await papersAgree(books, second, "A2", 0);
  drawerKicksAgree(journal, first);
  drawerKicksAgree(journal, second);
  journalWhole(journal, [first, second]);
  expect(books.exceptions).toEqual([]);
  await nothingSecretWritten(day, [first, second], activationCodes);
  tellSteps(plainSalesIn(journal));
}, 600_000);

/** Payments decided, refunds with the payers. */
async function nothingMoves(): Promise<void> {
  await expect.poll(async () => (await booksTruth(shop.database)).live, { timeout: 60_000 }).toBe(0);
  const open = () =>
    shop.database.selectFrom("refund").select(["id", "state"]).where("state", "<>", "succeeded").execute();
  await expect.poll(open, { timeout: 60_000 }).toEqual([]);
}

/** Steps and seconds are held to, though this machine plays customers and providers besides. */
function tellSteps(plain: ReturnType<typeof plainSalesIn>): void {
  expect(plain.length).toBeGreaterThan(25);
  const steps = plain.map((sale) => sale.steps);
  expect(Math.max(...steps)).toBeLessThanOrEqual(3);
  const ownMs = median(plain.map((sale) => sale.ownMs));
  expect(ownMs).toBeLessThan(5_000);
  const seconds = (ownMs / 1_000).toFixed(1);
  const told = `steps after the last item median ${median(steps)}, max ${Math.max(...steps)}; our own time median ${seconds} s`;
  process.stdout.write(`${salesOfTheDay} sales, ${plain.length} of them plain: ${told}\n`);
}
