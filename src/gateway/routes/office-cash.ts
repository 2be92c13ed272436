import {
  cashFilter,
  depositBack,
  depositBody,
  type CashFilter,
  type OfficeCash,
  safeCountBody,
  type SafeCountedAnswer,
} from "../../contract/cash.ts";
import type { ApprovalLine } from "../../contract/approvals.ts";
import type { Instant } from "../../domain/clock.ts";
import { denominationsOf, worthOf, type NoteCount } from "../../domain/denominations.ts";
import { money, type CurrencyCode } from "../../domain/money.ts";
import { ok, refuse, type Result } from "../../domain/result.ts";
import { entitle, type EntitleRefusal } from "../approvals/entitle.ts";
import { balanceIn } from "../books/balance.ts";
import { accounts } from "../books/ledger.ts";
import { cashPlaceOf, type CashPlace } from "../cash/cash-place.ts";
import { isSlipTaken, makeDeposit, takeBackDeposit, type NewDeposit, type TakeBackRefusal } from "../cash/deposit.ts";
import { oneSafeAtATime } from "../cash/one-safe-at-a-time.ts";
import { countSafe } from "../cash/safe-count.ts";
import { permitsInOffice } from "../office/entitled.ts";
import { officeCash } from "../office/cash/cash.ts";
import { banks } from "../office/settlement/banks.ts";
import type { PaymentEngine } from "../payments/engine.ts";
import { matchBank } from "../settlement/match-bank.ts";
import { payingAccounts } from "../settlement/match-banks.ts";
import { changeSubject } from "../staff/edit-staff.ts";
import { inTransaction, type Database } from "../store/database.ts";
import { officeOf } from "./access.ts";
import { notEntitled } from "./entitling.ts";
import { problem } from "./problem.ts";
import type { OfficePass } from "./passes.ts";
import type { GatewayServer } from "./route.ts";

const looks = { config: { who: { access: "office", act: "seeFigures" } } } as const;
const safe = { config: { who: { access: "office", act: "countSafe", asks: true } } } as const;
const deposits = { config: { who: { access: "office", act: "depositCash", asks: true } } } as const;
const usualDays = 14;

/** A store's cash: drawers, safe and bank; counting the safe, taking cash to the bank and bringing it back. */
export function cashRoutes(server: GatewayServer, engine: PaymentEngine): void {
  const { database, clock } = engine.parts;
  const told = async ({ store, days }: CashFilter, isBlind: boolean): Promise<OfficeCash | null> => {
    const place = await cashPlaceOf(database, store, clock.now());
    return place === null ? null : officeCash(database, place, days === undefined ? usualDays : Number(days), isBlind);
  };
  const list = { schema: { querystring: cashFilter } };
  server.get(
    "/v1/office/cash",
    { ...looks, ...list },
    async ({ query }, reply) => (await told(query, false)) ?? problem(reply, "notFound", noStore),
  );
  server.get(
    "/v1/office/cash/blind",
    { ...safe, ...list },
    async ({ query }, reply) => (await told(query, true)) ?? problem(reply, "notFound", noStore),
  );
  countRoute(server, engine);
  depositRoute(server, engine);
  backRoute(server, engine);
}

function countRoute(server: GatewayServer, { parts }: PaymentEngine): void {
  const { database, clock } = parts;
  server.post("/v1/office/cash/counts", { ...safe, schema: { body: safeCountBody } }, async (request, reply) => {
    const { store, counted, notes, opening = false, approval } = request.body;
    const pass = officeOf(request);
    const at = clock.now();
    const place = await cashPlaceOf(database, store, at);
    if (place === null) return problem(reply, "notFound", noStore);
    if (!addsUp(notes, counted, place.currency)) return problem(reply, "badRequest", notesDiffer);
    const done = await inTransaction(database, async (step): Promise<Result<SafeCountedAnswer, EntitleRefusal>> => {
      const amount = money(counted, place.currency);
      const by = await entitle(step, parts, pass, {
        store,
        act: "countSafe",
        subject: changeSubject(`safe/${store}`, { counted, notes, opening }),
        size: counted,
        amount,
        reason: "",
        shown: [{ label: "where", text: store }],
        approval,
      });
      if (!by.ok) return by;
      const who = { who: pass.staff ?? pass.person, ...by.value };
      const found = await countSafe(step, parts, place, { counted, notes, opening }, who, at);
      return ok({ counted: found.counted, expected: found.expected, opening: found.opening });
    });
    return done.ok ? done.value : notEntitled(reply, done.refusal);
  });
}

type DepositRefusal = EntitleRefusal | "slipTaken" | "moreThanSafe";

function depositRoute(server: GatewayServer, engine: PaymentEngine): void {
  const { database, clock } = engine.parts;
  server.post("/v1/office/cash/deposits", { ...deposits, schema: { body: depositBody } }, async (request, reply) => {
    const { store, amount, notes, approval, slip, takenBy, beyondBooks = false } = request.body;
    const pass = officeOf(request);
    const at = clock.now();
    const place = await cashPlaceOf(database, store, at);
    const bank = (await banks(database, at)).find(({ id }) => id === request.body.bank);
    if (place === null || bank === undefined)
      return problem(reply, "notFound", "There is no such store or bank account.");
    if (!addsUp(notes, amount, place.currency)) return problem(reply, "badRequest", notesDiffer);
    if (!(await worksIn(database, store, takenBy))) return problem(reply, "badRequest", "Name somebody of this store.");
    const wanted = { bank, slip, amount, notes, takenBy, beyondBooks };
    const done = await inTransaction(database, (step) => takeOut(step, engine, pass, place, wanted, approval, at));
    if (done.ok) {
      engine.wake();
      return { id: done.value };
    }
    if (done.refusal === "slipTaken")
      return problem(reply, "taken", "A deposit with that slip number is there already: look at the number again.");
    if (done.refusal === "moreThanSafe")
      return problem(
        reply,
        "nothingLeft",
        "The books have less in the safe: count it, or say that it was there (beyondBooks).",
      );
    return notEntitled(reply, done.refusal);
  });
}

/**
 * Takes it out of the safe. What is more than the books have there is never one person's alone; whoever may not see the balance would
 * find it by trying amounts, so that somebody agrees before they are told that it is too much.
 */
async function takeOut(
  step: Database,
  { parts, accounts: paid }: PaymentEngine,
  pass: OfficePass,
  place: CashPlace,
  wanted: NewDeposit & { readonly bank: { readonly name: string } },
  approval: string | undefined,
  at: Instant,
): Promise<Result<string, DepositRefusal>> {
  const { store, currency } = place;
  const { bank, slip, amount, notes, takenBy, beyondBooks } = wanted;
  if (await isSlipTaken(step, store, wanted)) return refuse("slipTaken");
  await oneSafeAtATime(step, store);
  const isTooMuch = !beyondBooks && (await balanceIn(step, store, accounts.safe)) < amount;
  const isBlind = permitsInOffice(pass, store, "seeFigures") !== "allowed";
  if (isTooMuch && !isBlind) return refuse("moreThanSafe");
  const beyond: ApprovalLine[] = beyondBooks ? [{ label: "beyondBooks", text: "safe" }] : [];
  const by = await entitle(step, parts, pass, {
    store,
    act: "depositCash",
    subject: changeSubject(`deposit/${store}`, { bank: bank.id, slip, amount, notes, takenBy, beyondBooks }),
    size: amount,
    amount: money(amount, currency),
    reason: "",
    shown: [...beyond, { label: "what", text: slip, more: bank.name }, { label: "who", text: takenBy }],
    approval,
    alwaysAsks: beyondBooks || isBlind,
  });
  if (!by.ok) return by;
  if (isTooMuch) return refuse("moreThanSafe");
  const kept = await makeDeposit(step, parts, place, wanted, { who: pass.staff ?? pass.person, ...by.value }, at);
  // the bank may have told of it before it was written down
  if (kept.ok) await matchBank(step, bank, await payingAccounts(step, paid), at);
  return kept;
}

function backRoute(server: GatewayServer, { parts }: PaymentEngine): void {
  const { database, clock } = parts;
  server.post("/v1/office/cash/take-backs", { ...deposits, schema: { body: depositBack } }, async (request, reply) => {
    const { store, id, reason, approval } = request.body;
    const pass = officeOf(request);
    const at = clock.now();
    const place = await cashPlaceOf(database, store, at);
    const known = place === null ? null : await depositIn(database, place, id);
    if (place === null || known === null) return problem(reply, "notFound", "This store has no such deposit.");
    const done = await inTransaction(
      database,
      async (step): Promise<Result<null, EntitleRefusal | TakeBackRefusal>> => {
        const by = await entitle(step, parts, pass, {
          store,
          act: "depositCash",
          subject: changeSubject(`back/${id}`, { reason }),
          size: known.amount,
          amount: money(known.amount, place.currency),
          reason,
          shown: [
            { label: "what", text: known.slip },
            { label: "why", text: reason },
          ],
          approval,
        });
        if (!by.ok) return by;
        const who = { who: pass.staff ?? pass.person, ...by.value };
        return takeBackDeposit(step, parts, place, { id, reason }, who, at);
      },
    );
    if (done.ok) return { id };
    return isBackRefusal(done.refusal)
      ? problem(reply, done.refusal === "notFound" ? "notFound" : "taken", backRefusals[done.refusal])
      : notEntitled(reply, done.refusal);
  });
}

const noStore = "There is no such store.";
const notesDiffer = "The notes and coins do not come to the amount.";
const backRefusals: { readonly [R in TakeBackRefusal]: string } = {
  notFound: "This store has no such deposit on its way.",
  arrived: "The bank has it already: it cannot be taken back.",
  givenUp: "It was given up as missing: it cannot be taken back.",
};

function isBackRefusal(refusal: EntitleRefusal | TakeBackRefusal): refusal is TakeBackRefusal {
  return typeof refusal === "string" && refusal in backRefusals;
}

/** Whether notes that were counted come to the sum; none at all where it was counted as a sum. */
function addsUp(notes: readonly NoteCount[], amount: number, currency: CurrencyCode): boolean {
  if (notes.length === 0) return true;
  const known = new Set(denominationsOf[currency].map(({ worth }) => worth));
  const counts = new Map(notes.map(({ worth, count }) => [worth, count]));
  return (
    counts.size === notes.length &&
    notes.every(({ worth }) => known.has(worth)) &&
    worthOf(counts, currency).amount === amount
  );
}

async function worksIn(database: Database, store: string, staff: string): Promise<boolean> {
  const row = await database
    .selectFrom("staff")
    .innerJoin("staff_role", "staff_role.staff", "staff.id")
    .select("staff.id")
    .where("staff.id", "=", staff)
    .where("staff_role.store", "=", store)
    .where("staff.left_at", "is", null)
    .executeTakeFirst();
  return row !== undefined;
}

async function depositIn(database: Database, { store }: CashPlace, id: string) {
  const row = await database
    .selectFrom("deposit")
    .select(["amount", "slip"])
    .where("store", "=", store)
    .where("id", "=", id)
    .executeTakeFirst();
  return row ?? null;
}
