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

/**
 * The bill of a whole day that the provider itself delivered and that other bytes would take the place of; null where the file is the
 * same, or stands beside none. Whoever edits a file could take away what does not agree: that is never one person's.
 */
export async function deliveredBill(
  database: Database,
  account: Account,
  { homeStore, kind, day, bytes }: FileInHand,
): Promise<BillStoredRow | null> {
  const row = await database
    .selectFrom("bill")
    .selectAll()
    .where("store", "=", homeStore)
    .where("account", "=", account.id)
    .where("kind", "=", kind)
    .where("day", "=", day)
    .where("state", "=", "current")
    .where("origin", "=", "fetched")
    .executeTakeFirst();
  if (row === undefined || !isWholeDay(row, account.provider.bills.zone)) return null;
  return row.sha256 !== null && Buffer.from(row.sha256).equals(digestOf(bytes)) ? null : row;
}

/** What an approval of a file is bound to: its account, day and bytes. */
export function fileSubject(account: string, { kind, day, bytes }: FileInHand): string {
  return `bill/${account}/${kind}/${day}#${digestOf(bytes).toString("hex").slice(0, 32)}`;
}

/**
 * What the other person reads: the file, and what the rows of the provider's bill and of the file come to, as `rows amount` in minor
 * units. Null where the file cannot be read.
 */
export async function replacedLines(
  { id, provider }: Account,
  before: BillStoredRow,
  file: FileInHand,
): Promise<readonly ApprovalLine[] | null> {
  const after = await countedOf(provider, await provider.billAccount(id), file);
  if (after === null) return null;
  return [
    { label: "account", text: id },
    { label: "what", text: file.name, more: file.day },
    { label: "before", text: sumOf(before.counted as BillTotals | null) },
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

function digestOf(bytes: Uint8Array): Buffer {
  return createHash("sha256").update(bytes).digest();
}
