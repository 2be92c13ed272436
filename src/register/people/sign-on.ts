import { signOnAnswer } from "../../contract/sign-on.ts";
import { makeId, type SessionId, type StaffId } from "../../domain/identifier.ts";
import { plusMs } from "../../domain/clock.ts";
import { compare, money, type Money } from "../../domain/money.ts";
import { ok, refuse, type Result } from "../../domain/result.ts";
import { amountSlip } from "../../domain/slip.ts";
import { isPinForm, lockedUntil, type StaffMember } from "../../domain/staff.ts";
import { businessDateOf, isCutPassed, sessionAfter, type TillSession } from "../../domain/till-session.ts";
import { emptyTally, type SessionRow } from "../../storage/database.ts";
import type { LedgerTransaction } from "../../storage/ledger.ts";
import { askForPersistence } from "../../storage/persistence.ts";
import { asksOnce } from "../ask-once.ts";
import { breakOn, hasTicket, inOrder, showSale, type Core } from "../core.ts";
import { setOnline } from "../lead.ts";
import { refreshPeople } from "./people.ts";
import { closeSession } from "../shift/close-session.ts";
import { countLateIn } from "../shift/late-sales.ts";
import type { SignOnRefusal } from "./asking.ts";

/** A business date this far ahead of the gateway's is a wrong clock's, not a cut passed a moment ago. */
const aheadGraceMs = 3_600_000;
/** How often an idle till looks whether the business day is over. */
const cutLookMs = 60_000;
/** An online check of a PIN may take this long; then the till checks by itself. */
const onlineCheckMs = 3_000;

/** Signing off waits so long for its turn: writing takes less, and what takes longer waits for another's answer. */
const signOffWithinMs = 300;

/** Signs a person on: right PIN, then the till's session is opened, taken over, or closed at the cut and opened anew. */
export async function signOn(core: Core, staff: StaffId, pin: string): Promise<void> {
  core.state.patch({ signOn: { busy: true, refusal: null } });
  const checked = await checkPin(core, staff, pin);
  if (!checked.ok) {
    await refreshPeople(core);
    return core.state.patch({ signOn: { busy: false, refusal: checked.refusal } });
  }
  // what the leading window pulled meanwhile holds in this one too: the list, and who may do what
  await refreshPeople(core);
  const opened = await joinSession(core, checked.value);
  if (opened === null) return core.state.patch({ signOn: { busy: false, refusal: null } });
  const { sale } = core.state.get();
  if (sale !== null && sale.liveAttempt === null) showSale(core, { ...sale, staff: checked.value.id });
  const persisted = await askForPersistence(core.ports.persistence);
  const { storage } = core.state.get();
  core.state.patch({
    who: checked.value,
    phase: opened === "joined" ? "selling" : "openShift",
    signOn: { busy: false, refusal: null },
    storage: { ...storage, persisted },
    counter: { kind: "goods" },
    cutPassed: opened === "joined" && isCutNow(core),
  });
  watchCut(core, checked.value);
}

/** While nothing is sold the end of the business day is noticed by itself, in place and between two sales. */
function watchCut(core: Core, who: StaffMember): void {
  core.ports.clock.after(cutLookMs, () => {
    if (core.state.get().who !== who) return;
    void inOrder(core, async () => {
      if (core.state.get().phase === "selling" && !hasTicket(core)) await closeAtCut(core);
    });
    watchCut(core, who);
  });
}

/**
 * Leaves the till to the next person; the session goes on. Not while a sale is open. In its turn, so that what is being written
 * stays this person's and no ticket opens behind nobody; what asks somebody else is not waited for, and looks by itself who is
 * signed on when it goes on.
 */
export async function signOff(core: Core): Promise<void> {
  const { who } = core.state.get();
  let isOver = false;
  const turn = (): void => {
    if (!isOver && who !== null && core.state.get().who === who) leaveTill(core);
    isOver = true;
  };
  const cancel = core.ports.clock.after(signOffWithinMs, turn);
  await inOrder(core, async () => turn());
  cancel();
}

function leaveTill(core: Core): void {
  if (hasTicket(core)) return core.state.patch({ notice: { kind: "refused", why: "notNow" } });
  showSale(core, null);
  core.state.patch({ who: null, phase: "signOn", notice: null, undo: null, counter: { kind: "goods" } });
}

/**
 * Whether `pin` is that person's: asked of the gateway when it answers, else checked here against the list it sent. Wrong
 * tries are counted in the ledger and journalled; five lock the person out for a growing time.
 */
export async function checkPin(
  core: Core,
  staff: StaffId,
  pin: string,
  asking: { readonly asker?: StaffId } = {},
): Promise<Result<StaffMember, SignOnRefusal | "knownPin">> {
  const { ledger, client } = core.ports;
  if (!isPinForm(pin)) return refuse("badForm");
  const known = await ledger.run(async (database) => ({
    install: await database.install.get("install"),
    list: (await database.staff.get("staff"))?.list,
    tries: await database.pin.get(staff),
  }));
  if (!known.ok) return refuse("listExpired");
  const { install, list, tries } = known.value;
  const person = list?.staff.find((each) => each.id === staff);
  if (install === undefined || list === undefined || person === undefined) return refuse("unknownPerson");
  if ((tries?.lockedUntil ?? 0) > core.ports.offset.gatewayNow()) return refuse("locked");
  const answer = await client.ask(
    { method: "POST", path: "/v1/sign-ons", body: { v: 1, staff, pin, ...asking }, withinMs: onlineCheckMs },
    signOnAnswer,
  );
  // A window that does not lead would else believe itself offline until the leading one is next heard.
  if (answer.kind !== "silence") setOnline(core, true);
  if (answer.kind === "problem" && answer.problem.code === "locked") {
    // The gateway locks at the same count; the till keeps it too, so that a reload without the network does not lift it.
    await countTry(core, staff, false);
    return refuse("locked");
  }
  if (answer.kind === "problem" && answer.problem.code === "knownPin") {
    await countTry(core, staff, true);
    return refuse("knownPin");
  }
  if (answer.kind !== "answer" && list.validUntil < core.ports.offset.gatewayNow()) return refuse("listExpired");
  const online =
    answer.kind === "answer" ? true : answer.kind === "problem" && answer.problem.code === "wrongPin" ? false : null;
  const right = online ?? (await core.ports.pinCheck(install, person.salt, person.verifier, pin));
  await countTry(core, staff, right);
  return right ? ok({ id: person.id, name: person.name, role: person.role }) : refuse("wrongPin");
}

/** Counts a try of a PIN, within the transaction, so that two windows never lose one. */
export async function countTry(core: Core, staff: StaffId, right: boolean): Promise<void> {
  const written = await core.ports.ledger.transact(async (transaction) => {
    const before = (await transaction.database.pin.get(staff))?.wrongTries ?? 0;
    if (right) return before === 0 ? undefined : transaction.database.pin.delete(staff);
    const wrongTries = before + 1;
    const until = lockedUntil(wrongTries, transaction.gatewayAt);
    await transaction.database.pin.put({ staff, wrongTries, lockedUntil: until });
    await transaction.append({ kind: "pinRefused", body: { person: staff, wrongTries, lockedUntil: until } });
  });
  if (!written.ok) breakOn(core, written.refusal);
}

/**
 * Takes part in the till's shift: the one that is open, or `none` when one must be opened with its float. A shift whose business
 * date a wrong clock had put ahead ends uncounted, and the next begins with what is in the drawer.
 */
async function joinSession(core: Core, who: StaffMember): Promise<"joined" | "none" | null> {
  const written = await core.ports.ledger.transact(async (transaction) => {
    const current = transaction.session?.session ?? null;
    if (current === null || current.state === "closed") return "none";
    const rule = dayRule(transaction);
    if (businessDateOf(plusMs(transaction.gatewayAt, aheadGraceMs), rule) < current.businessDate) {
      const shift = await closeSession(transaction);
      await openNew(core, transaction, who.id, shift?.cash.expected ?? money(0, current.float.currency), true);
      return "joined";
    }
    if (current.staff === who.id) return "joined";
    const taken = sessionAfter(current, { kind: "changeCashier", staff: who.id });
    if (!taken.ok) return "joined";
    await transaction.setSession({ ...rowOf(transaction), session: taken.value as SessionRow["session"] });
    await transaction.append({ kind: "cashierChanged", body: { from: current.staff } });
    return "joined";
  });
  if (!written.ok) {
    breakOn(core, written.refusal);
    return null;
  }
  await refreshSession(core);
  return written.value;
}

/** Opens the shift with what is in the drawer to begin with. */
export async function openShift(core: Core, float: Money): Promise<void> {
  const { who, phase, settings } = core.state.get();
  if (who === null || phase !== "openShift" || float.amount < 0) return;
  const usual = money(settings?.rules?.float ?? 0, float.currency);
  const doubt = floatInDoubt(core.state.get().left, usual, float);
  if (doubt !== null && asksOnce(core, who.id, float, doubt)) return;
  const written = await core.ports.ledger.transact(async (transaction) => {
    const current = transaction.session?.session ?? null;
    // another window of this till may have been faster
    if (current === null || current.state === "closed") await openNew(core, transaction, who.id, float, false);
  });
  if (!written.ok) return breakOn(core, written.refusal);
  await refreshSession(core);
  core.state.patch({ phase: "selling", counter: { kind: "goods" }, notice: null });
  core.wakeDrain();
}

/** What was to be expected instead of `float`: less than was left is money gone, a nought off is a slip of the hand. */
function floatInDoubt(left: Money | null, usual: Money, float: Money): Money | null {
  if (left !== null && compare(float, left) < 0) return left;
  return amountSlip(usual, float) && (left === null || compare(float, left) !== 0) ? usual : null;
}

/** Leaves the till before a shift was opened. */
export function leaveUnopened(core: Core): void {
  if (core.state.get().phase === "openShift") core.state.patch({ who: null, phase: "signOn", notice: null });
}

/**
 * Between two sales: says when the business day is over, so that the shift is closed; it is never split. A shift that a clock
 * running ahead had opened ends by itself. False when storage failed.
 */
export async function closeAtCut(core: Core): Promise<boolean> {
  const { session, settings, who } = core.state.get();
  if (session === null || settings === null || who === null) return false;
  const now = core.ports.offset.gatewayNow();
  const passed = isCutNow(core);
  if (passed !== core.state.get().cutPassed) core.state.patch({ cutPassed: passed });
  if (!passed || businessDateOf(plusMs(now, aheadGraceMs), settings.store) >= session.businessDate) return true;
  const joined = await joinSession(core, who);
  core.state.patch({ cutPassed: false });
  return joined === "joined";
}

/** Whether the open shift's business day is over by the gateway's clock. */
function isCutNow(core: Core): boolean {
  const { session, settings } = core.state.get();
  if (session === null || settings === null) return false;
  return isCutPassed(session, core.ports.offset.gatewayNow(), settings.store);
}

/** Reads the session as the ledger has it. */
export async function refreshSession(core: Core): Promise<void> {
  const row = await core.ports.ledger.run((database) => database.session.get("session"));
  if (!row.ok) return breakOn(core, row.refusal);
  const { storage } = core.state.get();
  core.state.patch({
    session: row.value?.session ?? null,
    left: row.value?.session.state === "closed" ? (row.value.left ?? null) : null,
    storage: { ...storage, fragileAllowed: (row.value?.fragileAllowedBy ?? null) !== null },
  });
}

/** `carried`: the float is what the drawer held before, not money from the safe. */
async function openNew(
  core: Core,
  transaction: LedgerTransaction,
  staff: StaffId,
  float: Money,
  carried: boolean,
): Promise<void> {
  const { settings } = transaction.install;
  const none: TillSession = { state: "none" };
  const before = transaction.session;
  const left = before?.left;
  const businessDate = businessDateOf(transaction.gatewayAt, dayRule(transaction));
  const id = makeId<SessionId>(transaction.at, settings.tag, core.ports.random);
  const opened = sessionAfter(none, {
    kind: "open",
    id,
    businessDate,
    openedAt: transaction.at,
    staff,
    float,
  });
  if (!opened.ok) return;
  const isSameDay = before?.session.businessDate === businessDate;
  await transaction.setSession({
    key: "session",
    session: opened.value as SessionRow["session"],
    fragileAllowedBy: null,
    drawer: { ...emptyTally, voided: before?.voidedAfter ?? 0 },
    // what one may do alone is counted by the day, and a day may have many shifts
    ...(isSameDay && before?.alone !== undefined && { alone: before.alone }),
  });
  const body = { float, carried, ...(carried || left === undefined ? {} : { left }) };
  await transaction.append({ kind: "sessionOpened", body });
  await countLateIn(transaction, id);
}

function dayRule(transaction: LedgerTransaction): { zone: string; cutMinute: number } {
  return transaction.install.settings.store;
}

function rowOf(transaction: LedgerTransaction): SessionRow {
  if (transaction.session === null) throw new TypeError("a session is open here");
  return transaction.session;
}
