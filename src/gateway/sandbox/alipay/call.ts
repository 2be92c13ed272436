import type { SandboxAnswer } from "../wire.ts";
import type { Books } from "./books.ts";
import type { Members } from "./members.ts";
import type { Trade } from "./trade.ts";
import { answered, node, type Parameters, type Told } from "./wire.ts";

/** One believed request: its signature, clock and form are right. */
export type Call = {
  readonly parameters: Parameters;
  readonly members: Members;
  readonly books: Books;
  /** Where an address that the answer names begins. */
  readonly origin: string;
};

/** What is done with an answer on its way. */
export type How = { readonly afterMs?: number; readonly isForged?: boolean };

/** 10000, or another code that is no failure. */
export function done({ parameters, books }: Call, told: Told, code = "10000", how: How = {}): SandboxAnswer {
  return answered(parameters, node(code, told), books.parts.keys, how);
}

/** 40004 with its `sub_code`. */
export function failed({ parameters, books }: Call, subCode: string, message: string, told: Told = {}): SandboxAnswer {
  return answered(parameters, node("40004", told, { subCode, message }), books.parts.keys);
}

export function systemError(call: Call, told: Told = {}): SandboxAnswer {
  return failed(call, "ACQ.SYSTEM_ERROR", "接口返回错误", told);
}

/** 40004 for the member `name`. */
export function wrongMember(call: Call, name: string): SandboxAnswer {
  return failed(call, "ACQ.INVALID_PARAMETER", `参数无效：${name}`);
}

/** The trade that `trade_no`, else `out_trade_no` names, and the shop's number as asked. */
export function tradeAsked({ members, books }: Call): {
  readonly trade: Trade | undefined;
  readonly outTradeNo: string | undefined;
} {
  const { trade_no: tradeNo, out_trade_no: number } = members;
  const { orders } = books.ledger;
  if (typeof tradeNo === "string" && tradeNo !== "") {
    const trade = [...orders.values()].find((each) => each.tradeNo === tradeNo);
    return { trade, outTradeNo: trade?.outTradeNo };
  }
  const outTradeNo = typeof number === "string" && number !== "" ? number : undefined;
  return { trade: outTradeNo === undefined ? undefined : orders.get(outTradeNo), outTradeNo };
}
