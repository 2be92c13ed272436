import { describe, expect, it } from "vitest";
import type { Instant } from "../../../src/domain/clock.ts";
import { judgeRefund, type RefundFacts } from "../../../src/domain/reconciliation/judge-refund.ts";

const now = 10_000 as Instant;
const ours = {
  stand: "accepted",
  wasAccepted: true,
  asked: 5650,
  taken: 5650,
  patientUntil: 20_000 as Instant,
  changedAt: 5_000 as Instant,
} as const;
const theirs = { asked: 5650, taken: 5650, fee: { isRight: true, more: 0 } };
const agreed: RefundFacts = { ours, theirs, bill: { here: true, neighbourUntil: null } };

function judged(change: Partial<RefundFacts>): string[] {
  return judgeRefund({ ...agreed, ...change }, now).map((verdict) =>
    verdict.kind === "break"
      ? `${verdict.class} ${verdict.amount}`
      : `waiting ${verdict.reason} ${verdict.until ?? "-"} ${verdict.amount}`,
  );
}

describe("a refund's two sides", () => {
  it.each<[string, Partial<RefundFacts>, string[]]>([
    ["agree", {}, []],
    ["it is in the bill, and nobody here made it", { ours: null }, ["refundOutside -5650"]],
    ["the bill does not have it", { theirs: null }, ["withUsNotWithThem 5650"]],
    ["its bill is not here", { theirs: null, bill: { here: false, neighbourUntil: null } }, []],
    [
      "it was accepted minutes before midnight",
      { theirs: null, bill: { here: true, neighbourUntil: 12_000 as Instant } },
      ["waiting nearCut 12000 5650"],
    ],
    ["the bill took more", { theirs: { ...theirs, taken: 5700 } }, ["amountDiffers -50"]],
    ["the bill was asked for less", { theirs: { ...theirs, asked: 5600 } }, ["amountDiffers 50"]],
    [
      "the fee given back is not what the rate gives",
      { theirs: { ...theirs, fee: { isRight: false, more: -12 } } },
      ["rateDiffers -12"],
    ],
    ["it is under way", { ours: { ...ours, stand: "underWay" } }, ["waiting refundUnderWay 20000 5650"]],
    [
      "it is under way and not in the bill",
      { ours: { ...ours, stand: "underWay" }, theirs: null },
      ["waiting refundUnderWay 20000 5650"],
    ],
    [
      "it has been under way too long",
      { ours: { ...ours, stand: "underWay", patientUntil: now }, theirs: null },
      ["refundStuck 5650"],
    ],
    [
      "a person has to let it go first",
      { ours: { ...ours, stand: "underWay", patientUntil: null }, theirs: null },
      ["refundStuck 5650"],
    ],
    ["the provider works on it", { ours: { ...ours, stand: "takenOn" } }, []],
    [
      "the provider works on it, and the bill took more",
      { ours: { ...ours, stand: "takenOn" }, theirs: { ...theirs, taken: 5700 } },
      ["amountDiffers -50"],
    ],
    [
      "the provider has worked on it too long",
      { ours: { ...ours, stand: "takenOn", patientUntil: now } },
      ["refundStuck 5650"],
    ],
    ["it failed after the customer was told", { ours: { ...ours, stand: "failed" } }, ["refundStuck 5650"]],
    [
      "closed after it was taken on, and in the bill twice",
      { ours: { ...ours, stand: "otherwise", wasAccepted: true }, theirs: { ...theirs, taken: 2 * ours.taken } },
      [`amountDiffers -${ours.taken}`],
    ],
    ["it was paid another way", { ours: { ...ours, stand: "otherwise", wasAccepted: false }, theirs: null }, []],
    [
      "it was paid another way after the provider had closed it",
      { ours: { ...ours, stand: "otherwise", wasAccepted: true } },
      [],
    ],
    [
      "it was paid another way, and the provider paid too",
      { ours: { ...ours, stand: "otherwise", wasAccepted: false } },
      ["refundOutside -5650"],
    ],
  ])("%s", (_, change, classes) => {
    expect(judged(change)).toEqual(classes);
  });
});
