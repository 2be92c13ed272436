import type { Instant } from "../../domain/clock.ts";
import { restate } from "../books/restate.ts";
import type { PayoutRow } from "../store/settlement-tables.ts";
import type { Database } from "../store/database.ts";
import { arrival } from "./arrival.ts";

/** Takes a payout and the bank's lines that had brought it apart, with all that those lines brought beside it: each is open again. */
export async function takeApart(
  step: Database,
  payout: Pick<PayoutRow, "account" | "number">,
  at: Instant,
): Promise<void> {
  const found = await step
    .selectFrom("bank_match as m")
    .innerJoin("bank_match as beside", (join) =>
      join
        .onRef("beside.store", "=", "m.store")
        .onRef("beside.bank", "=", "m.bank")
        .onRef("beside.line", "=", "m.line"),
    )
    .innerJoin("bank_line as l", (join) =>
      join.onRef("l.store", "=", "m.store").onRef("l.bank", "=", "m.bank").onRef("l.id", "=", "m.line"),
    )
    .innerJoin("payout as p", (join) =>
      join.onRef("p.account", "=", "beside.account").onRef("p.number", "=", "beside.payout"),
    )
    .select(["m.store as bankStore", "m.bank", "m.line", "l.day", "beside.amount"])
    .select(["p.store", "p.account", "p.number", "p.currency"])
    .where("m.account", "=", payout.account)
    .where("m.payout", "=", payout.number)
    .execute();
  for (const each of found) {
    const posting = arrival(each.bank, { id: each.line, day: each.day }, each, each.amount);
    await restate(step, [{ ...posting, transfers: [] }], at);
    await step
      .deleteFrom("bank_match")
      .where("store", "=", each.bankStore)
      .where("bank", "=", each.bank)
      .where("line", "=", each.line)
      .execute();
    await step
      .updateTable("payout")
      .set({ state: "sent", arrived_on: null })
      .where("store", "=", each.store)
      .where("account", "=", each.account)
      .where("number", "=", each.number)
      .where("state", "=", "arrived")
      .execute();
  }
}
