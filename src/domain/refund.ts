import type { Instant } from "./clock.ts";
import type { Money } from "./money.ts";
import { ok, refuse, type Result } from "./result.ts";
import { unreachable } from "./assert.ts";

/** Why a refund did not go through, in our words. */
export type RefundReason =
  | "shopBalance"
  | "aboveWhatIsLeft"
  | "tooLate"
  | "numberUsed"
  | "notPaid"
  /** The provider closed it without paying it out. */
  | "closed"
  | "misconfigured"
  /** Money cannot reach the payer this way (account gone). */
  | "payerUnreachable";

/** What a yes says: `asked` settles the return, `taken` leaves the receivable (`books.md` 1). */
export type RefundPaid = {
  readonly asked: Money;
  readonly taken: Money;
  readonly providerRefundId: string | null;
  readonly at: Instant;
};

/** Money promised back for a captured payment; it lives in the gateway. */
export type RefundState =
  /** Promised, not sent yet. */
  | { readonly kind: "owed" | "submitted" | "processing" | "unknown" }
  | { readonly kind: "failed" | "abnormal"; readonly reason: RefundReason }
  | { readonly kind: "succeeded"; readonly paid: RefundPaid }
  /** Given back another way, with proof and a second person. */
  | { readonly kind: "paidOtherwise" };

export type RefundEvent =
  | { readonly kind: "submitted" | "accepted" | "silence" | "resend" | "paidOtherwise" }
  | { readonly kind: "succeeded"; readonly paid: RefundPaid }
  | { readonly kind: "failed" | "abnormal"; readonly reason: RefundReason };

export type IllegalRefundStep = { readonly from: RefundState["kind"]; readonly event: RefundEvent["kind"] };

/** True while the provider may still act on it. */
export function isRefundOpen(state: RefundState): boolean {
  return state.kind === "submitted" || state.kind === "processing" || state.kind === "unknown";
}

/** The refund's machine, as laid out in the table of its test. */
export function refundAfter(state: RefundState, event: RefundEvent): Result<RefundState, IllegalRefundStep> {
  switch (state.kind) {
    case "owed":
      if (event.kind === "submitted") return ok({ kind: "submitted" });
      return event.kind === "paidOtherwise" ? ok({ kind: "paidOtherwise" }) : illegal(state, event);
    case "submitted":
    case "processing":
    case "unknown":
      return whileOpen(state, event);
    case "failed":
    case "abnormal":
      return whileFailed(state, event);
    case "succeeded":
    case "paidOtherwise":
      return whenOver(state, event);
    default:
      return unreachable(state);
  }
}

function whileOpen(state: RefundState, event: RefundEvent): Result<RefundState, IllegalRefundStep> {
  switch (event.kind) {
    case "accepted":
      return ok({ kind: "processing" });
    case "succeeded":
      return ok({ kind: "succeeded", paid: event.paid });
    case "failed":
    case "abnormal":
      return ok({ kind: event.kind, reason: event.reason });
    case "silence":
      return ok({ kind: "unknown" });
    default:
      return illegal(state, event);
  }
}

function whileFailed(
  state: Extract<RefundState, { readonly kind: "failed" | "abnormal" }>,
  event: RefundEvent,
): Result<RefundState, IllegalRefundStep> {
  switch (event.kind) {
    case "accepted":
      return ok({ kind: "processing" });
    case "succeeded":
      return ok({ kind: "succeeded", paid: event.paid });
    case "failed":
    case "silence":
      return ok(state);
    case "abnormal":
      return ok({ kind: "abnormal", reason: event.reason });
    case "resend":
      return ok({ kind: "submitted" });
    case "paidOtherwise":
      return ok({ kind: "paidOtherwise" });
    default:
      return illegal(state, event);
  }
}

function whenOver(state: RefundState, event: RefundEvent): Result<RefundState, IllegalRefundStep> {
  switch (event.kind) {
    case "accepted":
    case "succeeded":
    case "silence":
      return ok(state);
    case "failed":
    case "abnormal":
      // the customer has the money already: a late no must not have it paid again
      return ok(state.kind === "succeeded" ? { kind: "abnormal", reason: event.reason } : state);
    default:
      return illegal(state, event);
  }
}

function illegal(state: RefundState, event: RefundEvent): Result<never, IllegalRefundStep> {
  return refuse({ from: state.kind, event: event.kind });
}
