import { plusMs, type Instant } from "../../../domain/clock.ts";
import type { ProviderName } from "../provider-name.ts";
import type { AccountState, Payout } from "./account.ts";
import { dayMs, digitsOf, dayOf, timeOf } from "./days.ts";
import { gbk } from "./gbk.ts";
import type { Plant } from "./plant.ts";
import { yuan } from "./yuan.ts";

/** One credit on the shop's account with the bank. Fen. */
export type BankCredit = {
  readonly at: Instant;
  readonly amount: number;
  /** The counterparty's name. */
  readonly payer: string;
  readonly text: string;
  /** The bank's own number. */
  readonly number: string;
  /** The payout that it is, or null. */
  readonly payout: string | null;
  readonly plant: string | null;
};

/** The bank account stood here before the first credit: 5000.00 yuan. */
const opening = 500_000;
const lateByMs = 2 * dayMs;
const payers: Readonly<Record<ProviderName, string>> = {
  wechat: "财付通支付科技有限公司",
  alipay: "支付宝（中国）网络技术有限公司",
};
const texts: Readonly<Record<ProviderName, string>> = { wechat: "微信支付商户提现", alipay: "支付宝提现" };
const stranger = "上海某某商贸有限公司";

/** Every credit up to `now`, in order of time: payouts a day after they left, and those that a plant makes up. */
export function bankCredits(
  accounts: readonly { readonly provider: ProviderName; readonly state: AccountState }[],
  plants: readonly Plant[],
  now: Instant,
): readonly BankCredit[] {
  const paid = accounts.flatMap(({ provider, state }) =>
    state.payouts.flatMap((payout) => creditOf(payout, provider, state.account) ?? []),
  );
  const unknown = plants.filter(({ kind }) => kind === "unknownCredit").map(strangerCredit);
  return [...paid, ...unknown].filter(({ at }) => at <= now).toSorted((a, b) => a.at - b.at);
}

/** What the bank makes of a payout; null for one that it sent back, or that never came. */
function creditOf(payout: Payout, provider: ProviderName, account: string): BankCredit | null {
  const { plant, arrivesAt, number } = payout;
  if (plant?.kind === "payoutReturned" || plant?.kind === "payoutNeverCredited") return null;
  const off = plant?.amount ?? 0;
  const difference = plant?.kind === "payoutShort" ? -off : plant?.kind === "payoutOver" ? off : 0;
  return {
    at: plant?.kind === "payoutLate" ? plusMs(arrivesAt, lateByMs) : arrivesAt,
    amount: payout.amount + difference,
    payer: payers[provider],
    text: `${texts[provider]} ${account} ${number}`,
    number: `B${number}`,
    payout: number,
    plant: plant?.id ?? null,
  };
}

function strangerCredit({ id, at, amount, turn }: Plant): BankCredit {
  const number = `B33${digitsOf(at)}${String(turn).padStart(4, "0")}`;
  return { at, amount: amount ?? 0, payer: stranger, text: "货款", number, payout: null, plant: id };
}

const header = "交易日期,交易时间,收入,支出,余额,对方户名,摘要,流水号";

/** The statement of the days `from` to `to`, both included: GBK, one credit a line, CRLF. */
export function bankStatement(credits: readonly BankCredit[], from: string, to: string): Uint8Array {
  let balance = opening;
  const lines = [header];
  for (const { at, amount, payer, text, number } of credits) {
    balance += amount;
    const day = dayOf(at);
    if (day < from || day > to) continue;
    lines.push([day, timeOf(at).slice(11), yuan(amount), "", yuan(balance), payer, text, number].join(","));
  }
  return gbk(lines.map((line) => `${line}\r\n`).join(""));
}
