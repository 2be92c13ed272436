import { describe, expect, it } from "vitest";
import { eventsOf, memoryStore, storeOf } from "../../../src/gateway/sandbox/store.ts";
import { readLedger } from "../../../src/gateway/sandbox/wechat-pay/ledger.ts";

describe("the sandbox's store", () => {
  it("marks each line with its provider, and hands each provider its own lines only", () => {
    const store = memoryStore();
    storeOf(store, "wechat").append({ event: "one" });
    storeOf(store, "alipay").append({ event: "two" });
    expect(store.lines.map((line) => JSON.parse(line).provider)).toEqual(["wechat", "alipay"]);
    expect(storeOf(store, "alipay").events).toEqual([{ provider: "alipay", event: "two" }]);
  });

  it("lines without a mark are WeChat Pay's", () => {
    const lines = ['{"event":"codeUsed","codeHash":"x","at":1}', '{"provider":"alipay","event":"other"}', ""];
    expect(eventsOf(lines, "wechat")).toEqual([{ event: "codeUsed", codeHash: "x", at: 1 }]);
    expect(readLedger(lines).usedCodes).toEqual(new Set(["x"]));
  });

  it("an order written before there were shown codes reads as a code payment without refunds", () => {
    const order = { outTradeNo: "T20261121190000000001", total: 1, paidAt: 1, givenBack: 0, state: "SUCCESS" };
    const ledger = readLedger([JSON.stringify({ event: "ordered", codeHash: "x", order })]);
    expect(ledger.orders.get(order.outTradeNo)).toMatchObject({
      kind: "codepay",
      refunds: [],
      coupon: null,
      notifyUrl: null,
    });
  });
});
