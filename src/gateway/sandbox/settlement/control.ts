import { plusMs, type Clock, type Random } from "../../../domain/clock.ts";
import type { ControlReply, ProviderPlay } from "../play.ts";
import type { ProviderName } from "../provider-name.ts";
import { fileAnswer, type SandboxAnswer } from "../wire.ts";
import { payoutNumber, transferMs, type AccountState, type Payout, type Withdrawal } from "./account.ts";
import { bankCredits, bankStatement, type BankCredit } from "./bank.ts";
import { readyPlays, type SettlementBooks, type Shown } from "./books.ts";
import { dayOf, isDay } from "./days.ts";
import { feeOn } from "./fees.ts";
import { plantFrom } from "./plant-request.ts";
import type { Plant } from "./plant.ts";

/** What the calls about bills, money on its way and differences work on. */
export type Desk = {
  readonly settlement: SettlementBooks;
  readonly plays: readonly ProviderPlay[];
  readonly clock: Clock;
  readonly random: Random;
  /** By which a transfer to the bank is shorter than a day. */
  readonly timeFactor: number;
};

type Body = Readonly<Record<string, unknown>>;
type Reply = ControlReply | SandboxAnswer;

/** One call under `/_sandbox/`, or null when it is none of these. */
export function settlementCall(path: string, isWrite: boolean, body: Body, desk: Desk): Reply | null {
  switch (path) {
    case "/_sandbox/bills":
      return isWrite ? setReady(body, desk) : { status: 200, json: { ready: desk.settlement.ready() } };
    case "/_sandbox/balance":
      return isWrite ? wrongMethod : withPlay(body, desk, (play) => ({ status: 200, json: balance(play.account()) }));
    case "/_sandbox/withdraw":
      return isWrite ? withPlay(body, desk, (play) => withdraw(play, body, desk)) : wrongMethod;
    case "/_sandbox/plants":
      return isWrite ? withPlay(body, desk, (play) => plant(play, body, desk)) : listPlants(desk);
    case "/_sandbox/bank":
      return isWrite ? wrongMethod : { status: 200, json: { credits: credits(desk) } };
    case "/_sandbox/bank/statement":
      return isWrite ? wrongMethod : statement(body, desk);
    default:
      return null;
  }
}

const wrongMethod: ControlReply = { status: 405, json: { problem: "wrong method" } };

function withPlay(body: Body, { plays }: Desk, call: (play: ProviderPlay) => Reply): Reply {
  const play = plays.find(({ provider }) => provider === (body["provider"] ?? "wechat"));
  return play === undefined ? problem(400, "provider is one that this sandbox plays: wechat or alipay") : call(play);
}

function setReady({ ready }: Body, { settlement }: Desk): ControlReply {
  const asked = readyPlays.find((each) => each === ready);
  if (asked === undefined) return problem(400, `ready is one of ${readyPlays.join(", ")}`);
  settlement.record({ event: "billsReady", ready: asked });
  return { status: 200, json: { ready: asked } };
}

function balance({ account, balance: fen, terms, payouts }: AccountState): object {
  return { account, balance: fen, opening: terms.opening, payouts };
}

/** Money drawn by hand: `of: "today"` from the day's takings (D+0), else from what lies there. The fee is taken beside it. */
function withdraw(play: ProviderPlay, { amount, of = "balance" }: Body, desk: Desk): ControlReply {
  const { settlement, clock, timeFactor } = desk;
  if (typeof amount !== "number" || !Number.isSafeInteger(amount) || amount < 1)
    return problem(400, "amount is in fen");
  if (of !== "balance" && of !== "today") return problem(400, "of is balance or today");
  const state = play.account();
  const fee = feeOn(amount, state.terms.withdrawalRatePpm);
  if (amount + fee > state.balance)
    return problem(409, `the balance is ${state.balance} fen, and ${fee} fen of fee go with it`);
  const now = clock.now();
  const turn = settlement.withdrawals(play.provider).length + 1;
  const transfer = settlement.ready() === "atOnce" ? 0 : Math.round(transferMs * timeFactor);
  const withdrawal: Withdrawal = {
    number: payoutNumber(play.provider === "wechat" ? "11" : "22", now, turn),
    at: now,
    amount,
    fee,
    isSameDay: of === "today",
    arrivesAt: plusMs(now, transfer),
  };
  settlement.record({ event: "withdrawn", of: play.provider, withdrawal });
  return { status: 200, json: { ...withdrawal, balance: play.account().balance } };
}

function plant(play: ProviderPlay, body: Body, { settlement, clock, random }: Desk): ControlReply {
  const turn = settlement.plants().length + 1;
  const made = plantFrom(body, { play, now: clock.now(), random, turn });
  if (typeof made === "string") return problem(400, made);
  settlement.record({ event: "planted", plant: made });
  return { status: 200, json: { plant: made } };
}

function listPlants(desk: Desk): ControlReply {
  const accounts = accountsOf(desk);
  const arrived = bankCredits(accounts, desk.settlement.plants(), desk.clock.now());
  const payouts = accounts.flatMap(({ state }) => state.payouts);
  const plants = desk.settlement.plants().map((each) => {
    return { ...each, came: whatCame(each, desk.settlement.shownIn(each.id), payouts, arrived) };
  });
  return { status: 200, json: { plants } };
}

/** What has become of a plant: the files it stood in when they were asked for, the payout and the bank's line it touched. */
function whatCame(
  { id, made }: Plant,
  shownIn: readonly Shown[],
  payouts: readonly Payout[],
  arrived: readonly BankCredit[],
): object {
  const payout = payouts.find((each) => each.plant?.id === id) ?? null;
  const credit = arrived.find((each) => each.plant === id) ?? null;
  const isSeen = made !== "" || payout !== null || credit !== null || shownIn.length > 0;
  const sent = payout === null ? null : { number: payout.number, at: payout.at, amount: payout.amount };
  return { state: isSeen ? "there" : "waiting", shownIn, payout: sent, credit };
}

function credits(desk: Desk): readonly BankCredit[] {
  return bankCredits(accountsOf(desk), desk.settlement.plants(), desk.clock.now());
}

function accountsOf({ plays }: Desk): readonly { readonly provider: ProviderName; readonly state: AccountState }[] {
  return plays.map((play) => ({ provider: play.provider, state: play.account() }));
}

function statement({ from, to }: Body, desk: Desk): Reply {
  const today = dayOf(desk.clock.now());
  const first = from ?? today;
  const last = to ?? today;
  if (!isDay(first) || !isDay(last)) return problem(400, "from and to are days, YYYY-MM-DD");
  return fileAnswer(bankStatement(credits(desk), first, last), "text/csv; charset=gbk");
}

function problem(status: number, sentence: string): ControlReply {
  return { status, json: { problem: sentence } };
}
