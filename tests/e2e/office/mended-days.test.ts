import { expect, it, vi } from "vitest";
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

/** Closes every day of a store that is over, on the page. */
async function closeDays(office: TradedOffice, store: string): Promise<void> {
  await office.go("close");
  await office.at("books-store").selectOption(store);
  await office.at("close-days").waitFor();
  for (;;) {
    const open = office.page.locator('[data-testid="close-day"][data-state="open"]');
    if ((await open.count()) < 2) break;
    await open.last().click();
    await office.at("close-reason").fill("counted and mended");
    await office.at("close-go").click();
    await office.at("close-by").waitFor();
    await office.pass(5_000);
    await office.go("close");
  }
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
        for (const store of stores) {
          await closeDays(office, store);
        }
        expect(await voucherTrouble(shop)).toEqual([]);
      } finally {
        await office.close();
      }
    });
    expect(trade.isRight, printTrade(trade).join("\n")).toBe(true);
  },
  minutesMax * 60_000,
);
