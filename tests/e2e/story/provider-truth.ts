import { readFileSync } from "node:fs";
import { readAlipayLedger } from "../../../src/gateway/sandbox/alipay/ledger.ts";
import { readLedger } from "../../../src/gateway/sandbox/wechat-pay/ledger.ts";
import type { Wallet } from "./customers.ts";

/** What one provider's own store says. Amounts in fen. */
export type ProviderTruth = {
  /** Our numbers of the payments that it took and has not given back whole by undoing them. */
  readonly kept: readonly string[];
  /** What it holds of the payers' money. */
  readonly net: number;
  /** Our number of the payment and the amount of each refund that reached the payer. */
  readonly refunds: readonly string[];
  /** What happened to its notifications. */
  readonly plays: ReadonlySet<string>;
};

type Told = {
  readonly attempt: string;
  readonly held: number;
  readonly isUndone: boolean;
  readonly refunds: readonly number[];
};

/** Reads a provider's part of the sandbox's file. */
export function providerTruthOf(store: string, wallet: Wallet): ProviderTruth {
  const lines = readFileSync(store, "utf8").split("\n");
  const orders = wallet === "wechat" ? wechatOrders(lines) : alipayTrades(lines);
  const ledger = wallet === "wechat" ? readLedger(lines) : readAlipayLedger(lines);
  return {
    kept: orders.filter((each) => !each.isUndone).map((each) => each.attempt),
    net: orders.reduce((sum, each) => sum + each.held, 0),
    refunds: orders.flatMap(({ attempt, refunds }) => refunds.map((amount) => `${attempt} ${amount}`)),
    plays: new Set([...ledger.notifications.values()].map(({ play }) => (play === "invented" ? "forged" : play))),
  };
}

function wechatOrders(lines: readonly string[]): Told[] {
  return [...readLedger(lines).orders.values()]
    .filter((order) => order.paidAt !== null)
    .map((order) => ({
      attempt: order.outTradeNo,
      held: order.total - order.givenBack,
      isUndone: order.state === "REVOKED",
      refunds: order.refunds.filter(({ status }) => status === "SUCCESS").map(({ amount }) => amount),
    }));
}

function alipayTrades(lines: readonly string[]): Told[] {
  return [...readAlipayLedger(lines).orders.values()]
    .filter((trade) => trade.paidAt !== null)
    .map((trade) => ({
      attempt: trade.outTradeNo,
      held: trade.total - trade.givenBack,
      isUndone: trade.refunds.some(({ by }) => by === "cancel"),
      refunds: trade.refunds
        .filter(({ by, status }) => by === "refund" && status === "done")
        .map(({ amount }) => amount),
    }));
}
