import { createHash } from "node:crypto";
import type { ApprovalLine } from "../../contract/approvals.ts";
import { BillRefused, type BillKind, type BillTotals } from "../../domain/bills/bill.ts";
import type { Account } from "../payments/accounts.ts";
import { isWholeDay } from "../reconcile/bill-reach.ts";
import type { BillStoredRow } from "../store/bill-tables.ts";
import type { Database } from "../store/database.ts";

/** A file that somebody wants to hand in, whole in memory. */
export type FileInHand = {
  readonly homeStore: string;
  readonly kind: BillKind;
  readonly day: string;
  readonly name: string;
  readonly bytes: Uint8Array;
};

type OfDay = { readonly homeStore: string; readonly kind: BillKind; readonly day: string };

/** The last file of a day that the provider itself delivered when the day was over, and the bill that counts. */
type Delivered = { readonly delivered: BillStoredRow; readonly now: BillStoredRow };

/** Null where the provider never delivered that whole day. What it delivered counts here also before it is read, or where it cannot be. */
async function deliveredOf(
  step: Database,
  account: Account,
  { homeStore, kind, day }: OfDay,
): Promise<Delivered | null> {
  const rows = await step
    .selectFrom("bill")
    .selectAll()
    .where("store", "=", homeStore)
    .where("account", "=", account.id)
    .where("kind", "=", kind)
    .where("day", "=", day)
    .orderBy("version", "desc")
    .execute();
  const delivered = rows.find((row) => row.origin === "fetched" && isWholeDay(row, account.provider.bills.zone));
  if (delivered === undefined) return null;
  return { delivered, now: rows.find(({ state }) => state === "current" || state === "empty") ?? delivered };
}

/**
 * The bill that counts now and that other bytes would take the place of, where the provider itself delivered that whole day at any time;
 * null where it did not, or the file is the last that it delivered, or counts already. Whoever edits a file could take away what does not
 * agree: that is never one person's, and one file that was agreed to makes no other so.
 */
export async function replacedBill(step: Database, account: Account, file: FileInHand): Promise<BillStoredRow | null> {
  const known = await deliveredOf(step, account, file);
  if (known === null) return null;
  const digest = digestOf(file.bytes);
  const isEither = [known.delivered, known.now].some(({ sha256 }) => sha256 !== null && digest.equals(sha256));
  return isEither ? null : known.now;
}

/**
 * What the provider delivered and two people put another file in the place of: they knew it, and the same again is nothing new. Null where
 * it is not so.
 */
export async function setAside(database: Database, account: Account, of: OfDay): Promise<BillStoredRow | null> {
  const known = await deliveredOf(database, account, of);
  if (known === null || known.now.origin !== "handedIn" || known.now.version < known.delivered.version) return null;
  return known.delivered;
}

/** What a file is told from others by. */
export function digestOf(bytes: Uint8Array): Buffer {
  return createHash("sha256").update(bytes).digest();
}

/** What an approval of a file is bound to: its account, day and bytes, and the bill whose place it takes, which the approver has seen too. */
export function fileSubject(account: string, { kind, day, bytes }: FileInHand, { version }: BillStoredRow): string {
  return `bill/${account}/${kind}/${day}/${version}#${digestOf(bytes).toString("hex").slice(0, 32)}`;
}

/**
 * What the other person reads: the file, and what the rows of the provider's bill and of the file come to, as `rows amount` in minor
 * units. Null where the file cannot be read.
 *
 * @param owner the provider's own name of the account. Its keys are looked up for it, so outside of the SQL transaction
 */
export async function replacedLines(
  { id, provider }: Account,
  owner: string,
  before: BillStoredRow,
  file: FileInHand,
): Promise<readonly ApprovalLine[] | null> {
  const after = await countedOf(provider, owner, file);
  if (after === null) return null;
  return [
    { label: "account", text: id, more: provider.channel },
    { label: "what", text: file.name, more: file.day },
    // of one that is not read yet nobody knows what it has
    ...(before.row_count === null
      ? []
      : [{ label: "before" as const, text: sumOf(before.counted as BillTotals | null) }]),
    { label: "after", text: sumOf(after) },
  ];
}

async function countedOf(
  provider: Account["provider"],
  account: string,
  { kind, day, bytes }: FileInHand,
): Promise<BillTotals | null> {
  const source = {
    size: bytes.length,
    announced: null,
    owner: { account, day },
    async *read(start: number, end: number) {
      yield bytes.subarray(start, end);
    },
  };
  let counted: BillTotals | null = null;
  try {
    for await (const part of provider.readBill(kind, source)) if (part.kind === "end") counted = part.counted;
  } catch (trouble) {
    if (trouble instanceof BillRefused) return null;
    throw trouble;
  }
  return counted;
}

function sumOf(counted: BillTotals | null): string {
  const amount = counted?.receivable ?? counted?.amount ?? counted?.moneyIn ?? 0;
  return `${counted?.rows ?? 0} ${amount}`;
}
