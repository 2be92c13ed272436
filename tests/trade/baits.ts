import { LedgerDatabase } from "../../src/storage/database.ts";
import { entriesOf } from "../simulation/claims.ts";
import { startProcess } from "../simulation/virtual-time.ts";
import { bait, ownFault, type Plan } from "./plan.ts";
import { plant } from "./plants.ts";
import {
  addGoods,
  dueOf,
  pause,
  registerOf,
  sell,
  stateOf,
  takeBack,
  toGoods,
  until,
  type Payment,
  type TillHand,
} from "./till-hand.ts";
import { accountOf, readTruth, wallets, type Wallet } from "./truth.ts";

/** Payments that look odd in bills and are in order: coupons of both kinds, undone ones, both wallets on one sale. */
export const oddPayments: readonly (readonly [string, Payment])[] = [
  ...wallets.flatMap((wallet) =>
    (["code", "shown"] as const).flatMap((kind): [string, Payment][] => [
      [`${wallet} coupon of others`, { kind, wallet, play: "0601" }],
      [`${wallet} coupon of the shop`, { kind, wallet, play: "0602" }],
    ]),
  ),
  ["paid at the last second, then reversed", { kind: "code", wallet: "wechat", play: "0502" }],
  ["paid at the last second, then cancelled", { kind: "code", wallet: "alipay", play: "0502" }],
  ["both wallets on one sale", { kind: "both", play: "0000" }],
  ["both wallets, coupon of the shop", { kind: "both", play: "0602" }],
  ["answer cut off", { kind: "code", wallet: "wechat", play: "0303" }],
  ["answer cut off", { kind: "code", wallet: "alipay", play: "0303" }],
  ["request lost", { kind: "code", wallet: "wechat", play: "0304" }],
  ["pays later", { kind: "code", wallet: "alipay", play: "0101" }],
];

/** Sells to somebody whose payment looks odd. */
export async function sellOddly(hand: TillHand, plan: Plan, nth: number): Promise<void> {
  const [name, payment] = oddPayments[nth % oddPayments.length] ?? ["", { kind: "cash" }];
  await sell(hand, payment);
  bait(plan, name);
}

/** Takes back a part of what was bought with a wallet, twice; then a whole line of an older sale. */
export async function takeBackSome(hand: TillHand, plan: Plan, day: string, olderThan: number): Promise<void> {
  const fresh = hand.receipts.slice(olderThan).find(({ how, isBack }) => how !== "cash" && !isBack);
  if (fresh !== undefined) {
    fresh.isBack = true;
    const first = await takeBack(hand, fresh.receipt, hand.dice.between(1, 60));
    const second = await takeBack(hand, fresh.receipt, hand.dice.between(1, 60));
    if (first && second) bait(plan, "two part refunds of one order");
  }
  const old = hand.receipts.slice(0, olderThan).find(({ how, isBack }) => how !== "cash" && !isBack);
  if (old === undefined) return;
  old.isBack = true;
  if (!(await takeBack(hand, old.receipt, null))) return;
  const backs = await lastRefunds(hand);
  const stuck = backs.filter((back) => isLessLeft(hand, back));
  if (stuck.length === 0) return bait(plan, "refund of an earlier day's sale");
  // somebody outside had given back of it already: the provider has not enough left of this payment
  for (const { refund, fen, wallet } of stuck) noteStuck(plan, day, wallet, refund, fen);
}

function isLessLeft({ shop }: TillHand, { refund, attempt, fen, wallet }: Back): boolean {
  const { account } = readTruth(shop.provider.lines, shop.time.clock.now());
  const rows = account(wallet).rows.filter(({ order }) => order === attempt);
  if (rows.every(({ by }) => by === "shop") || rows.some((row) => row.refund === refund)) return false;
  return rows.reduce((left, { kind, amount }) => left + (kind === "payment" ? amount : -amount), 0) < fen;
}

function noteStuck(plan: Plan, day: string, wallet: Wallet, number: string, amount: number): void {
  const found = [{ account: accountOf(wallet), side: "refund", number, class: "refundStuck" }] as const;
  ownFault(plan, { kind: "refundStuck", day, wallet, number, amount }, found);
}

/** A refund that the provider takes on and never finishes: its bill says so as it was on its morning. */
export async function takeBackUnfinished(hand: TillHand, plan: Plan): Promise<void> {
  if ((await playedRefund(hand, "wechat", "stays")) !== null) bait(plan, "refund still PROCESSING in the bill");
}

/** A refund drawn from the available balance, which stands in a bill of its own. */
export async function takeBackFromBalance(hand: TillHand, plan: Plan): Promise<void> {
  hand.available.isNext = true;
  if ((await playedRefund(hand, "wechat", "succeeds")) !== null && !hand.available.isNext)
    bait(plan, "refund from the available balance");
  hand.available.isNext = false;
}

/** A refund that the provider takes on and closes: it goes again under another number. */
export async function takeBackClosed(hand: TillHand, plan: Plan): Promise<void> {
  if ((await playedRefund(hand, "wechat", "closed")) !== null) bait(plan, "refund closed by the provider, made again");
}

/** A refund that the provider cannot pay out: the customer was promised money that does not go. */
export async function takeBackStuck(hand: TillHand, plan: Plan, day: string, wallet: Wallet): Promise<void> {
  const back = await playedRefund(hand, wallet, "abnormal");
  if (back === null) return;
  noteStuck(plan, day, wallet, back.refund, back.fen);
}

async function playedRefund(hand: TillHand, wallet: Wallet, next: string): Promise<Back | null> {
  const receipt = await sell(hand, { kind: "code", wallet, play: "0000" });
  if (receipt === null) return null;
  const sold = hand.receipts.at(-1);
  if (sold !== undefined) sold.isBack = true;
  await hand.shop.provider.control("/refunds", { next, provider: wallet });
  const isBack = await takeBack(hand, receipt, hand.dice.between(1, 60));
  // until it is asked for; the next one is as ever
  await pause(hand, 4_000);
  await hand.shop.provider.control("/refunds", { next: "succeeds", provider: wallet });
  return isBack ? ((await lastRefunds(hand))[0] ?? null) : null;
}

type Back = { readonly refund: string; readonly attempt: string; readonly fen: number; readonly wallet: Wallet };

/** What the till's last sale gives back to wallets, by its journal. */
async function lastRefunds(hand: TillHand): Promise<readonly Back[]> {
  const ledger = new LedgerDatabase(hand.place.browser.platform(startProcess(hand.shop.time, 0)));
  const entry = entriesOf(await ledger.entry.toArray()).findLast(({ kind }) => kind === "saleCompleted");
  ledger.close();
  if (entry?.kind !== "saleCompleted") return [];
  return entry.body.tenders.flatMap((tender): Back[] => {
    if (tender.kind !== "refund") return [];
    const { refund, attempt, amount, channel } = tender;
    return [{ refund, attempt, fen: -amount.amount, wallet: channel === "alipay" ? "alipay" : "wechat" }];
  });
}

/**
 * The line to the gateway is down for minutes, and somebody pays to the static code: the provider has it under a number of its own.
 * `agrees`: the end of the number that was noted is that of the row, so that the row proves it.
 */
export async function sellNoted(
  hand: TillHand,
  plan: Plan,
  day: string,
  wallet: Wallet,
  agrees: boolean,
): Promise<void> {
  const { shop } = hand;
  await toGoods(hand);
  hand.place.network.cut();
  await until(hand, ({ connection }) => !connection.online);
  await addGoods(hand, 2);
  await registerOf(hand).beginTender();
  const fen = dueOf(hand).amount;
  const turn = readTruth(shop.provider.lines, shop.time.clock.now()).plants.length + 1;
  const tail = String(agrees ? turn : turn + 1).padStart(4, "0");
  await registerOf(hand).takeUnverified(wallet, tail);
  for (let looks = 0; looks < 10 && stateOf(hand).counter.kind !== "done"; looks++) await pause(hand);
  const { counter } = stateOf(hand);
  hand.place.network.restore();
  if (counter.kind !== "done") {
    await registerOf(hand).voidSale();
    return;
  }
  const at = shop.time.clock.now() - 60_000;
  await plant(shop, { kind: "foreignPayment", provider: wallet, amount: fen, at });
  if (agrees) plan.proved[wallet] += fen;
  else plan.unproven += fen;
  const number = `${counter.sale}/1`;
  const kind = agrees ? "notedAndProved" : "notedOtherTail";
  const found = agrees
    ? []
    : [{ account: accountOf(wallet), side: "tender", number, class: "unprovenTender" } as const];
  ownFault(plan, { kind, day, wallet, number, amount: fen }, found);
  if (agrees) bait(plan, "noted unproved, proved by its row");
  await until(hand, ({ connection }) => connection.online);
}
