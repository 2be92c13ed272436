import { createHash } from "node:crypto";
import type { AuditAct } from "../../contract/audit.ts";
import type { Instant, Random } from "../../domain/clock.ts";
import { crockford, randomCrockford } from "../../domain/identifier.ts";
import { json, type Database } from "../store/database.ts";

/** What stands in place of a store's id where something holds in all of them. */
export const wholeChain = "chain";

/** One thing that a person changed or decided. Neither `before` nor `after` ever holds a secret: no PIN, password, code or key. */
export type Audited = {
  /** The store it holds in; null for the whole chain. */
  readonly store: string | null;
  /** `owner` or a staff id; null where nobody known did it, such as a refused sign-in. */
  readonly who: string | null;
  readonly act: AuditAct;
  /** The id of what was changed: a person, a till, an account, an approval. */
  readonly subject: string;
  readonly before?: unknown;
  readonly after?: unknown;
  readonly reason?: string | null;
  /** Who agreed, where another person was needed. */
  readonly secondPerson?: string | null;
  readonly at: Instant;
};

/** 13 digits of time put entries in order; 12 random characters keep those of one millisecond apart. */
const timeDigits = 13;
const randomLength = 12;

/** Writes `entry` into the audit log, in the SQL transaction of what caused it: both stand, or neither does. */
export async function audit(step: Database, random: Random, entry: Audited): Promise<void> {
  await write(step, randomCrockford(random, randomLength), entry);
}

/** As `audit`, for what may be told twice: the same `source` of the same time and store stands there once. */
export async function auditOnce(step: Database, source: string, entry: Audited): Promise<void> {
  const digest = createHash("sha256").update(source).digest().subarray(0, randomLength);
  await write(step, [...digest].map((byte) => crockford.charAt(byte % crockford.length)).join(""), entry);
}

async function write(step: Database, unique: string, entry: Audited): Promise<void> {
  await step
    .insertInto("audit_entry")
    .values({
      store: entry.store ?? wholeChain,
      id: String(entry.at).padStart(timeDigits, "0") + unique,
      at: entry.at,
      who: entry.who,
      act: entry.act,
      subject: entry.subject,
      before: entry.before === undefined ? null : json(entry.before),
      after: entry.after === undefined ? null : json(entry.after),
      reason: entry.reason ?? null,
      second_person: entry.secondPerson ?? null,
    })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
}
