import type { BillAccounts } from "../../contract/bills.ts";
import type { Accounts } from "../payments/accounts.ts";
import type { Database } from "../store/database.ts";
import type { OwnStores } from "./page.ts";
import { accountsAsked, accountsWithin } from "./reconciliation/scope.ts";

/** Every provider account with what its bills are; the number by which a file names it lets a page tell whose a file is. */
export async function billAccounts(
  database: Database,
  accounts: Accounts,
  own: OwnStores = null,
): Promise<BillAccounts> {
  const known = await accountsWithin(database, await accountsAsked(database, accounts, undefined), own, true);
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
  return { accounts: told };
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
