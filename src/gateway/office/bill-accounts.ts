import type { BillAccounts } from "../../contract/bills.ts";
import type { Accounts } from "../payments/accounts.ts";
import type { Database } from "../store/database.ts";
import type { OwnStores } from "./page.ts";
import { accountsAsked, accountsWithin } from "./reconciliation/scope.ts";

/** Every provider account of which `own` are all stores, with what its bills are, and which others serve one of them; the number by which a file names it lets a page tell whose a file is. */
export async function billAccounts(
  database: Database,
  accounts: Accounts,
  own: OwnStores = null,
): Promise<BillAccounts> {
  const all = await accountsAsked(database, accounts, undefined);
  const known = await accountsWithin(database, all, own, true);
  const partly = await accountsWithin(database, all, own, false);
  const told: BillAccounts["accounts"] = [];
  for (const { id, channel, bills } of known)
    told.push({
      id,
      channel,
      number: await numberOf(database, accounts, id),
      kinds: [...bills.kinds],
      zone: bills.zone,
      readyMinute: bills.readyMinute,
      keptDays: bills.keptDays,
    });
  const withheld = partly.filter(({ id }) => !known.some((each) => each.id === id));
  return { accounts: told, withheld: withheld.map(({ id, channel }) => ({ id, channel })) };
}

/** An account whose keys are not there yet has no number: its days are shown all the same. */
async function numberOf(database: Database, accounts: Accounts, id: string): Promise<string | null> {
  const { secrets_sealed: sealed } = await database
    .selectFrom("provider_account")
    .select("secrets_sealed")
    .where("id", "=", id)
    .executeTakeFirstOrThrow();
  if (sealed.length <= 1) return null;
  const { provider } = await accounts.byId(database, id);
  return provider.billAccount(id);
}
