import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { instant } from "../../../src/domain/clock.ts";
import type { SessionId, StaffId } from "../../../src/domain/identifier.ts";
import { money } from "../../../src/domain/money.ts";
import {
  businessDateOf,
  isCutPassed,
  sessionAfter,
  type BusinessDate,
  type SessionEvent,
  type TillSession,
} from "../../../src/domain/till-session.ts";
import { readMachineTable } from "./machine-table.ts";

/** House, Machines: TillSession. Cash moved in and out, and the cut, change no state: the cut is asked for by `isCutPassed`. */
const table = `
| from | open | changeCashier | count | close |
|---|---|---|---|---|
| none | open | – | – | – |
| open | – | open | counting | – |
| counting | – | – | counting | closed |
| closed | – | – | – | – |
`;

const opening = {
  id: "01JD7Z0000TA10000000000001" as SessionId,
  businessDate: "2026-11-24" as BusinessDate,
  openedAt: instant(1),
  staff: "staff-1" as StaffId,
  float: money(0, "CNY"),
};
const events: Readonly<Record<string, SessionEvent>> = {
  open: { kind: "open", ...opening },
  changeCashier: { kind: "changeCashier", staff: "staff-2" as StaffId },
};

describe("the session's machine does what its table says", () => {
  test.each(readMachineTable(table))("$state, $event: $to", ({ state, event, to }) => {
    const from = (state === "none" ? { state } : { state, ...opening }) as TillSession;
    const next = sessionAfter(from, events[event] ?? ({ kind: event } as SessionEvent));
    expect(next.ok ? next.value.state : null).toBe(to);
  });
});

test("a change of cashier keeps the session, its date and its float", () => {
  const next = sessionAfter({ state: "open", ...opening }, events["changeCashier"]!);
  expect(next).toEqual({ ok: true, value: { state: "open", ...opening, staff: "staff-2" } });
});

describe("the business date is the zone's day, begun at the cut", () => {
  test.each([
    ["Shanghai, a minute before a cut at four", "2026-11-24T03:59:59+08:00", "Asia/Shanghai", 240, "2026-11-23"],
    ["Shanghai, at the cut", "2026-11-24T04:00:00+08:00", "Asia/Shanghai", 240, "2026-11-24"],
    ["Shanghai, no shift of the cut", "2026-11-24T00:00:00+08:00", "Asia/Shanghai", 0, "2026-11-24"],
    ["Tokyo, by UTC still the day before", "2026-11-24T08:00:00+09:00", "Asia/Tokyo", 300, "2026-11-24"],
    [
      "Tokyo, before five in the morning on the first of the year",
      "2027-01-01T04:59:00+09:00",
      "Asia/Tokyo",
      300,
      "2026-12-31",
    ],
    [
      "New York, the hour that comes twice, first time",
      "2026-11-01T01:30:00-04:00",
      "America/New_York",
      120,
      "2026-10-31",
    ],
    [
      "New York, the hour that comes twice, second time",
      "2026-11-01T01:30:00-05:00",
      "America/New_York",
      120,
      "2026-10-31",
    ],
    ["New York, after the hour that is left out", "2026-03-08T03:00:00-04:00", "America/New_York", 150, "2026-03-08"],
    ["New York, before the hour that is left out", "2026-03-08T01:59:00-05:00", "America/New_York", 150, "2026-03-07"],
    [
      "New York, half past midnight after the day of 23 hours",
      "2026-03-09T00:30:00-04:00",
      "America/New_York",
      60,
      "2026-03-08",
    ],
    ["New York, midnight cut on the day of 25 hours", "2026-11-01T23:59:00-05:00", "America/New_York", 0, "2026-11-01"],
    [
      "New York, half past midnight after the day of 25 hours",
      "2026-11-02T00:30:00-05:00",
      "America/New_York",
      60,
      "2026-11-01",
    ],
  ])("%s", (_where, at, zone, cutMinute, date) => {
    expect(businessDateOf(instant(Date.parse(at)), { zone, cutMinute })).toBe(date);
  });

  test("it never goes back as time goes on, in any zone and with any cut", () => {
    const zone = fc.constantFrom(
      "Asia/Shanghai",
      "Asia/Tokyo",
      "America/New_York",
      "Europe/London",
      "Australia/Lord_Howe",
      "Asia/Kathmandu",
    );
    const from = fc.integer({ min: Date.parse("2026-01-01"), max: Date.parse("2027-12-31") });
    fc.assert(
      fc.property(
        zone,
        fc.integer({ min: 0, max: 1439 }),
        from,
        fc.integer({ min: 0, max: 3 * 86_400_000 }),
        (where, cutMinute, at, later) => {
          const rule = { zone: where, cutMinute };
          const before = businessDateOf(instant(at), rule);
          const after = businessDateOf(instant(at + later), rule);
          expect(after >= before).toBe(true);
          expect(isCutPassed({ businessDate: before }, instant(at + later), rule)).toBe(after > before);
        },
      ),
    );
  });
});
