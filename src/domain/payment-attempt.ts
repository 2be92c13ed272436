import type { Instant } from "./clock.ts";
import type { Money } from "./money.ts";
import { ok, refuse, type Result } from "./result.ts";
import { unreachable } from "./assert.ts";

/** Who showed the code: the payer (付款码, 被扫) or the shop (动态二维码, 主扫). */
export type Presentment = "consumer" | "merchant";

/** What a yes says. The sale is settled by `order`; the ledger's receivable is `receivable`; `paid` is a memo (`books.md` 1). */
export type Capture = {
  readonly order: Money;
  readonly receivable: Money;
  readonly paid: Money;
  readonly providerTransactionId: string;
  readonly capturedAt: Instant;
  readonly discounts: readonly { readonly funder: "shop" | "others"; readonly name: string; readonly amount: Money }[];
};

/** Our words for a no. */
export type DeclineReason =
  | "notEnoughMoney"
  | "codeInvalid"
  | "limit"
  | "payerCancelled"
  | "accountBarred"
  | "orderClosed"
  | "misconfigured"
  | "refused";

/** Why there is no answer to believe. */
export type SilenceCause =
  | "timeout"
  | "network"
  | "serverError"
  | "badSignature"
  | "unreadable"
  | "unlisted"
  | "mismatch"
  | "rateLimited";

export type AttemptState =
  | {
      readonly kind:
        | "created"
        | "submitted"
        | "pending"
        | "unknown"
        | "authorized"
        | "reversing"
        | "closing"
        | "closed";
    }
  | { readonly kind: "captured"; readonly capture: Capture; readonly refundOwed: boolean }
  | { readonly kind: "declined"; readonly reason: DeclineReason }
  /** `moneyMoved`: the payer's money had moved and was given back; `lastCapture` is what had been captured, when we know it. */
  | { readonly kind: "reversed"; readonly moneyMoved: boolean };

export type AttemptEvent =
  | {
      readonly kind: "submitted" | "payerPrompted" | "authorized" | "reverseRequested" | "closeRequested" | "closed";
    }
  /** The provider will not undo it any more. `capture` is what had been captured, null when nobody has said that it was. */
  | { readonly kind: "reversalRefused"; readonly capture: Capture | null }
  | { readonly kind: "silence"; readonly cause: SilenceCause }
  | { readonly kind: "captured"; readonly capture: Capture }
  /** A person has decided that it counts as captured: the provider's bill has it, and a sale counts it. */
  | { readonly kind: "adopted"; readonly capture: Capture }
  | { readonly kind: "declined"; readonly reason: DeclineReason }
  | { readonly kind: "reversed"; readonly moneyMoved: boolean };

/** The new state, and whether a yes came that the state cannot take: then money is owed back and a person is shown it. */
export type AttemptStep = { readonly state: AttemptState; readonly lateCapture: boolean };

export type IllegalTransition = { readonly from: AttemptState["kind"]; readonly event: AttemptEvent["kind"] };

/** Submitted, waiting, in doubt, or being undone: its sale takes no other tender. */
export function isLive(state: AttemptState): boolean {
  return !isFinal(state) && state.kind !== "created";
}

/** No event but a contradicting yes can matter any more (a captured attempt may still be reversed when freed). */
export function isFinal(state: AttemptState): boolean {
  return state.kind === "captured" || state.kind === "declined" || state.kind === "reversed" || state.kind === "closed";
}

/**
 * The attempt's machine, as laid out in the table of its test. `presentment` decides between reversing and closing;
 * `freed` says that the sale no longer wants the money; `closeGivesBack` that this provider's closing gives back what was paid
 * meanwhile: once one may be on its way, a yes is nothing to rely on until its answer is there.
 */
export function attemptAfter(
  attempt: {
    readonly state: AttemptState;
    readonly presentment: Presentment;
    readonly freed: boolean;
    readonly closeGivesBack: boolean;
  },
  event: AttemptEvent,
): Result<AttemptStep, IllegalTransition> {
  const { state } = attempt;
  if (event.kind === "adopted") return adopted(state, event);
  switch (state.kind) {
    case "created":
      if (event.kind === "submitted") return to({ kind: "submitted" });
      return event.kind === "closeRequested" || event.kind === "closed"
        ? to({ kind: "closed" })
        : illegal(state, event);
    case "submitted":
    case "pending":
    case "unknown":
      return whileOpen(state, attempt, event);
    case "authorized":
      return whileAuthorized(state, event);
    case "reversing":
      return whileReversing(state, event);
    case "closing":
      return whileClosing(state, attempt, event);
    case "captured":
      return whileCaptured(state, attempt, event);
    case "declined":
    case "reversed":
    case "closed":
      return whenOver(state, event);
    default:
      return unreachable(state);
  }
}

/** Not while the provider is asked to undo it: that answer comes first. */
function adopted(
  state: AttemptState,
  event: Extract<AttemptEvent, { kind: "adopted" }>,
): Result<AttemptStep, IllegalTransition> {
  const isRefused =
    state.kind === "created" || state.kind === "captured" || state.kind === "reversing" || state.kind === "closing";
  return isRefused ? illegal(state, event) : to({ kind: "captured", capture: event.capture, refundOwed: false });
}

/** A freed sale does not want the money any more: a code payment is reversed afterwards, a shown code's is a refund owed. */
function whileOpen(
  state: AttemptState,
  { presentment, freed }: { readonly presentment: Presentment; readonly freed: boolean },
  event: AttemptEvent,
): Result<AttemptStep, IllegalTransition> {
  switch (event.kind) {
    case "payerPrompted":
      return to({ kind: "pending" });
    case "authorized":
      return to({ kind: "authorized" });
    case "captured":
      return to({ kind: "captured", capture: event.capture, refundOwed: freed && presentment === "merchant" });
    case "declined":
      return to({ kind: "declined", reason: event.reason });
    case "silence":
      return to({ kind: "unknown" });
    case "reverseRequested":
      return presentment === "consumer" ? to({ kind: "reversing" }) : illegal(state, event);
    case "closeRequested":
      return presentment === "merchant" ? to({ kind: "closing" }) : illegal(state, event);
    case "reversed":
      return to({ kind: "reversed", moneyMoved: event.moneyMoved });
    case "closed":
      return to({ kind: "closed" });
    default:
      return illegal(state, event);
  }
}

function whileAuthorized(state: AttemptState, event: AttemptEvent): Result<AttemptStep, IllegalTransition> {
  switch (event.kind) {
    case "authorized":
    case "silence":
      return to(state);
    case "captured":
      return to({ kind: "captured", capture: event.capture, refundOwed: false });
    case "declined":
      return to({ kind: "declined", reason: event.reason });
    case "reverseRequested":
      return to({ kind: "reversing" });
    case "closed":
      return to({ kind: "closed" });
    default:
      return illegal(state, event);
  }
}

function whileReversing(state: AttemptState, event: AttemptEvent): Result<AttemptStep, IllegalTransition> {
  switch (event.kind) {
    case "payerPrompted":
    case "authorized":
    case "captured":
    case "silence":
      return to(state);
    case "declined":
    case "closed":
      return to({ kind: "closed" });
    case "reversed":
      return to({ kind: "reversed", moneyMoved: event.moneyMoved });
    case "reversalRefused":
      return to(event.capture === null ? state : { kind: "captured", capture: event.capture, refundOwed: true });
    default:
      return illegal(state, event);
  }
}

function whileClosing(
  state: AttemptState,
  { freed, closeGivesBack }: { readonly freed: boolean; readonly closeGivesBack: boolean },
  event: AttemptEvent,
): Result<AttemptStep, IllegalTransition> {
  switch (event.kind) {
    case "payerPrompted":
    case "authorized":
    case "silence":
      return to(state);
    case "captured":
      return to(closeGivesBack ? state : { kind: "captured", capture: event.capture, refundOwed: freed });
    case "reversalRefused":
      // it was paid, and its closing gives nothing back
      return to(event.capture === null ? state : { kind: "captured", capture: event.capture, refundOwed: freed });
    case "declined":
    case "closed":
      return to({ kind: "closed" });
    case "reversed":
      return to({ kind: "reversed", moneyMoved: event.moneyMoved });
    default:
      return illegal(state, event);
  }
}

function whileCaptured(
  state: AttemptState,
  attempt: { readonly presentment: Presentment; readonly freed: boolean },
  event: AttemptEvent,
): Result<AttemptStep, IllegalTransition> {
  switch (event.kind) {
    case "payerPrompted":
    case "captured":
    case "silence":
      return to(state);
    case "reverseRequested":
      return attempt.freed && attempt.presentment === "consumer" ? to({ kind: "reversing" }) : illegal(state, event);
    default:
      return illegal(state, event);
  }
}

function whenOver(state: AttemptState, event: AttemptEvent): Result<AttemptStep, IllegalTransition> {
  switch (event.kind) {
    case "captured":
      return ok({ state, lateCapture: true });
    case "payerPrompted":
    case "silence":
    case "reversed":
    case "closed":
      return to(state);
    case "declined":
      return state.kind === "reversed" ? illegal(state, event) : to(state);
    default:
      return illegal(state, event);
  }
}

function to(state: AttemptState): Result<AttemptStep, never> {
  return ok({ state, lateCapture: false });
}

function illegal(state: AttemptState, event: AttemptEvent): Result<never, IllegalTransition> {
  return refuse({ from: state.kind, event: event.kind });
}
