import { deadlineAheadMaxMs, gatewayAnswerMs, type ChargeRequest, type PaymentBody } from "../../contract/payment.ts";
import type { ProblemCode } from "../../contract/problem.ts";
import { plusMs, sleep, type Instant } from "../../domain/clock.ts";
import { tagOf, type PaymentId, type StoreId } from "../../domain/identifier.ts";
import { money } from "../../domain/money.ts";
import { paymentCodeChannel } from "../../domain/payment-code.ts";
import { ok, refuse, type Result } from "../../domain/result.ts";
import { businessDateOf } from "../../domain/till-session.ts";
import type { TillPass } from "../routes/passes.ts";
import type { PromptRequest } from "../provider.ts";
import { secret } from "../secret.ts";
import { inTransaction, type Database } from "../store/database.ts";
import type { Account } from "./accounts.ts";
import { applyEvent } from "./apply-event.ts";
import { bodyOf, freshMemo, type Attempt } from "./attempt.ts";
import { insertAttempt, readAttempt, tellStory } from "./attempt-store.ts";
import { announce, keepRunning, type PaymentEngine } from "./engine.ts";
import { eventOf, wordOf } from "./outcome.ts";
import { notifyUrl } from "./notify-url.ts";
import { codeLivesMs, planWatch, providerOutlivesMs, rebaseWatch } from "./watch-plan.ts";

type Taken = { readonly body: PaymentBody };

/**
 * PUT /v1/payments/{id}: charges the payer's code once, or has the provider make a code that the shop shows. An id that is there answers its state, whatever code comes along; the deadline is
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
  if (request.code !== null && paymentCodeChannel(request.code) !== request.channel) return refuse("codeInvalid");
  if (request.tip >= request.amount) return refuse("badRequest");
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
        known.presentment !== presentmentOf(request) ||
        known.amount.currency !== request.currency ||
        known.channel !== request.channel));
  if (isOther) return refuse("differentRequest");
  const timings =
    known.account === null ? null : (await engine.accounts.byId(engine.parts.database, known.account)).timings;
  return ok({ body: bodyOf(known, timings) });
}

function presentmentOf(request: Pick<ChargeRequest, "code">): Attempt["presentment"] {
  return request.code === null ? "merchant" : "consumer";
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
    presentment: presentmentOf(request),
    amount: money(request.amount, request.currency),
    state: { kind: isOver ? "closed" : "submitted" },
    freed: false,
    version: 1,
    memo: {
      ...freshMemo,
      base: plusMs(now, account.timings.chargeWithinMs),
      closeGivesBack: account.provider.closeGivesBack,
      tip: request.tip,
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
  const codeHash = request.code === null ? null : engine.parts.keys.hash("paymentCode", request.code);
  return inTransaction(engine.parts.database, async (step) => {
    const inserted = await insertAttempt(step, {
      attempt,
      series: till.series,
      journalNumber: request.entry.number,
      deadline: request.deadline,
      codeHash,
    });
    if (!inserted) return false;
    if (codeHash !== null)
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
  // Storing the attempt may have waited for a connection: nothing is sent after the deadline.
  if (engine.parts.clock.now() > request.deadline)
    return finish(engine, attempt, account, { kind: "closed" }, { kind: "deadlinePassed", detail: {} });
  const order = {
    id: attempt.id,
    accountId: account.id,
    amount: money(request.amount, request.currency),
    withinMs: account.timings.chargeWithinMs,
    description: shop,
    storeOutId: attempt.store,
    tillLabel: till.label,
  };
  if (request.code === null) return showCode(engine, attempt, account, order);
  const charged = { ...order, code: secret(request.code) };
  const outcome = await account.provider.charge(charged, new AbortController().signal);
  await finish(engine, attempt, account, eventOf(outcome, attempt), { kind: "charged", detail: wordOf(outcome) });
}

/** Has the provider make the order and the code that the shop shows; it ends there a little later than here. */
async function showCode(
  engine: PaymentEngine,
  attempt: Attempt,
  account: Account,
  order: Omit<PromptRequest, "notifyUrl" | "expiresAt">,
): Promise<void> {
  const { clock, config } = engine.parts;
  const expiresAt = plusMs(clock.now(), codeLivesMs(account.timings));
  const outcome = await account.provider.prompt(
    {
      ...order,
      notifyUrl: notifyUrl(config, account.id, attempt.store),
      expiresAt: plusMs(expiresAt, providerOutlivesMs),
    },
    new AbortController().signal,
  );
  if (outcome.kind === "codeReady")
    return finish(
      engine,
      attempt,
      account,
      { kind: "payerPrompted" },
      { kind: "codeShown", detail: { outcome: "payerPrompted" }, prompt: { content: outcome.content, expiresAt } },
    );
  await finish(engine, attempt, account, eventOf(outcome, attempt), { kind: "charged", detail: wordOf(outcome) });
}

type Finished = {
  readonly kind: string;
  readonly detail: unknown;
  readonly prompt?: NonNullable<Attempt["memo"]["prompt"]>;
};

async function finish(
  engine: PaymentEngine,
  attempt: Attempt,
  account: Account,
  event: Parameters<typeof applyEvent>[3],
  { kind, detail, prompt }: Finished,
): Promise<void> {
  const { clock, database } = engine.parts;
  const now = clock.now();
  const step = await inTransaction(database, async (inner) => {
    const applied = await applyEvent(
      inner,
      attempt.store,
      attempt.id,
      event,
      { kind, detail, memo: { base: now, ...(prompt === undefined ? {} : { prompt }) } },
      now,
    );
    if (applied !== null) await rebaseWatch(inner, engine, applied.attempt, account.timings);
    return applied;
  });
  if (step === null) return;
  if (step.changed) announce(engine, step.attempt);
  engine.wake();
}
