import { describe, expect, it } from "vitest";
import { instant } from "../../../src/domain/clock.ts";
import { queryRefundOutcome, refundOutcome } from "../../../src/gateway/providers/alipay/refund-outcome.ts";
import { refundCodes } from "../../../src/gateway/providers/alipay/status-table.ts";
import { id, node, now, refund, trade } from "./answers.ts";

describe("a refund", () => {
  it.each([
    [
      { fund_change: "Y", send_back_fee: "25.20" },
      { kind: "succeeded", asked: 2_800, taken: 2_520 },
    ],
    [{ fund_change: "Y" }, { kind: "succeeded", asked: 2_800, taken: 2_800 }],
    [
      { fund_change: "N", refund_fee: "28.00" },
      { kind: "accepted", taken: null },
    ],
    [
      { fund_change: "N", send_back_fee: "25.20" },
      { kind: "accepted", taken: 2_520 },
    ],
    [
      { fund_change: "N", send_back_fee: "0.00" },
      { kind: "accepted", taken: null },
    ],
    [{}, { kind: "accepted", taken: null }],
    [
      { fund_change: "Y", out_trade_no: "x" },
      { kind: "silence", why: "body" },
    ],
    [
      { fund_change: "Y", send_back_fee: "28.01" },
      { kind: "silence", why: "body" },
    ],
  ])("that tells %j is %j", (over, outcome) => {
    expect(refundOutcome(node("10000", "", trade(over)), refund, now)).toMatchObject(outcome);
  });

  it.each(Object.entries(refundCodes))("refused with %s is %j", (code, meaning) => {
    const told = refundOutcome(node("40004", code), refund, now);
    if ("uncertain" in meaning) expect(told).toMatchObject({ kind: "silence", why: meaning.uncertain });
    else if (meaning.certain === "abnormal") expect(told).toMatchObject({ kind: "abnormal", word: { code } });
    else expect(told).toMatchObject({ kind: "failed", reason: meaning.certain });
  });

  const asked = {
    out_trade_no: id,
    out_request_no: refund.id,
    refund_amount: "28.00",
    refund_status: "REFUND_SUCCESS",
  };
  it.each([
    ["done", asked, { kind: "succeeded", asked: 2_800 }],
    ["without a status", { out_trade_no: id }, { kind: "notKnown" }],
    ["empty", {}, { kind: "notKnown" }],
    ["of another number", { ...asked, out_request_no: "x" }, { kind: "silence" }],
    ["of another amount", { ...asked, refund_amount: "28.01" }, { kind: "silence" }],
    ["with a status of its own", { ...asked, refund_status: "REFUND_STUCK" }, { kind: "silence", why: "unlisted" }],
  ])("asked about, %s", (_what, members, outcome) => {
    expect(queryRefundOutcome(node("10000", "", members), refund, now)).toMatchObject(outcome);
  });

  it("asked about within ten seconds is not called unknown: it may be on its way", () => {
    const early = { ...refund, submittedAt: instant(now - 9_999) };
    expect(queryRefundOutcome(node("10000", "", {}), early, now)).toMatchObject({ kind: "silence", why: "notFound" });
    expect(queryRefundOutcome(node("40004", "ACQ.TRADE_NOT_EXIST"), refund, now).kind).toBe("silence");
  });
});
