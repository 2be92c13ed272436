import type { AloneRow } from "../../contract/approvals.ts";
import type { Instant } from "../../domain/clock.ts";
import { randomCrockford, type StoreId } from "../../domain/identifier.ts";
import { money, type CurrencyCode, type Money } from "../../domain/money.ts";
import { ruleOf } from "../../domain/permissions.ts";
import type { Act } from "../../domain/staff.ts";
import { businessDateOf } from "../../domain/till-session.ts";
import { audit } from "../audit/audit.ts";
import { permitsInOffice } from "../office/entitled.ts";
import { namesOf } from "../office/person.ts";
import { ownerId } from "../office/owner.ts";
import type { GatewayParts } from "../parts.ts";
import type { OfficePass } from "../routes/passes.ts";
import type { Database } from "../store/database.ts";
import { identityOf } from "./entitled-people.ts";

/** Something that somebody did alone where another person is the rule. */
export type DoneAlone = {
  readonly store: string;
  readonly act: Act;
  readonly subject: string;
  readonly size: number;
  readonly amount: Money | null;
  readonly reason: string;
  readonly who: string;
  readonly till: string | null;
};
/** At most this many are listed; the count is of all. */
const listedMax = 200;
const idLength = 26;

/** Puts it on the list that another person reviews. */
export async function noteAlone(
  step: Database,
  parts: Pick<GatewayParts, "clock" | "random">,
  done: DoneAlone,
): Promise<void> {
  const id = randomCrockford(parts.random, idLength);
  await listAloneAs(step, done, { id, at: parts.clock.now(), businessDate: null });
}

/** The same under an approval's own id, so that it stands there once. `businessDate`: null is the store's at `at`. */
export async function listAloneAs(
  step: Database,
  done: DoneAlone,
  { id, at, businessDate }: { readonly id: string; readonly at: Instant; readonly businessDate: string | null },
): Promise<void> {
  await step
    .insertInto("act_alone")
    .values({
      store: done.store,
      id,
      act: done.act,
      subject: done.subject,
      size: done.size,
      amount: done.amount?.amount ?? null,
      currency: done.amount?.currency ?? "CNY",
      reason: done.reason,
      who: done.who,
      till: done.till,
      business_date: businessDate ?? (await todayIn(step, done.store, at)),
      at,
      reviewed_by: null,
      reviewed_at: null,
      note: null,
    })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
}

/** How often `who` did `act` alone in the store on this business day, against what their role may. */
export async function timesAloneOn(step: Database, at: Instant, store: string, who: string, act: Act) {
  const { n } = await step
    .selectFrom("act_alone")
    .select(({ fn }) => fn.countAll<number>().as("n"))
    .where("store", "=", store)
    .where("business_date", "=", await todayIn(step, store, at))
    .where("who", "=", who)
    .where("act", "=", act)
    .executeTakeFirstOrThrow();
  return {
    isBelow(permissions: OfficePass["permissions"], roles: OfficePass["roles"]): boolean {
      const role = roles.get(store as StoreId);
      const times = role === undefined ? 0 : (ruleOf(role, act, permissions.get(store as StoreId)).alone?.times ?? 0);
      return Number(n) < times;
    },
  };
}

/** What was done alone in `stores`, the unreviewed first, then the newest. */
export async function listAlone(
  database: Database,
  pass: OfficePass,
  stores: readonly string[],
): Promise<{ readonly acts: AloneRow[]; readonly open: number }> {
  if (stores.length === 0) return { acts: [], open: 0 };
  const names = await namesOf(database);
  const rows = await database
    .selectFrom("act_alone")
    .selectAll()
    .where("store", "in", stores)
    .orderBy(({ eb }) => eb("reviewed_at", "is not", null))
    .orderBy("at", "desc")
    .limit(listedMax)
    .execute();
  return {
    acts: rows.map((row) => ({
      id: row.id,
      store: row.store as StoreId,
      act: row.act as Act,
      subject: row.subject,
      amount: row.amount === null ? null : money(row.amount, row.currency as CurrencyCode),
      size: row.size,
      reason: row.reason,
      who: row.who,
      whoName: names.get(row.who) ?? row.who,
      businessDate: row.business_date,
      at: row.at as Instant,
      reviewedByName: row.reviewed_by === null ? null : (names.get(row.reviewed_by) ?? row.reviewed_by),
      reviewedAt: row.reviewed_at as Instant | null,
      note: row.note,
      isMine: isAnother(pass, row.who) && permitsInOffice(pass, row.store, "reviewAlone") === "allowed",
    })),
    open: await openAlone(database, stores),
  };
}

/** How many acts done alone wait for another person: shown with every close of a store. */
export async function openAlone(database: Database, stores: readonly string[]): Promise<number> {
  if (stores.length === 0) return 0;
  const { n } = await database
    .selectFrom("act_alone")
    .select(({ fn }) => fn.countAll<number>().as("n"))
    .where("store", "in", stores)
    .where("reviewed_at", "is", null)
    .executeTakeFirstOrThrow();
  return Number(n);
}

/** Says that somebody else has looked at it; false when there is none that waits, or it is one's own. */
export async function reviewAlone(
  step: Database,
  { clock, random }: Pick<GatewayParts, "clock" | "random">,
  pass: OfficePass,
  id: string,
  note: string,
): Promise<boolean> {
  const at = clock.now();
  const row = await step.selectFrom("act_alone").selectAll().where("id", "=", id).forUpdate().executeTakeFirst();
  if (row === undefined || row.reviewed_at !== null || !isAnother(pass, row.who)) return false;
  if (permitsInOffice(pass, row.store, "reviewAlone") !== "allowed") return false;
  await step
    .updateTable("act_alone")
    .set({ reviewed_by: identityOf(pass), reviewed_at: at, note: note === "" ? null : note })
    .where("store", "=", row.store)
    .where("id", "=", id)
    .execute();
  const { store, subject, reason } = row;
  const after = { act: row.act, who: row.who, note };
  await audit(step, random, { store, who: identityOf(pass), act: "aloneReviewed", subject, after, reason, at });
  return true;
}

/** Whether `who` is somebody else than whoever is signed in; the owner is one person with and without a PIN. */
export function isAnother(pass: OfficePass, who: string): boolean {
  return who !== identityOf(pass) && !(pass.isOwner && who === ownerId);
}

async function todayIn(step: Database, store: string, at: Instant): Promise<string> {
  const { zone, cut_minute } = await step
    .selectFrom("store")
    .select(["zone", "cut_minute"])
    .where("id", "=", store)
    .executeTakeFirstOrThrow();
  return businessDateOf(at, { zone, cutMinute: cut_minute });
}
