import type { AccountAnswer, AccountBody, SetUpAccount } from "../../contract/shop-setup.ts";
import type { StoreId, Tag } from "../../domain/identifier.ts";
import { invariant } from "../../domain/assert.ts";
import { ok, type Result } from "../../domain/result.ts";
import type { CurrencyCode } from "../../domain/money.ts";
import type { EntitleRefusal } from "../approvals/entitle.ts";
import { audit } from "../audit/audit.ts";
import type { GatewayParts } from "../parts.ts";
import { credentialsContext, providerWith, type Accounts } from "../payments/accounts.ts";
import { notifyUrl } from "../payments/notify-url.ts";
import type { PaymentProvider } from "../provider.ts";
import type { OfficePass } from "../routes/passes.ts";
import { inTransaction, json, type Database } from "../store/database.ts";
import { readAccountForm, type WrittenAccount } from "./account-form.ts";
import { agreedToKeys } from "./keys-agreed.ts";
import { testAccount, type Tester } from "./test-account.ts";

/**
 * Checks an account's keys for their form, tests them by a query, and only then puts the account to use in its stores. One of the same
 * merchant is the same account: its keys are replaced, and what was paid with the old ones stays its. Where money was taken already,
 * another person agrees first.
 */
export async function keepAccount(
  parts: GatewayParts,
  body: AccountBody,
  pass: OfficePass,
): Promise<Result<AccountAnswer, EntitleRefusal>> {
  const read = readAccountForm(body, parts.clock.now());
  if (!read.ok) return ok({ kind: "faults", faults: [...read.refusal] });
  const id = `${body.provider}-${read.value.merchant}`;
  const provider = providerWith(parts, body.provider, read.value.credentials);
  const tested = await testAccount(parts, provider, await testerOf(parts, id, body.stores));
  if (!tested.ok) return ok({ kind: "failed", ...tested.refusal });
  const { credentials } = read.value;
  return inTransaction(parts.database, async (step): Promise<Result<AccountAnswer, EntitleRefusal>> => {
    const by = await agreedToKeys(step, parts, pass, { id, body, channel: provider.channel, credentials });
    if (!by.ok) return by;
    const { secondPerson } = by.value;
    await put(step, parts, { id, body, written: read.value, provider, who: pass.person, secondPerson });
    return ok({ kind: "inUse", id });
  });
}

async function testerOf(
  { database, config }: GatewayParts,
  account: string,
  stores: readonly StoreId[],
): Promise<Tester> {
  const row = await database
    .selectFrom("tag")
    .innerJoin("store", "store.id", "tag.store")
    .select(["tag.tag", "store.id", "store.currency"])
    .where("tag.store", "in", [...stores])
    .where("holder", "=", "office")
    .orderBy("tag.store")
    .executeTakeFirstOrThrow();
  const store = row.id as StoreId;
  const currency = row.currency as CurrencyCode;
  return { account, store, tag: row.tag as Tag, currency, notifyUrl: notifyUrl(config, account, store) };
}

type Kept = {
  readonly id: string;
  readonly body: AccountBody;
  readonly written: WrittenAccount;
  readonly provider: PaymentProvider;
  readonly who: string;
  readonly secondPerson: string | null;
};

async function put(step: Database, parts: GatewayParts, kept: Kept): Promise<void> {
  const { id, body, written, provider, who, secondPerson } = kept;
  const at = parts.clock.now();
  const [home] = body.stores;
  invariant(home !== undefined, "an account is of at least one store");
  const sealed = parts.keys.seal(Buffer.from(JSON.stringify(written.credentials)), credentialsContext(id));
  const settings = json({ testedAt: at });
  const known = await step.selectFrom("provider_account").select("id").where("id", "=", id).executeTakeFirst();
  await step
    .insertInto("provider_account")
    .values({
      id,
      home_store: home,
      provider: body.provider,
      mode: "live",
      terms: json({}),
      timings: json({}),
      settings,
      secrets_sealed: sealed,
    })
    .onConflict((conflict) => conflict.column("id").doUpdateSet({ secrets_sealed: sealed, settings }))
    .execute();
  await step
    .deleteFrom("store_account")
    .where("account", "=", id)
    .where("store", "not in", [...body.stores])
    .execute();
  await step
    .insertInto("store_account")
    .values(body.stores.map((store) => ({ store, account: id, channel: provider.channel })))
    .onConflict((conflict) => conflict.columns(["store", "channel"]).doUpdateSet({ account: id }))
    .execute();
  const after = { merchant: written.merchant, stores: body.stores, keysReplaced: known !== undefined };
  await audit(step, parts.random, { store: null, who, secondPerson, act: "accountKept", subject: id, after, at });
}

/** Every account with what is not secret of it. */
export async function shownAccounts(
  parts: Pick<GatewayParts, "database">,
  accounts: Accounts,
): Promise<SetUpAccount[]> {
  const rows = await parts.database
    .selectFrom("provider_account")
    .select(["id", "provider", "mode", "settings", "secrets_sealed"])
    .orderBy("id")
    .execute();
  const used = await parts.database.selectFrom("store_account").select(["store", "account"]).orderBy("store").execute();
  const shown: SetUpAccount[] = [];
  for (const { id, provider: named, mode, settings, secrets_sealed: sealed } of rows) {
    const { provider } = await accounts.byId(parts.database, id);
    const { testedAt } = settings as { readonly testedAt?: number };
    shown.push({
      id,
      provider: named,
      channel: provider.channel,
      // one whose keys are not there yet tells no number
      merchant: sealed.length <= 1 ? null : await provider.billAccount(id),
      isSandbox: mode === "sandbox",
      testedAt: testedAt ?? null,
      stores: used.filter(({ account }) => account === id).map(({ store }) => store as StoreId),
    });
  }
  return shown;
}
