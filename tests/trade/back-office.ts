import { sql } from "kysely";
import { sleep } from "../../src/domain/clock.ts";
import { payerWords } from "../../src/domain/settlement/match-payouts.ts";
import type { BankCredit } from "../../src/gateway/sandbox/settlement/bank.ts";
import { suggestColumns } from "../../src/domain/settlement/bank-columns.ts";
import { bankLinesMax } from "../../src/domain/settlement/bank-lines.ts";
import { closeDay } from "../../src/gateway/close/close-day.ts";
import { keepBank } from "../../src/gateway/office/settlement/banks.ts";
import { setFeeRate } from "../../src/gateway/office/fee-rates.ts";
import { matchBank } from "../../src/gateway/settlement/match-bank.ts";
import { readTable } from "../../src/gateway/read-table.ts";
import { takeStatement } from "../../src/gateway/settlement/take-statement.ts";
import { accounts } from "../../src/gateway/books/ledger.ts";
import { openItems } from "../../src/gateway/office/ledger/open-items.ts";
import { trialBalance } from "../../src/gateway/office/ledger/trial-balance.ts";
import { inTransaction } from "../../src/gateway/store/database.ts";
import { dice } from "../simulation/seeded.ts";
import type { Shop } from "../simulation/shop.ts";
import type { Plan } from "./plan.ts";
import { businessDay } from "./scribe.ts";
import { accountOf, readTruth, wallets } from "./truth.ts";

export const home = "heping";
export const stores = [home, "jiangbian"] as const;
export const bank = { store: home, id: "icbc" } as const;
const owner = "owner";

export function partsOf(shop: Shop) {
  const gateway = shop.gateway();
  if (gateway === null) throw new Error("the gateway is closed");
  return gateway.parts;
}

/** What both accounts cost, and the shop's account with its bank. */
export async function agreeFees(shop: Shop, since: string): Promise<void> {
  const { database, random, clock } = partsOf(shop);
  await inTransaction(database, async (step) => {
    for (const wallet of wallets) {
      const rate = { account: accountOf(wallet), since, rate: 6_000, givesBack: true };
      await setFeeRate(step, random, rate, owner, clock.now());
    }
    await keepBank(step, { ...bank, name: "工行" }, clock.now());
  });
}

const beatMs = 20;
const beatsMax = 3_000;

/**
 * Lets the gateway fetch what bills there are. Packed files are opened in other threads of the computer: the shop's time goes on only
 * as they do.
 */
export async function billsFetched(shop: Shop): Promise<void> {
  const { database, clock } = partsOf(shop);
  for (let beats = 0; beats < beatsMax; beats++) {
    const done = shop.time.begin();
    await new Promise((resolve) => setTimeout(resolve, 2));
    done();
    await sleep(shop.time.clock, beatMs);
    if (beats % 10 !== 9) continue;
    const due = await sql<{ id: string }>`
      select id from job where kind = 'bills' and (due_at <= ${clock.now()} or claimed_until > ${clock.now()})`.execute(
      database,
    );
    if (due.rows.length === 0) return;
  }
  throw new Error("the bills are never fetched");
}

/** Takes the bank's statement from the sandbox, with the cash that was brought there, and hands it in. */
export async function handInStatement(
  shop: Shop,
  from: string,
  to: string,
  cash: readonly BankCredit[],
): Promise<void> {
  const { database, clock } = partsOf(shop);
  const bytes = readTruth(shop.provider.lines, shop.time.clock.now()).statement(from, to, cash);
  const read = await readTable(bytes, bankLinesMax);
  if (!read.ok) throw new Error(`the statement is ${read.refusal}`);
  const suggested = suggestColumns(read.value);
  if (suggested === null) throw new Error("the statement's columns are unknown");
  const paying = wallets.map((wallet) => ({
    id: accountOf(wallet),
    homeStore: home,
    words: payerWords[wallet] ?? [],
  }));
  await inTransaction(database, async (step) => {
    const at = clock.now();
    const file = { store: home, bank: bank.id, name: `${to}.csv`, bytes, cells: read.value, by: owner };
    const taken = await takeStatement(step, { ...file, columns: suggested.columns }, at);
    if (taken.kind === "refused") throw new Error(`the statement is refused: ${JSON.stringify(taken.troubles)}`);
    if (taken.kind === "taken") await matchBank(step, bank, paying, at);
  });
}

/** Closes the business day of every store where something was posted, and waits for its voucher. */
export async function closeBooksOf(
  { shop, plan }: { readonly shop: Shop; readonly plan: Plan },
  day: string,
): Promise<void> {
  const { database, clock } = partsOf(shop);
  for (const store of stores) {
    const closing = {
      store,
      day,
      today: businessDay(shop.time.clock.now()),
      by: owner,
      secondPerson: null,
      reason: "day over",
    };
    const closed = await inTransaction(database, (step) =>
      closeDay(step, { random: dice(1, `close ${store} ${day}`) }, closing, clock.now()),
    );
    if (!closed.ok) plan.trouble.push(`${store} does not close ${day}: ${closed.refusal}`);
  }
  await sleep(shop.time.clock, 5_000);
}

/** At a day's end: debits are credits, and each list account is its open items. */
export async function proveDay(
  { shop, plan }: { readonly shop: Shop; readonly plan: Plan },
  day: string,
): Promise<void> {
  const { database, clock } = partsOf(shop);
  const trial = await trialBalance(database, {} as never, clock.now());
  if (trial.debits.amount !== trial.credits.amount)
    plan.trouble.push(`${day}: debits ${trial.debits.amount}, credits ${trial.credits.amount}`);
  const sum = trial.accounts.reduce((all, { balance }) => all + balance.amount, 0);
  if (sum !== 0) plan.trouble.push(`${day}: the balances come to ${sum}`);
  for (const { account, balance, isList } of trial.accounts) {
    if (!isList) continue;
    const items = await openItems(database, account);
    if (items !== null && items.sum.amount !== balance.amount)
      plan.trouble.push(`${day}: ${account} is ${balance.amount}, its ${items.count} open items ${items.sum.amount}`);
  }
  const between = trial.accounts.filter(({ account }) => account.startsWith(accounts.betweenStores("")));
  const open = between.reduce((all, { balance }) => all + balance.amount, 0);
  if (open !== 0) plan.trouble.push(`${day}: between the stores ${open} are on one side alone`);
}
