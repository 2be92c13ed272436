import type { OfficeFeeRates } from "../../contract/bills.ts";
import type { Instant, Random } from "../../domain/clock.ts";
import { audit } from "../audit/audit.ts";
import { matchingWindowOf } from "../reconcile/matching-windows.ts";
import type { Database } from "../store/database.ts";
import { namesOf } from "./person.ts";

/** What each of `accounts` is to cost, the newest first, and by how much clocks may differ in matching it. */
export async function officeFeeRates(database: Database, accounts: readonly string[]): Promise<OfficeFeeRates> {
  if (accounts.length === 0) return { windows: [], rates: [] };
  const rows = await database
    .selectFrom("fee_rate")
    .selectAll()
    .where("account", "in", accounts)
    .orderBy("account")
    .orderBy("since", "desc")
    .execute();
  const names = await namesOf(database);
  const windows: OfficeFeeRates["windows"] = [];
  for (const account of accounts) windows.push({ account, ...(await matchingWindowOf(database, account)) });
  return {
    windows,
    rates: rows.map((row) => ({
      account: row.account,
      since: row.since,
      rate: row.rate,
      givesBack: row.gives_back,
      setBy: names.get(row.set_by) ?? row.set_by,
      setAt: row.set_at as Instant,
    })),
  };
}

/** What an account costs from a day on: parts per million, and whether the fee of a refund comes back. */
export type FeeRate = {
  readonly account: string;
  readonly since: string;
  readonly rate: number;
  readonly givesBack: boolean;
};

/** What holds for that account on that day until this one is set; null when nothing was agreed. */
export async function feeRateBefore(
  step: Database,
  { account, since }: Pick<FeeRate, "account" | "since">,
): Promise<Omit<FeeRate, "account"> | null> {
  const row = await step
    .selectFrom("fee_rate")
    .select(["since", "rate", "gives_back"])
    .where("account", "=", account)
    .where("since", "<=", since)
    .orderBy("since", "desc")
    .executeTakeFirst();
  return row === undefined ? null : { since: row.since, rate: row.rate, givesBack: row.gives_back };
}

/** Sets what an account costs from a day on; one already set for that day is replaced. */
export async function setFeeRate(
  step: Database,
  random: Random,
  rate: FeeRate,
  by: string,
  at: Instant,
  secondPerson: string | null = null,
): Promise<void> {
  const before = await feeRateBefore(step, rate);
  const { account: subject, since } = rate;
  const after = { since, rate: rate.rate, givesBack: rate.givesBack };
  await audit(step, random, {
    store: null,
    who: by,
    act: "rateCorrected",
    subject,
    before,
    after,
    secondPerson,
    at,
  });
  const set = { rate: rate.rate, gives_back: rate.givesBack, set_by: by, set_at: at };
  await step
    .insertInto("fee_rate")
    .values({ account: rate.account, since: rate.since, ...set })
    .onConflict((conflict) => conflict.columns(["account", "since"]).doUpdateSet(set))
    .execute();
}

/** Millionths in a percent. */
const perPercent = 10_000;

/** For the approver: how much, from when on, and in the page's words what becomes of the fee of a refund where it is said. */
export function rateText({ rate, since, givesBack }: Pick<FeeRate, "rate" | "since"> & Partial<FeeRate>): string {
  const refunds = givesBack === undefined ? [] : [givesBack ? "refunds" : "keeps"];
  return [`${rate / perPercent}%`, since, ...refunds].join(" · ");
}
