import { describe, expect, it } from "vitest";
import {
  chargeOutcome,
  closeOutcome,
  promptOutcome,
  queryOutcome,
  reverseOutcome,
} from "../../../src/gateway/providers/alipay/payment-outcome.ts";
import { payCodes } from "../../../src/gateway/providers/alipay/status-table.ts";
import { attempt, id, node, now, trade } from "./answers.ts";

/** The sheet's section 8, word for word; "-" is silence. */
const paySheet = `
ACQ.SYSTEM_ERROR -
ACQ.TRADE_HAS_SUCCESS -
ACQ.CONTEXT_INCONSISTENT -
ACQ.TRADE_BUYER_NOT_MATCH -
ACQ.TRADE_HAS_CLOSE closed
ACQ.PAYMENT_AUTH_CODE_INVALID codeInvalid
ACQ.BUYER_BALANCE_NOT_ENOUGH notEnough
ACQ.BUYER_BANKCARD_BALANCE_NOT_ENOUGH notEnough
ACQ.ERROR_BALANCE_PAYMENT_DISABLE notEnough
ACQ.NO_PAYMENT_INSTRUMENTS_AVAILABLE notEnough
ACQ.BUYER_PAYMENT_AMOUNT_DAY_LIMIT_ERROR limit
ACQ.BEYOND_PAY_RESTRICTION limit
ACQ.BEYOND_PER_RECEIPT_RESTRICTION limit
ACQ.TOTAL_FEE_EXCEED limit
ACQ.BUYER_SELLER_EQUAL accountBlocked
ACQ.BUYER_ENABLE_STATUS_FORBID accountBlocked
ACQ.PAYMENT_REQUEST_HAS_RISK accountBlocked
ACQ.MOBILE_PAYMENT_SWITCH_OFF accountBlocked
ACQ.USER_FACE_PAYMENT_SWITCH_OFF accountBlocked
ACQ.PULL_MOBILE_CASHIER_FAIL notPaid
ACQ.PAYMENT_FAIL notPaid
ACQ.INVALID_PARAMETER shopRefused
ACQ.ACCESS_FORBIDDEN shopRefused
ACQ.EXIST_FORBIDDEN_WORD shopRefused
ACQ.PARTNER_ERROR shopRefused`
  .trim()
  .split("\n")
  .map((line) => line.split(" ") as [string, string]);

describe("the codes of a payment", () => {
  it("are those of the sheet, no more and no fewer", () => {
    expect(Object.keys(payCodes).toSorted()).toEqual(paySheet.map(([code]) => code).toSorted());
  });

  it.each(paySheet)("%s is %s", (code, meaning) => {
    const told = chargeOutcome(node("40004", code), attempt, now);
    if (meaning === "-") expect(told.kind).toBe("silence");
    else if (meaning === "closed") expect(told).toEqual({ kind: "closed" });
    else expect(told).toMatchObject({ kind: "declined", reason: meaning, word: { code } });
  });

  it.each(["20001", "40001", "40002", "40006"])(
    "the gate's %s is a certain no: the shop's request is wrong",
    (code) => {
      expect(chargeOutcome(node(code, "isv.whatever"), attempt, now)).toMatchObject({
        kind: "declined",
        reason: "shopRefused",
      });
    },
  );

  it.each([
    ["20000", "isp.unknow-error"],
    ["40004", "ACQ.SOMETHING_NEW"],
    ["40004", ""],
    ["40003", ""],
    ["10001", ""],
    ["", ""],
    ["40004", "constructor"],
    // a certain code counts under 40004 only
    ["20000", "ACQ.BUYER_BALANCE_NOT_ENOUGH"],
    ["10000", "ACQ.PAYMENT_FAIL"],
  ])("code %s with %j is silence", (code, subCode) => {
    expect(chargeOutcome(node(code, subCode), attempt, now).kind).toBe("silence");
  });

  it("a limit on requests is told as busy", () => {
    expect(chargeOutcome(node("20000", "isp.call-frequency-limit"), attempt, now)).toMatchObject({ why: "busy" });
  });

  it("a number that is closed or used gives no code to show, and no certain no: it is asked about", () => {
    for (const code of ["ACQ.TRADE_HAS_CLOSE", "ACQ.TRADE_HAS_SUCCESS", "ACQ.CONTEXT_INCONSISTENT"])
      expect(promptOutcome(node("40004", code), attempt)).toMatchObject({ kind: "silence", why: "numberUsed" });
    expect(promptOutcome(node("40004", "ACQ.ACCESS_FORBIDDEN"), attempt)).toMatchObject({ kind: "declined" });
  });
});

describe("a trade's status", () => {
  const paid = { send_pay_date: "2026-11-21 18:59:58" };
  it.each([
    ["WAIT_BUYER_PAY", {}, "payerPrompted"],
    ["TRADE_SUCCESS", paid, "captured"],
    ["TRADE_FINISHED", paid, "captured"],
    ["TRADE_CLOSED", {}, "closed"],
    ["TRADE_CLOSED", paid, "reversed"],
    ["TRADE_PENDING", paid, "silence"],
    ["toString", {}, "silence"],
    ["", {}, "silence"],
  ])("%s with %j is %s", (status, over, kind) => {
    expect(queryOutcome(node("10000", "", trade({ trade_status: status, ...over })), attempt, now).kind).toBe(kind);
  });

  it.each([
    ["another number", { out_trade_no: "01JD7Z0000AAAA000000000009" }],
    ["another amount", { total_amount: "56.01" }],
    ["another currency", { trans_currency: "USD" }],
    ["no amount", { total_amount: undefined }],
    ["an amount that is none", { total_amount: "5.6e1" }],
    ["no number of Alipay's", { trade_no: undefined }],
    ["more received than paid", { receipt_amount: "56.01" }],
  ])("a paid trade with %s is silence", (_what, over) => {
    const told = trade({ trade_status: "TRADE_SUCCESS", ...over });
    expect(queryOutcome(node("10000", "", told), attempt, now)).toMatchObject({ kind: "silence", why: "body" });
    expect(chargeOutcome(node("10000", "", told), attempt, now)).toMatchObject({ kind: "silence", why: "body" });
  });

  it.each(["ACQ.TRADE_NOT_EXIST", "ACQ.SYSTEM_ERROR", "ACQ.INVALID_PARAMETER"])("a query's %s ends nothing", (code) => {
    expect(queryOutcome(node("40004", code), attempt, now).kind).toBe("silence");
    expect(queryOutcome(node("40002", code), attempt, now).kind).toBe("silence");
  });
});

describe("the three amounts", () => {
  const captured = (over: object) => chargeOutcome(node("10000", "", trade(over)), attempt, now);
  const voucher = (merchant: string, other: string) => [
    { name: "五折券", amount: "6.00", merchant_contribute: merchant, other_contribute: other },
  ];
  it.each([
    ["no coupon", {}, 5_600, 5_600, []],
    [
      "the platform's coupon",
      { buyer_pay_amount: "50.00", voucher_detail_list: voucher("0.00", "6.00") },
      5_600,
      5_000,
      [["五折券", 600, "others"]],
    ],
    [
      "the shop's own coupon",
      { receipt_amount: "50.00", buyer_pay_amount: "50.00", voucher_detail_list: voucher("6.00", "0.00") },
      5_000,
      5_000,
      [["五折券", 600, "shop"]],
    ],
    [
      "a coupon both pay for",
      { receipt_amount: "52.00", buyer_pay_amount: "50.00", voucher_detail_list: voucher("4.00", "2.00") },
      5_200,
      5_000,
      [
        ["五折券", 400, "shop"],
        ["五折券", 200, "others"],
      ],
    ],
    [
      "a difference nobody explains",
      { receipt_amount: "55.00", buyer_pay_amount: "55.00" },
      5_500,
      5_500,
      [["", 100, "shop"]],
    ],
    ["an explanation that does not add up", { voucher_detail_list: voucher("6.00", "0.00") }, 5_600, 5_600, []],
    ["no receipt_amount", { receipt_amount: undefined, buyer_pay_amount: undefined }, 5_600, 5_600, []],
  ])("with %s", (_what, over, receivable, paid, discounts) => {
    expect(captured(over)).toMatchObject({
      kind: "captured",
      amounts: {
        order: 5_600,
        receivable,
        paid,
        discounts: discounts.map(([name, amount, fundedBy]) => ({ name, amount, fundedBy })),
      },
    });
  });
});

describe("a cancel", () => {
  const told = (over: object) => node("10000", "", { out_trade_no: id, ...over });
  it.each([
    [
      { retry_flag: "N", action: "refund" },
      { kind: "reversed", hadMoved: true },
      { kind: "reversed", hadMoved: true },
    ],
    [{ retry_flag: "N", action: "close" }, { kind: "reversed", hadMoved: false }, { kind: "closed" }],
    [{ retry_flag: "N" }, { kind: "reversed", hadMoved: "unknown" }, { kind: "closed" }],
    [{ retry_flag: "Y" }, { kind: "notYet" }, { kind: "notYet" }],
    [{ retry_flag: "Y", action: "refund" }, { kind: "notYet" }, { kind: "notYet" }],
  ])("that tells %j is %j of a payer's code and %j of a shown one", (over, reversed, closed) => {
    expect(reverseOutcome(told(over), attempt)).toEqual(reversed);
    expect(closeOutcome(told(over), attempt)).toEqual(closed);
  });

  it.each([{}, { retry_flag: "X" }, { retry_flag: "N", action: "other" }, { retry_flag: "N", out_trade_no: "x" }])(
    "that tells %j is silence and repeated",
    (over) => {
      expect(reverseOutcome(told(over), attempt)).toMatchObject({ kind: "silence", why: "body" });
      expect(closeOutcome(told(over), attempt)).toMatchObject({ kind: "silence", why: "body" });
    },
  );

  it.each([
    ["ACQ.TRADE_HAS_FINISHED", "reversalRefused"],
    ["ACQ.TRADE_CANCEL_TIME_OUT", "reversalRefused"],
    ["ACQ.CANCEL_NOT_ALLOWED", "reversalRefused"],
    ["ACQ.SYSTEM_ERROR", "silence"],
    ["ACQ.SELLER_BALANCE_NOT_ENOUGH", "silence"],
    ["ACQ.REASON_TRADE_BEEN_FREEZEN", "silence"],
    ["ACQ.INVALID_PARAMETER", "silence"],
  ])("refused with %s is %s", (code, kind) => {
    expect(reverseOutcome(node("40004", code), attempt).kind).toBe(kind);
  });
});
