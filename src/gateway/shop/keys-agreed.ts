import { createHash, createPublicKey } from "node:crypto";
import type { ApprovalLine } from "../../contract/approvals.ts";
import type { AccountBody } from "../../contract/shop-setup.ts";
import { ok, refuse, type Result } from "../../domain/result.ts";
import { entitle, type Entitled, type EntitleRefusal } from "../approvals/entitle.ts";
import type { GatewayParts } from "../parts.ts";
import { lockAccounts } from "../payments/account-lock.ts";
import { credentialsContext } from "../payments/accounts.ts";
import { permitsInOffice } from "../office/entitled.ts";
import type { OfficePass } from "../routes/passes.ts";
import { readRsaPrivateKey } from "../signing/alipay.ts";
import type { Database } from "../store/database.ts";

/** An account as it would be put to use. */
export type WantedAccount = {
  readonly id: string;
  readonly body: AccountBody;
  readonly channel: string;
  readonly credentials: unknown;
};
/** Hexadecimal characters: enough to tell two keys apart by eye. */
const markLength = 16;
/** A line of an approval holds no more. */
const shownLengthMax = 200;
/** One account takes the place of one a store; more are not read by anybody. */
const replacedShownMax = 8;

/**
 * Whether an account may be put to use so: the first of a shop by one person, but where money was taken already (with this account, or
 * with the one whose place it takes in a store) another person agrees, for whoever changes keys decides where money goes. The yes is
 * bound to exactly these keys by a keyed hash; the keys themselves are nowhere until they are in use.
 */
export async function agreedToKeys(
  step: Database,
  parts: Pick<GatewayParts, "clock" | "random" | "keys">,
  pass: OfficePass,
  { id, body, channel, credentials }: WantedAccount,
): Promise<Result<Entitled, EntitleRefusal>> {
  const { approval, ...wanted } = body;
  const used = await step
    .selectFrom("store_account")
    .select(["store", "account"])
    .where(({ eb, and, or }) =>
      or([eb("account", "=", id), and([eb("channel", "=", channel), eb("store", "in", [...body.stores])])]),
    )
    .execute();
  const replaced = [...new Set([id, ...used.map(({ account }) => account)])];
  // a first payment that is just being written is seen, none slips in between
  await lockAccounts(step, replaced);
  const paid = await step
    .selectFrom("payment_attempt")
    .select("account")
    .where("account", "in", replaced)
    .limit(1)
    .executeTakeFirst();
  if (paid === undefined) return ok({ secondPerson: null });
  if (body.stores.some((store) => permitsInOffice(pass, store, "replaceKeys") === "refused"))
    return refuse("forbidden");
  // of who is there today: a store that the account is given besides has no say in whose money it takes
  const stores = used.length === 0 ? body.stores : used.map(({ store }) => store);
  const before = await markNow(
    step,
    parts,
    replaced.toSorted((a, b) => Number(b === id) - Number(a === id)),
  );
  return entitle(step, parts, pass, {
    store: stores,
    act: "replaceKeys",
    subject: `${id}#${Buffer.from(parts.keys.hash("accountKeys", JSON.stringify(wanted)))
      .toString("hex")
      .slice(0, 32)}`,
    size: 0,
    amount: null,
    reason: "",
    shown: [...before, { label: "after", text: markOf(id, credentials), more: await namesOfStores(step, body.stores) }],
    approval,
  });
}

/** What is replaced, the account itself first; one that was never there is left out. */
async function markNow(
  step: Database,
  parts: Pick<GatewayParts, "keys">,
  accounts: readonly string[],
): Promise<readonly ApprovalLine[]> {
  const rows = await step
    .selectFrom("provider_account")
    .select(["id", "secrets_sealed"])
    .where("id", "in", accounts)
    .execute();
  const used = await step.selectFrom("store_account").selectAll().where("account", "in", accounts).execute();
  const lines: ApprovalLine[] = [];
  for (const { id, secrets_sealed: sealed } of accounts.flatMap((each) => rows.filter((row) => row.id === each))) {
    const credentials: unknown = JSON.parse(
      Buffer.from(parts.keys.open(sealed, credentialsContext(id))).toString("utf8"),
    );
    const stores = used.filter(({ account }) => account === id).map(({ store }) => store);
    lines.push({ label: "before", text: markOf(id, credentials), more: await namesOfStores(step, stores) });
  }
  return lines.slice(0, replacedShownMax);
}

async function namesOfStores(step: Database, stores: readonly string[]): Promise<string> {
  if (stores.length === 0) return "";
  const rows = await step.selectFrom("store").select("name").where("id", "in", stores).orderBy("id").execute();
  return rows
    .map(({ name }) => name)
    .join(", ")
    .slice(0, shownLengthMax);
}

/** What may be told of keys: the account, the app, and the fingerprint of the public key that belongs to ours. */
function markOf(account: string, credentials: unknown): string {
  const { appid, appId, merchantPrivateKeyPem, appPrivateKey } = credentials as Readonly<
    Record<"appid" | "appId" | "merchantPrivateKeyPem" | "appPrivateKey", string | undefined>
  >;
  const ours = createPublicKey(readRsaPrivateKey(merchantPrivateKeyPem ?? appPrivateKey ?? ""));
  const print = createHash("sha256")
    .update(ours.export({ type: "spki", format: "der" }))
    .digest("hex");
  return [account, appid ?? appId ?? "", print.slice(0, markLength)].join(" · ");
}
