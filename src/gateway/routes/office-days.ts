import { dayClose, monthLock, storeDaysFilter, storeMonthsFilter } from "../../contract/store-close.ts";
import type { Instant } from "../../domain/clock.ts";
import { ok, refuse, type Result } from "../../domain/result.ts";
import { businessDateOf } from "../../domain/till-session.ts";
import { entitle, type EntitleRefusal } from "../approvals/entitle.ts";
import { audit } from "../audit/audit.ts";
import { closeDay, type CloseRefusal } from "../close/close-day.ts";
import { lockMonth, storeMonths, unlockedUpTo, whyNotLocked, type LockRefusal } from "../close/lock-month.ts";
import { storeDays } from "../office/days.ts";
import type { GatewayParts } from "../parts.ts";
import { inTransaction, type Database } from "../store/database.ts";
import { officeOf } from "./access.ts";
import { notEntitled } from "./entitling.ts";
import { problem } from "./problem.ts";
import type { GatewayServer } from "./route.ts";

const looks = { config: { who: { access: "office", act: "seeFigures" } } } as const;
const closes = { config: { who: { access: "office", act: "closeStore" } } } as const;
const locks = { config: { who: { access: "office", act: "lockMonth", asks: true } } } as const;

/** A store's business days: what is open of them, closing them, locking months. */
export function dayRoutes(server: GatewayServer, parts: GatewayParts, wake: () => void): void {
  const { database, clock } = parts;
  server.get("/v1/office/days", { ...looks, schema: { querystring: storeDaysFilter } }, async (request) =>
    storeDays(database, request.query),
  );

  server.post("/v1/office/days", { ...closes, schema: { body: dayClose } }, async (request, reply) => {
    const { store, day, reason } = request.body;
    const at = clock.now();
    const today = await todayOf(database, store, at);
    if (today === null) return problem(reply, "notFound", "There is no such store.");
    const by = officeOf(request).person;
    const closed = await inTransaction(database, (step) =>
      closeDay(step, parts, { store, day, today, by, secondPerson: null, reason }, at),
    );
    if (!closed.ok) return problem(reply, "badRequest", refusals[closed.refusal]);
    wake();
    return storeDays(database, { store, from: day, to: day });
  });

  monthRoutes(server, parts);
}

/** A store's months: which are locked, which may be, and locking one. */
function monthRoutes(server: GatewayServer, parts: GatewayParts): void {
  const { database, clock } = parts;
  server.get("/v1/office/months", { ...looks, schema: { querystring: storeMonthsFilter } }, async (request, reply) => {
    const { store } = request.query;
    const today = await todayOf(database, store, clock.now());
    if (today === null) return problem(reply, "notFound", "There is no such store.");
    return storeMonths(database, { store, today });
  });

  server.post("/v1/office/months", { ...locks, schema: { body: monthLock } }, async (request, reply) => {
    const { store, month, approval } = request.body;
    const pass = officeOf(request);
    const at = clock.now();
    const today = await todayOf(database, store, at);
    if (today === null) return problem(reply, "notFound", "There is no such store.");
    const done = await inTransaction(database, async (step): Promise<Result<null, EntitleRefusal | LockRefusal>> => {
      // nobody is asked to agree to what cannot be
      const why = await whyNotLocked(step, { store, month, today });
      if (why !== null) return refuse(why);
      // all before it that are not locked are locked with it: a yes is to all of them
      const [first] = await unlockedUpTo(step, store, month);
      if (first === undefined) return ok(null);
      const by = await entitle(step, parts, pass, {
        store,
        act: "lockMonth",
        subject: `month/${store}/${first === month ? month : `${first}/${month}`}`,
        size: 0,
        amount: null,
        reason: "",
        shown: [{ label: "what", text: first === month ? month : `${first} – ${month}` }],
        approval,
      });
      if (!by.ok) return by;
      const { secondPerson } = by.value;
      const locked = await lockMonth(step, { store, month, today, by: pass.person, secondPerson }, at);
      if (!locked.ok) return locked;
      for (const each of locked.value) {
        const subject = `month/${each}`;
        await audit(step, parts.random, { store, who: pass.person, act: "monthLocked", subject, secondPerson, at });
      }
      return ok(null);
    });
    if (done.ok) return storeMonths(database, { store, today });
    if (done.refusal === "dayOpen" || done.refusal === "monthNotOver" || done.refusal === "beforeFirst")
      return problem(reply, "badRequest", lockRefusals[done.refusal]);
    return notEntitled(reply, done.refusal);
  });
}

/** The business day that runs now in a store; null where there is no such store. */
async function todayOf(database: Database, store: string, at: Instant): Promise<string | null> {
  const row = await database
    .selectFrom("store")
    .select(["zone", "cut_minute"])
    .where("id", "=", store)
    .executeTakeFirst();
  return row === undefined ? null : businessDateOf(at, { zone: row.zone, cutMinute: row.cut_minute });
}

const lockRefusals: { readonly [R in LockRefusal]: string } = {
  dayOpen: "A day of that month, or of one before it, is not closed yet.",
  beforeFirst: "Nothing was posted up to that month: there is nothing to lock.",
  monthNotOver: "That month is not over yet: lock it when its last day is over.",
};

const refusals: { readonly [R in CloseRefusal]: string } = {
  closedAlready: "That day is closed already.",
  earlierOpen: "An earlier day is open: close that one first.",
  notOver: "That day is not over yet.",
  monthLocked: "That month is locked.",
};
