import { expect, it, vi } from "vitest";
import type { VoucherLine } from "../../../src/gateway/close/voucher.ts";
import { openItems } from "../../../src/gateway/office/ledger/open-items.ts";
import { trialBalance } from "../../../src/gateway/office/ledger/trial-balance.ts";
import { dayAfter, momentOf } from "../../../src/gateway/sandbox/settlement/days.ts";
import { billsFetched, partsOf, stores } from "../../trade/back-office.ts";
import { printTrade } from "../../trade/print.ts";
import { closedUntil, playTrade, type TradedShop } from "../../trade/trade.ts";
import { accountOf, wallets } from "../../trade/truth.ts";
import { voucherTrouble } from "../../trade/vouchers.ts";
import { mendingHand } from "./mending-hand.ts";
import { TradedOffice } from "./traded-office.ts";

// Dexie says so in a window whose database was taken away, which is what a closed window is
vi.spyOn(console, "warn").mockImplementation(() => undefined);

const accounts = wallets.map(accountOf);
/** Mornings on which what was mended may lead to something more: a refund that comes back, a bill that has it. */
const morningsMax = 4;
const minutesMax = 10;

type Difference = { readonly class: string; readonly state: string };
async function left({ shop }: TradedShop): Promise<readonly Difference[]> {
  return partsOf(shop)
    .database.selectFrom("difference")
    .select(["class", "state"])
    .where("state", "in", ["break", "waiting"])
    .execute();
}

/** Gives every account of the books one of the accounting system, what is not usual a made-up code. */
async function mapAccounts(office: TradedOffice): Promise<void> {
  await office.go("close/map");
  await office.at("map-table").waitFor();
  await office.at("map-suggest").click();
  const codes = office.at("map-code");
  for (let nth = 0; nth < (await codes.count()); nth++)
    if ((await codes.nth(nth).inputValue()) === "") await codes.nth(nth).fill(`90${String(nth).padStart(2, "0")}`);
  for (const asked of ["map-department", "map-customer", "map-cashFlow"])
    for (const field of await office.at(asked).all()) await field.fill("01");
  await office.at("map-save").click();
  await office.at("map-complete").waitFor();
}

/** Closes every day of a store that is over, on the page; answers what its file of vouchers says of each account. */
async function closeDays(office: TradedOffice, store: string): Promise<ReadonlyMap<string, number>> {
  await office.go("close");
  await office.at("books-store").selectOption(store);
  await office.at("close-days").waitFor();
  const open = office.page.locator('[data-testid="close-day"]:has(button[aria-label$=" Open"])');
  for (let rest = await open.count(); rest > 0; rest = await open.count()) {
    await open.last().click();
    await office.at("close-panel").waitFor();
    // today is not over
    if (!(await office.at("close-go").isVisible())) break;
    await office.at("close-reason").fill("counted and mended");
    await office.at("close-go").click();
    await office.at("close-by").waitFor();
    await office.pass(5_000);
    await office.go("close");
    await expect.poll(() => open.count()).toBe(rest - 1);
  }
  await office.at("close-files").click();
  const href = await office.at("close-file-json").getAttribute("href");
  const file = (await office.page.evaluate(async (address) => (await fetch(address)).json(), href ?? "")) as {
    readonly control: number;
    readonly vouchers: readonly {
      readonly from: { readonly lines: readonly VoucherLine[] };
      readonly entries: readonly { readonly debit: number }[];
    }[];
  };
  const debits = file.vouchers.flatMap(({ entries }) => entries).reduce((all, { debit }) => all + debit, 0);
  expect(debits).toBe(file.control);
  const said = new Map<string, number>();
  for (const { account, debit, credit } of file.vouchers.flatMap(({ from }) => from.lines))
    said.set(account, (said.get(account) ?? 0) + debit - credit);
  await office.go("close");
  return said;
}

it(
  "three days of trade are mended to the end on the pages, and then everything agrees",
  async () => {
    const trade = await playTrade({ seed: 2, days: 3, customers: 2 }, async (traded) => {
      const { shop, lastDay } = traded;
      const office = await TradedOffice.open(traded);
      const hand = mendingHand(office, { id: "staff-5", pin: shop.pins.get("staff-5") ?? "" });
      try {
        expect((await left(traded)).length).toBeGreaterThan(40);
        for (let morning = 1; morning <= morningsMax; morning++) {
          const decided = await hand.mendAll(accounts);
          await office.meanwhile(async () => {
            await closedUntil(shop, momentOf(dayAfter(lastDay, morning), 10 * 60));
            await billsFetched(shop);
          });
          await office.comeIn();
          if (decided === 0) break;
        }
        const { database, clock } = partsOf(shop);
        // a payout that never came is a reminder: nothing more can be decided about it
        const open = await left(traded);
        expect(open.filter(({ class: type }) => type !== "settlementLate")).toEqual([]);
        const trial = await trialBalance(database, {} as never, clock.now());
        expect(trial.debits).toEqual(trial.credits);
        for (const { account, balance, isList } of trial.accounts) {
          if (!isList) continue;
          const items = await openItems(database, account);
          expect([account, items?.sum.amount]).toEqual([account, balance.amount]);
        }
        await mapAccounts(office);
        const filed = new Map<string, number>();
        for (const store of stores) {
          const said = await closeDays(office, store);
          for (const [account, fen] of said) filed.set(account, (filed.get(account) ?? 0) + fen);
        }
        expect(await voucherTrouble(shop)).toEqual([]);
        // every posting is of a day that is closed now: the files say what the ledger says
        const balances = trial.accounts.filter(({ balance }) => balance.amount !== 0);
        expect(Object.fromEntries([...filed].filter(([, fen]) => fen !== 0))).toEqual(
          Object.fromEntries(balances.map(({ account, balance }) => [account, balance.amount])),
        );
      } finally {
        await office.close();
      }
    });
    expect(trade.isRight, printTrade(trade).join("\n")).toBe(true);
  },
  minutesMax * 60_000,
);
