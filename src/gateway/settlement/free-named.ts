import type { Instant } from "../../domain/clock.ts";
import { namesAnother, namesPayout } from "../../domain/settlement/named-payouts.ts";
import type { BankLineRow, PayoutRow } from "../store/settlement-tables.ts";
import type { Database } from "../store/database.ts";
import { keyOf, openLines, saidOf, speakable, type PayingAccount, type Speakable } from "./bank-credits.ts";
import { planBankMatch } from "./plan-bank-match.ts";
import { takeApart } from "./take-apart.ts";

/** A bank's open credits with what they may speak of. */
export type Open = { readonly lines: readonly BankLineRow[]; readonly said: Speakable };

/**
 * A bank's open credits, after every payout that one of them names was taken from a line that had been taken for it: one whose text
 * names another, or of another amount, that does not name it. What is freed so may name one that has come as well.
 */
export async function openCredits(
  step: Database,
  bank: { readonly store: string; readonly id: string },
  paying: readonly PayingAccount[],
  at: Instant,
): Promise<Open> {
  const freed = new Set<string>();
  for (;;) {
    const lines = await openLines(step, bank, at);
    const said = await speakable(step, paying, lines);
    const wrong: PayoutRow[] = [];
    for (const payout of said.named)
      if (!freed.has(keyOf(payout)) && (await isTakenWrongly(step, payout, lines))) wrong.push(payout);
    if (wrong.length === 0) return { lines, said };
    for (const payout of wrong) {
      freed.add(keyOf(payout));
      await takeApart(step, payout, at);
    }
    // what another bank's line had brought is looked at there
    await planBankMatch(step, { store: bank.store, id: `freed/${bank.id}` }, at);
  }
}

async function isTakenWrongly(step: Database, payout: PayoutRow, lines: readonly BankLineRow[]): Promise<boolean> {
  // a line from before it left cannot have brought it, whatever it says
  const isNamed = lines.some((line) => line.day >= payout.day && namesPayout(saidOf(line), payout.number));
  if (payout.state !== "arrived" || !isNamed) return false;
  const brought = await step
    .selectFrom("bank_match as m")
    .innerJoin("bank_line as l", (join) =>
      join.onRef("l.store", "=", "m.store").onRef("l.bank", "=", "m.bank").onRef("l.id", "=", "m.line"),
    )
    .select(["l.counterparty", "l.text", "m.amount"])
    .where("m.account", "=", payout.account)
    .where("m.payout", "=", payout.number)
    .execute();
  const { number } = payout;
  if (brought.some((line) => namesPayout(saidOf(line), number))) return false;
  return brought.some((line) => namesAnother(saidOf(line), [number]) || line.amount !== payout.amount);
}
