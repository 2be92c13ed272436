import { createHash } from "node:crypto";
import { sql } from "kysely";
import { parseEntry, type JournalBatch, type JournalReceipt } from "../../contract/journal.ts";
import { headText } from "../../contract/request-signature.ts";
import type { Instant } from "../../domain/clock.ts";
import {
  entryBytesMax,
  follows,
  headAfter,
  type EntryEnvelope,
  type JournalEntry,
  type JournalHead,
} from "../../domain/journal.ts";
import { ok, refuse, type Result } from "../../domain/result.ts";
import { raiseException } from "../books/exceptions.ts";
import { isSignedBy } from "../keys/ed25519.ts";
import type { GatewayParts } from "../parts.ts";
import type { TillPass } from "../routes/passes.ts";
import { inTransaction, type Database } from "../store/database.ts";
import { projectEntry } from "./project.ts";

type IntakeParts = Pick<GatewayParts, "database" | "keys" | "clock">;
type IntakeRefusal = "badRequest" | "badSignature" | "brokenChain";
type Counted = { readonly head: JournalHead; readonly broken: boolean };

/**
 * Takes a batch of a till's journal: each entry once, in order, chained to the one before, kept as the bytes it came in and
 * then projected. What was taken before is passed over; what would leave a gap is left for the next batch. A well-chained
 * entry is never refused; what is not understood waits for a person.
 *
 * @returns the last number held and the gateway's signature over that head
 */
export async function takeBatch(
  parts: IntakeParts,
  till: TillPass,
  batch: JournalBatch,
): Promise<Result<JournalReceipt, IntakeRefusal>> {
  if (batch.series !== till.series) return refuse("badRequest");
  const { number, hash, signature } = batch.head;
  const signedHead = headText({ till: till.id, series: batch.series, number, hash });
  if (!(await isTillsSignature(parts.database, till, signedHead, signature))) return refuse("badSignature");
  const at = parts.clock.now();
  const counted = await inTransaction(parts.database, async (step): Promise<Counted> => {
    const before = await lockedHead(step, till);
    const taken = await takeEntries(step, till, before, batch.entries, at);
    if (taken.head.number !== before.number) await moveHead(step, till, taken.head);
    const isOther = taken.head.number === number && taken.head.hash !== hash;
    if (taken.broken || isOther) await raiseBroken(step, till, taken.head, at);
    return { head: taken.head, broken: taken.broken || isOther };
  });
  if (counted.broken) return refuse("brokenChain");
  const counterSignature = parts.keys.sign(headText({ till: till.id, ...counted.head }, at));
  await keepSignatures(parts.database, till, counted.head, number, signature, counterSignature, at);
  return ok({
    series: batch.series,
    number: counted.head.number,
    hash: counted.head.hash,
    at,
    signature: Buffer.from(counterSignature).toString("base64"),
  });
}

async function isTillsSignature(database: Database, till: TillPass, text: string, signature: string): Promise<boolean> {
  const key = await database
    .selectFrom("till_key")
    .select("public_key")
    .where("till", "=", till.id)
    .where("series", "=", till.series)
    .executeTakeFirstOrThrow();
  return isSignedBy(key.public_key, text, Buffer.from(signature, "base64"));
}

/** The head of the till's series, its row locked until the SQL transaction ends; made from the activation the first time. */
async function lockedHead(step: Database, till: TillPass): Promise<JournalHead> {
  const { activation } = await step
    .selectFrom("till_key")
    .select("activation")
    .where("till", "=", till.id)
    .where("series", "=", till.series)
    .executeTakeFirstOrThrow();
  await step
    .insertInto("journal_head")
    .values({ store: till.store, till: till.id, series: till.series, number: 0, hash: activation })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
  const row = await step
    .selectFrom("journal_head")
    .select(["number", "hash"])
    .where("store", "=", till.store)
    .where("till", "=", till.id)
    .where("series", "=", till.series)
    .forUpdate()
    .executeTakeFirstOrThrow();
  return { series: till.series, number: row.number, hash: Buffer.from(row.hash).toString("hex") };
}

async function takeEntries(
  step: Database,
  till: TillPass,
  from: JournalHead,
  texts: readonly string[],
  at: Instant,
): Promise<Counted> {
  let head = from;
  for (const text of texts) {
    if (Buffer.byteLength(text) > entryBytesMax) return { head, broken: true };
    const parsed = parseEntry(text);
    const envelope = parsed.ok ? parsed.value : parsed.refusal.envelope;
    if (envelope === null || !isOfTill(envelope, till)) return { head, broken: true };
    if (envelope.number <= head.number) {
      if (!(await isHeld(step, till, envelope.number, sha256(text)))) return { head, broken: true };
      continue;
    }
    if (envelope.number > head.number + 1) break;
    if (!follows(head, envelope)) return { head, broken: true };
    head = headAfter(head, text, sha256);
    await keep(step, till, head, text, parsed.ok ? parsed.value.kind : "?", at);
    await understand(step, till, parsed.ok ? parsed.value : null, envelope, at);
  }
  return { head, broken: false };
}

function isOfTill(envelope: EntryEnvelope, till: TillPass): boolean {
  return envelope.till === till.id && envelope.store === till.store && envelope.series === till.series;
}

async function isHeld(step: Database, till: TillPass, number: number, hash: string): Promise<boolean> {
  const row = await step
    .selectFrom("journal_entry")
    .select("hash")
    .where("store", "=", till.store)
    .where("till", "=", till.id)
    .where("series", "=", till.series)
    .where("number", "=", number)
    .executeTakeFirst();
  return row !== undefined && Buffer.from(row.hash).toString("hex") === hash;
}

async function keep(
  step: Database,
  till: TillPass,
  head: JournalHead,
  text: string,
  kind: string,
  at: Instant,
): Promise<void> {
  await step
    .insertInto("journal_entry")
    .values({
      store: till.store,
      till: till.id,
      series: head.series,
      number: head.number,
      bytes: Buffer.from(text),
      hash: Buffer.from(head.hash, "hex"),
      kind,
      quarantined: till.revoked,
      received_at: at,
    })
    .execute();
}

/** What follows from an entry. Whatever goes wrong here never keeps the entry out: it waits for a person. */
async function understand(
  step: Database,
  till: TillPass,
  entry: JournalEntry | null,
  envelope: EntryEnvelope,
  at: Instant,
): Promise<void> {
  const subject = `${till.id}/${envelope.series}/${envelope.number}`;
  const raise = (kind: "entryNotUnderstood" | "quarantined", why: string): Promise<void> =>
    raiseException(
      step,
      { store: till.store, kind, subject, detail: { amount: null, detail: why, staff: envelope.staff } },
      at,
    );
  if (till.revoked) return raise("quarantined", "from a revoked till");
  if (entry === null) return raise("entryNotUnderstood", "of a kind or version this gateway does not know");
  if (entry.mode === "training") return;
  await sql`savepoint entry`.execute(step);
  try {
    await projectEntry(step, entry, at);
    await sql`release savepoint entry`.execute(step);
  } catch (trouble) {
    await sql`rollback to savepoint entry`.execute(step);
    // two tills stood in each other's way: the batch comes again
    if (isConflict(trouble)) throw trouble;
    await raise("entryNotUnderstood", trouble instanceof Error ? trouble.message : String(trouble));
  }
}

/** Deadlock or serialisation failure (PostgreSQL's 40P01 and 40001): nothing is wrong with the entry. */
function isConflict(trouble: unknown): boolean {
  const code = trouble instanceof Error && "code" in trouble ? trouble.code : null;
  return code === "40P01" || code === "40001";
}

async function moveHead(step: Database, till: TillPass, head: JournalHead): Promise<void> {
  await step
    .updateTable("journal_head")
    .set({ number: head.number, hash: Buffer.from(head.hash, "hex") })
    .where("store", "=", till.store)
    .where("till", "=", till.id)
    .where("series", "=", till.series)
    .execute();
}

async function raiseBroken(step: Database, till: TillPass, head: JournalHead, at: Instant): Promise<void> {
  const subject = `${till.id}/${head.series}/${head.number + 1}`;
  const detail = {
    amount: null,
    detail: "the journal sent does not follow the one held: a copy of the till, or a loss",
    staff: null,
  };
  await raiseException(step, { store: till.store, kind: "brokenChain", subject, detail }, at);
}

/** Both signatures of a head that both sides hold; a head of a later entry is signed again with the next batch. */
async function keepSignatures(
  database: Database,
  till: TillPass,
  head: JournalHead,
  number: number,
  tills: string,
  gateways: Uint8Array,
  at: Instant,
): Promise<void> {
  await database
    .updateTable("till_key")
    .set({ heard_at: at })
    .where("till", "=", till.id)
    .where("series", "=", till.series)
    .execute();
  if (head.number !== number || number === 0) return;
  await database
    .insertInto("journal_signature")
    .values({
      store: till.store,
      till: till.id,
      series: head.series,
      number,
      till_signature: Buffer.from(tills, "base64"),
      gateway_signature: gateways,
      at,
    })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
}

function sha256(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}
