import { describe, expect, it } from "vitest";
import type { Instant } from "../../../src/domain/clock.ts";
import { judgePayment, type PaymentFacts } from "../../../src/domain/reconciliation/judge-payment.ts";
import type { Verdict } from "../../../src/domain/reconciliation/verdict.ts";

const here = { here: true, neighbourUntil: null };
const until = 1_000 as Instant;
const ours = { amount: 11300, receivable: 11300 };
const theirs = { amount: 11300, receivable: 11300, fee: { isRight: true, more: 0 } };
/** Everything agrees. */
const agreed: PaymentFacts = {
  attempt: "captured",
  ours,
  theirs,
  theirReversed: null,
  tender: 11300,
  sale: "completed",
  givenBack: 0,
  bill: here,
};

function judged(change: Partial<PaymentFacts>): string[] {
  return judgePayment({ ...agreed, ...change }).map(told);
}

function told(verdict: Verdict): string {
  return verdict.kind === "break"
    ? `${verdict.class} ${verdict.amount}`
    : `waiting ${verdict.reason} ${verdict.until ?? "-"} ${verdict.amount}`;
}

/** The table of `books.md` 3: sale's tender, our attempt, bill row, class. */
describe("the table of classes", () => {
  it.each<[string, Partial<PaymentFacts>, string[]]>([
    ["yes, captured, yes", {}, []],
    ["yes, captured, no", { theirs: null }, ["withUsNotWithThem -11300"]],
    ["yes, none, yes", { attempt: "live", ours: null }, ["captureUnknown 11300"]],
    ["yes, none at all, yes", { attempt: "none", ours: null, sale: "unknown" }, ["captureUnknown 11300"]],
    ["yes, closed, yes", { attempt: "notPaid", ours: null }, ["captureUnknown 11300"]],
    ["yes, closed, no", { attempt: "notPaid", ours: null, theirs: null }, ["saleWithoutPayment -11300"]],
    ["yes, none at all, no", { attempt: "none", ours: null, theirs: null }, ["saleWithoutPayment -11300"]],
    ["no, captured, yes; sale voided", { tender: null, sale: "voided" }, ["captureWithoutSale 11300"]],
    ["no, captured, yes; left open at the close", { tender: null, sale: "leftOpen" }, ["captureWithoutSale 11300"]],
    [
      "no, captured, no; sale voided",
      { tender: null, sale: "voided", theirs: null },
      ["withUsNotWithThem -11300", "captureWithoutSale 11300"],
    ],
    ["no, closed, yes", { tender: null, attempt: "notPaid", ours: null }, ["paidAfterGivingUp 11300"]],
    ["no, unknown, yes", { tender: null, attempt: "live", ours: null }, ["paidAfterGivingUp 11300"]],
    ["no, reversed, payment and reversal", { tender: null, attempt: "reversed", theirReversed: 11300 }, []],
    ["no, reversed, neither", { tender: null, attempt: "reversed", theirs: null }, []],
    ["no, reversed, reversal alone", { tender: null, attempt: "reversed", theirs: null, theirReversed: 11300 }, []],
    [
      "no, reversed, payment twice and one reversal",
      {
        tender: null,
        attempt: "reversed",
        theirs: { ...theirs, amount: 22600, receivable: 22600 },
        theirReversed: 11300,
      },
      ["amountDiffers 11300"],
    ],
    [
      "no, closed, payment and a smaller reversal",
      { tender: null, attempt: "notPaid", ours: null, theirReversed: 11000 },
      ["paidAfterGivingUp 300"],
    ],
    ["no, reversed, payment alone", { tender: null, attempt: "reversed" }, ["notGivenBack 11300"]],
    ["no, none, our form", { tender: null, attempt: "none", ours: null, sale: "unknown" }, ["paymentUnknown 11300"]],
    ["no, captured beside a completed sale", { tender: null }, ["paidTwice 11300"]],
  ])("%s", (_, change, classes) => {
    expect(judged(change)).toEqual(classes);
  });
});

describe("amounts", () => {
  it("holds order and receivable against the bill's, and the payer's own part against nothing", () => {
    expect(judged({ theirs: { ...theirs, receivable: 10170 } })).toEqual(["amountDiffers -1130"]);
    expect(judged({ theirs: { ...theirs, amount: 11200 } })).toEqual(["amountDiffers -100"]);
    expect(judged({ ours: { amount: 11300, receivable: 10170 }, theirs: { ...theirs, receivable: 10170 } })).toEqual(
      [],
    );
  });

  it("finds two differences on one item", () => {
    expect(judged({ theirs: { amount: 11200, receivable: 11200, fee: { isRight: false, more: -12 } } })).toEqual([
      "amountDiffers -100",
      "rateDiffers -12",
    ]);
    expect(judged({ tender: null, sale: "voided", theirs: { ...theirs, fee: { isRight: false, more: -12 } } })).toEqual(
      ["rateDiffers -12", "captureWithoutSale 11300"],
    );
  });

  it("says nothing of the fee where no rate was agreed", () => {
    expect(judged({ theirs: { ...theirs, fee: null } })).toEqual([]);
  });

  it("sees a sale that counts less than was captured", () => {
    expect(judged({ tender: 11000 })).toEqual(["tenderDiffers 300"]);
  });
});

describe("what waits", () => {
  it("waits for the bill of a day that is not here, and judges the sale's side all the same", () => {
    const bill = { here: false, neighbourUntil: null };
    expect(judged({ theirs: null, bill })).toEqual([]);
    expect(judged({ theirs: null, bill, tender: null, sale: "voided" })).toEqual(["captureWithoutSale 11300"]);
  });

  it("waits near the provider's midnight until the neighbouring bill is due, and no longer", () => {
    const near = { here: true, neighbourUntil: until };
    expect(judged({ theirs: null, bill: near })).toEqual(["waiting nearCut 1000 -11300"]);
    expect(judged({ tender: null, attempt: "reversed", bill: near })).toEqual(["waiting nearCut 1000 11300"]);
    expect(judged({ theirs: null })).toEqual(["withUsNotWithThem -11300"]);
  });

  it("waits for the till's journal, and for a sale that is open or parked", () => {
    expect(judged({ tender: null, sale: "unknown" })).toEqual(["waiting journal - 11300"]);
    expect(judged({ tender: null, sale: "open" })).toEqual(["waiting saleOpen - 11300"]);
  });

  it("waits while the provider is still asked about a payment that a sale counts", () => {
    expect(judged({ attempt: "live", ours: null, theirs: null })).toEqual(["waiting attemptLive - -11300"]);
  });
});

describe("money given back by ourselves", () => {
  it("leaves nothing to say of a payment that went back whole", () => {
    expect(judged({ tender: null, sale: "voided", givenBack: 11300 })).toEqual([]);
    expect(judged({ tender: null, sale: "completed", givenBack: 11300 })).toEqual([]);
  });

  it("shows what is left of it", () => {
    expect(judged({ tender: null, givenBack: 5000 })).toEqual(["paidTwice 6300"]);
  });

  it("is not a difference of a payment that a sale counts", () => {
    expect(judged({ givenBack: 5000 })).toEqual([]);
  });
});

describe("the provider gave back what we count", () => {
  it("is a reversal that was not made here", () => {
    expect(judged({ theirReversed: 11300 })).toEqual(["refundOutside -11300"]);
    expect(judged({ theirs: null, theirReversed: 11300 })).toEqual(["refundOutside -11300"]);
  });

  it("is no difference where nothing of it ever counted", () => {
    expect(judged({ tender: null, attempt: "notPaid", ours: null, theirReversed: 11300 })).toEqual([]);
  });

  it("shows a sale that counts a payment which was reversed", () => {
    expect(judged({ attempt: "reversed", theirReversed: 11300 })).toEqual(["saleWithoutPayment -11300"]);
  });
});
