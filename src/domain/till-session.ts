import type { Instant } from "./clock.ts";
import type { Brand } from "./brand.ts";
import type { SessionId, StaffId } from "./identifier.ts";
import { localTime } from "./local-time.ts";
import type { Money } from "./money.ts";
import { ok, refuse, type Result } from "./result.ts";
import { unreachable } from "./assert.ts";

/** A calendar day of the store's books, YYYY-MM-DD. Fixed when the session opens; never computed again. */
export type BusinessDate = Brand<string, "BusinessDate">;

/** The store's zone (IANA) and the minute of the day, 0 to 1439, at which its business day changes (日切). */
export type DayRule = { readonly zone: string; readonly cutMinute: number };

export type TillSession =
  | { readonly state: "none" }
  | ({ readonly state: "open" | "counting" | "closed" } & SessionOpening);

type SessionOpening = {
  readonly id: SessionId;
  readonly businessDate: BusinessDate;
  readonly openedAt: Instant;
  readonly staff: StaffId;
  readonly float: Money;
};

export type SessionEvent =
  | ({ readonly kind: "open" } & SessionOpening)
  | { readonly kind: "changeCashier"; readonly staff: StaffId }
  /** `cashMoved`: money went in or out, or the drawer was opened; while counting, the count is no longer true. */
  | { readonly kind: "count" | "close" | "cashMoved" };

export type SessionRefusal = "alreadyOpen" | "notOpen" | "notCounted" | "closed";

/** The session after `event`; a closed session never changes. */
export function sessionAfter(session: TillSession, event: SessionEvent): Result<TillSession, SessionRefusal> {
  switch (session.state) {
    case "none":
      if (event.kind !== "open") return refuse("notOpen");
      return ok({
        state: "open",
        id: event.id,
        businessDate: event.businessDate,
        openedAt: event.openedAt,
        staff: event.staff,
        float: event.float,
      });
    case "open":
      if (event.kind === "open") return refuse("alreadyOpen");
      if (event.kind === "changeCashier") return ok({ ...session, staff: event.staff });
      if (event.kind === "cashMoved") return ok(session);
      return event.kind === "count" ? ok({ ...session, state: "counting" }) : refuse("notCounted");
    case "counting":
      if (event.kind === "close") return ok({ ...session, state: "closed" });
      if (event.kind === "cashMoved") return ok({ ...session, state: "open" });
      return event.kind === "count" ? ok(session) : refuse(event.kind === "open" ? "alreadyOpen" : "notOpen");
    case "closed":
      return refuse("closed");
    default:
      return unreachable(session);
  }
}

/** The business date that a session opened at `at` has: the zone's calendar day, begun at the cut instead of midnight. */
export function businessDateOf(at: Instant, rule: DayRule): BusinessDate {
  const { date, minute } = localTime(at, rule.zone);
  if (minute >= rule.cutMinute) return date as BusinessDate;
  // the calendar's day before: 24 hours back would be two days back after a day of 23 hours
  return localTime((Date.parse(`${date}T00:00:00Z`) - dayMs) as Instant, "UTC").date as BusinessDate;
}

/**
 * True when the session's business date is not the one of `at`: the cut has passed, or the session was opened by a clock that
 * ran ahead (an hour's grace, so that a clock set right by a little at the cut opens no second session). The till closes it
 * and opens the next.
 */
export function isCutPassed(session: { readonly businessDate: BusinessDate }, at: Instant, rule: DayRule): boolean {
  const ahead = businessDateOf((at + clockGraceMs) as Instant, rule) < session.businessDate;
  return ahead || businessDateOf(at, rule) > session.businessDate;
}

const dayMs = 86_400_000;
const clockGraceMs = 3_600_000;
