import { deadlineAheadMaxMs, gatewayAnswerMs, type ChargeRequest, type PaymentBody } from "../../contract/payment.ts";
import type { ProblemCode } from "../../contract/problem.ts";
import { sleep, type Instant } from "../../domain/clock.ts";
import { tagOf, type PaymentId, type StoreId } from "../../domain/identifier.ts";
import { money } from "../../domain/money.ts";
import { paymentCodeChannel } from "../../domain/payment-code.ts";
import { ok, refuse, type Result } from "../../domain/result.ts";
import { businessDateOf } from "../../domain/till-session.ts";
import type { TillPass } from "../routes/passes.ts";
import { secret, type Secret } from "../secret.ts";
import { inTransaction, type Database } from "../store/database.ts";
import type { Account } from "./accounts.ts";
import { applyEvent } from "./apply-event.ts";
import { bodyOf, type Attempt } from "./attempt.ts";
import { insertAttempt, readAttempt, tellStory } from "./attempt-store.ts";
import { announce, keepRunning, type PaymentEngine } from "./engine.ts";
import { eventOf, wordOf } from "./outcome.ts";
import { planWatch, rebaseWatch } from "./watch-plan.ts";

type Taken = { readonly body: PaymentBody };

/**
 * PUT /v1/payments/{id}: charges once. An id that is there answers its state, whatever code comes along; the deadline is
 * checked on arrival and again before the provider is asked; after 8 s the answer is what is known, and the exchange runs on.
 */
export async function charge(
  engine: PaymentEngine,
  till: TillPass,
  id: PaymentId,
  request: ChargeRequest,
): Promise<Result<Taken, ProblemCode>> {
  const { clock, database } = engine.parts;
  if (tagOf(id) !== till.tag) return refuse("otherTag");
  const known = await readAttempt(database, till.store, id);
  if (known !== null) return again(engine, known, request);
  const now = clock.now();
  if (request.deadline > now + deadlineAheadMaxMs) return refuse("clock");
  if (paymentCodeChannel(request.code) !== request.channel) return refuse("codeInvalid");
  const [account, store] = await Promise.all([
    engine.accounts.forStore(database, till.store, request.channel),
    readStore(database, till.store),
  ]);
  if (account === null) return refuse("channelUnavailable");
  const isOver = request.deadline < now;
  const fresh = newAttempt(store, till, id, request, account, now, isOver);
  const inserted = await insert(engine, fresh, till, request, account, now);
  if (!inserted) {
    const other = await readAttempt(database, till.store, id);
    return other === null ? refuse("internal") : again(engine, other, request);
  }
  announce(engine, fresh);
  if (isOver) return refuse("deadlinePassed");
  const work = ask(engine, fresh, store.name, till, request, account);
  await Promise.race([keepRunning(engine, work), sleep(clock, gatewayAnswerMs)]);
  const after = await readAttempt(database, till.store, id);
  return after === null ? refuse("internal") : ok({ body: bodyOf(after, account.timings) });
}

/** The second PUT of an id: its state, or a refusal when it speaks of something else. */
async function again(
  engine: PaymentEngine,
  known: Attempt,
  request: ChargeRequest,
): Promise<Result<Taken, ProblemCode>> {
  // a tombstone knows the sale only
  const isOther =
    (known.sale !== null && known.sale !== request.sale.id) ||
    (known.amount !== null &&
      (known.amount.amount !== request.amount ||
        known.amount.currency !== request.currency ||
        known.channel !== request.channel));
  if (isOther) return refuse("differentRequest");
  const timings =
    known.account === null ? null : (await engine.accounts.byId(engine.parts.database, known.account)).timings;
  return ok({ body: bodyOf(known, timings) });
}

type Store = { readonly name: string; readonly zone: string; readonly cut_minute: number };

function readStore(database: Database, store: StoreId): Promise<Store> {
  return database
    .selectFrom("store")
    .select(["name", "zone", "cut_minute"])
    .where("id", "=", store)
    .executeTakeFirstOrThrow();
}

function newAttempt(
  store: Store,
  till: TillPass,
  id: PaymentId,
  request: ChargeRequest,
  account: Account,
  now: Instant,
  isOver: boolean,
): Attempt {
  return {
    store: till.store,
    id,
    till: till.id,
    sale: request.sale.id,
    account: account.id,
    channel: request.channel,
    amount: money(request.amount, request.currency),
    state: { kind: isOver ? "closed" : "submitted" },
    freed: false,
    version: 1,
    memo: {
      base: (now + account.timings.chargeWithinMs) as Instant,
      queries: 0,
      reversals: 0,
      captured: null,
      abandoned: false,
      lateQueried: false,
    },
    snapshot: request.sale,
    businessDate: businessDateOf(now, { zone: store.zone, cutMinute: store.cut_minute }),
    createdAt: now,
  };
}

/** Stores the attempt, its story's beginning and the job that looks after it, before anything is sent. */
async function insert(
  engine: PaymentEngine,
  attempt: Attempt,
  till: TillPass,
  request: ChargeRequest,
  account: Account,
  now: Instant,
): Promise<boolean> {
  const codeHash = engine.parts.keys.hash("paymentCode", request.code);
  return inTransaction(engine.parts.database, async (step) => {
    const inserted = await insertAttempt(step, {
      attempt,
      series: till.series,
      journalNumber: request.entry.number,
      deadline: request.deadline,
      codeHash,
    });
    if (!inserted) return false;
    await step
      .insertInto("payment_code_seen")
      .values({ store: attempt.store, code_hash: codeHash, attempt: attempt.id, at: now })
      .onConflict((conflict) => conflict.doNothing())
      .execute();
    const isOver = attempt.state.kind === "closed";
    await tellStory(step, attempt, now, isOver ? "deadlinePassed" : "submitted", {
      channel: attempt.channel,
      amount: request.amount,
      till: till.label,
    });
    if (!isOver) await planWatch(step, attempt, account.timings);
    return true;
  });
}

async function ask(
  engine: PaymentEngine,
  attempt: Attempt,
  shop: string,
  till: TillPass,
  request: ChargeRequest,
  account: Account,
): Promise<void> {
  const code: Secret = secret(request.code);
  // Storing the attempt may have waited for a connection: nothing is sent after the deadline.
  if (engine.parts.clock.now() > request.deadline)
    return finish(engine, attempt, account, { kind: "closed" }, "deadlinePassed", {});
  const { provider, timings } = account;
  const outcome = await provider.charge(
    {
      id: attempt.id,
      accountId: account.id,
      amount: money(request.amount, request.currency),
      withinMs: timings.chargeWithinMs,
      code,
      description: shop,
      storeOutId: attempt.store,
      tillLabel: till.label,
    },
    new AbortController().signal,
  );
  await finish(engine, attempt, account, eventOf(outcome, attempt), "charged", wordOf(outcome));
}

async function finish(
  engine: PaymentEngine,
  attempt: Attempt,
  account: Account,
  event: Parameters<typeof applyEvent>[3],
  kind: string,
  detail: unknown,
): Promise<void> {
  const { clock, database } = engine.parts;
  const now = clock.now();
  const step = await inTransaction(database, async (inner) => {
    const applied = await applyEvent(
      inner,
      attempt.store,
      attempt.id,
      event,
      { kind, detail, memo: { base: now } },
      now,
    );
    if (applied !== null) await rebaseWatch(inner, engine, applied.attempt, account.timings);
    return applied;
  });
  if (step === null) return;
  if (step.changed) announce(engine, step.attempt);
  engine.wake();
}
