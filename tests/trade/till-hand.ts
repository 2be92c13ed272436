import { sleep } from "../../src/domain/clock.ts";
import type { StaffId } from "../../src/domain/identifier.ts";
import { money, type Money } from "../../src/domain/money.ts";
import { balanceOf } from "../../src/domain/sale.ts";
import type { Register } from "../../src/register/register.ts";
import type { RegisterState } from "../../src/register/state.ts";
import type { Dice } from "../simulation/seeded.ts";
import type { Shop } from "../simulation/shop.ts";
import type { TillPlace } from "../simulation/till-place.ts";
import type { AvailableRefund } from "./available-refund.ts";
import type { TradePhones } from "./phones.ts";
import type { Wallet } from "./truth.ts";

/** A cashier at one till, who does exactly what is asked. */
export type TillHand = {
  readonly shop: Shop;
  readonly place: TillPlace;
  readonly staff: StaffId;
  readonly dice: Dice;
  /** For what is done at the drawer, so that it moves no customer of an older seed. */
  readonly drawerDice: Dice;
  readonly phones: TradePhones;
  readonly available: AvailableRefund;
  /** Receipts given, the newest last, with what paid for them. */
  readonly receipts: { readonly receipt: string; readonly how: string; isBack: boolean }[];
};

/** How a customer pays. `play` are digits 3 to 6 of his code, or what his phone does with a shown one. */
export type Payment =
  | { readonly kind: "cash" }
  | { readonly kind: "code" | "shown"; readonly wallet: Wallet; readonly play: string }
  | { readonly kind: "both"; readonly play: string };

const manager = "staff-5" as StaffId;
const lookMs = 500;
const looksMax = 400;
const givesUpMs = 45_000;
let codes = 0;

/** A payment code that nobody has shown before. */
export function freshCode(wallet: Wallet, play: string): string {
  return `${wallet === "wechat" ? "13" : "28"}${play}${String(++codes).padStart(12, "0")}`;
}

export function stateOf({ place }: TillHand): RegisterState {
  const state = place.running()?.register.state.get();
  if (state === undefined) throw new Error(`${place.id} is closed`);
  return state;
}

export function registerOf({ place }: TillHand): Register {
  const register = place.running()?.register;
  if (register === undefined) throw new Error(`${place.id} is closed`);
  return register;
}

export function pause(hand: TillHand, ms = lookMs): Promise<void> {
  return sleep(hand.shop.time.clock, ms);
}

/** Looks until `isSo`, dealing with second persons on the way; throws with what stands on the screen. */
export async function until(hand: TillHand, isSo: (state: RegisterState) => boolean): Promise<RegisterState> {
  for (let looks = 0; looks < looksMax; looks++) {
    const state = stateOf(hand);
    if (isSo(state)) return state;
    if (state.phase === "selling" && state.counter.kind === "secondPerson") await sayYes(hand);
    else await pause(hand);
  }
  const { phase, counter, notice } = stateOf(hand);
  throw new Error(`${hand.place.id} shows ${phase} ${JSON.stringify({ counter, notice }).slice(0, 600)}`);
}

async function sayYes(hand: TillHand): Promise<void> {
  await registerOf(hand).approve(manager, hand.shop.pins.get(manager) ?? "");
  await pause(hand);
}

/** Signs on and opens the shift. */
export async function openShift(hand: TillHand, float: Money): Promise<void> {
  await until(hand, ({ phase }) => phase === "signOn" || phase === "openShift" || phase === "selling");
  if (stateOf(hand).phase === "signOn") await registerOf(hand).signOn(hand.staff, hand.shop.pins.get(hand.staff) ?? "");
  if (stateOf(hand).phase === "openShift") await registerOf(hand).openShift(float);
  if (stateOf(hand).notice?.kind === "slip") {
    // less than was left: the same again is meant
    await pause(hand, 2_000);
    await registerOf(hand).openShift(float);
  }
  await until(hand, ({ phase }) => phase === "selling");
}

/** Sells something and takes the money as asked; the receipt, or null when the customer left without paying. */
export async function sell(hand: TillHand, payment: Payment): Promise<string | null> {
  await toGoods(hand);
  await addGoods(hand);
  hand.phones.behaviour = payment.kind === "shown" ? payment.play : "usual";
  await pay(hand, payment);
  const receipt = await outcome(hand);
  if (receipt !== null) hand.receipts.push({ receipt, how: howOf(payment), isBack: false });
  return receipt;
}

export function howOf(payment: Payment): string {
  return "wallet" in payment ? payment.wallet : payment.kind;
}

export async function toGoods(hand: TillHand): Promise<void> {
  const { counter, sale } = await until(hand, ({ phase }) => phase === "selling");
  if (counter.kind === "done") await registerOf(hand).nextCustomer();
  else if (counter.kind !== "goods" && sale === null) await registerOf(hand).backToGoods();
  await until(hand, (state) => state.counter.kind === "goods");
}

/** One to three pieces of what the store has. */
export async function addGoods(hand: TillHand, pieces = hand.dice.between(1, 3)): Promise<void> {
  const register = registerOf(hand);
  const { categories } = stateOf(hand).catalog;
  const products = categories
    .flatMap(({ id }) => register.inCategory(id))
    .filter(({ unit, isDeposit, deposit }) => unit === "piece" && !isDeposit && deposit === null);
  for (let nth = 0; nth < pieces; nth++) {
    const product = products[hand.dice.below(products.length)];
    if (product !== undefined) await register.add(product);
    await pause(hand, 300);
  }
}

export function dueOf(hand: TillHand): Money {
  const { sale } = stateOf(hand);
  if (sale === null) throw new Error(`${hand.place.id} has nothing on the ticket`);
  return balanceOf(sale);
}

async function pay(hand: TillHand, payment: Payment): Promise<void> {
  const register = registerOf(hand);
  await register.beginTender();
  switch (payment.kind) {
    case "cash":
      return payCash(hand);
    case "code":
      return register.scan(freshCode(payment.wallet, payment.play));
    case "shown":
      return register.showCode(payment.wallet);
    case "both": {
      const half = money(Math.max(1, Math.floor(dueOf(hand).amount / 2)), "CNY");
      await register.choosePart(half);
      await register.scan(freshCode("wechat", payment.play));
      await until(hand, ({ sale, counter }) => counter.kind === "tender" && sale?.tenders.length === 1);
      return registerOf(hand).scan(freshCode("alipay", payment.play));
    }
  }
}

async function payCash(hand: TillHand): Promise<void> {
  const due = dueOf(hand);
  const given = money(due.amount + hand.dice.pick([0, 0, 50, 1_000]), "CNY");
  registerOf(hand).chooseMethod("cash");
  for (let tries = 0; tries < 4 && stateOf(hand).counter.kind !== "done"; tries++) {
    await registerOf(hand).takeCash(given);
    if (stateOf(hand).counter.kind === "secondPerson") await sayYes(hand);
    await pause(hand);
  }
}

/** Waits for the end of a payment; gives it up when it takes too long, and then leaves the goods. */
async function outcome(hand: TillHand): Promise<string | null> {
  const began = hand.shop.time.clock.now();
  for (let looks = 0; looks < looksMax; looks++) {
    const state = stateOf(hand);
    const { counter, sale } = state;
    if (counter.kind === "done") return counter.receipt;
    if (sale === null && counter.kind === "goods") return null;
    if (counter.kind === "secondPerson") await sayYes(hand);
    else if (counter.kind === "waiting") {
      if (hand.shop.time.clock.now() - began > givesUpMs && counter.stage !== "undoing")
        await registerOf(hand).abandonPayment();
    } else await registerOf(hand).voidSale();
    await pause(hand);
  }
  throw new Error(`${hand.place.id} waits for ever: ${JSON.stringify(stateOf(hand).counter).slice(0, 400)}`);
}

/** Takes goods back and gives the money where it came from: all of line 1, or so much money. False when nothing was left. */
export async function takeBack(hand: TillHand, receipt: string, fen: number | null): Promise<boolean> {
  await toGoods(hand);
  await registerOf(hand).openFind();
  await registerOf(hand).findSale(receipt);
  const seen = stateOf(hand).counter;
  const [found] = seen.kind === "find" ? (seen.found ?? []) : [];
  if (found !== undefined) await registerOf(hand).openFound(found);
  const { counter } = stateOf(hand);
  if (counter.kind !== "return") {
    await registerOf(hand).backToGoods();
    return false;
  }
  const pick = fen === null ? { line: 1, thousandths: 1_000 } : { line: 1, amount: money(fen, "CNY") };
  await registerOf(hand).returnGoods(counter.sale, [pick]);
  await registerOf(hand).beginTender();
  const state = await until(hand, (each) => each.counter.kind !== "secondPerson" && each.counter.kind !== "goods");
  if (state.counter.kind === "giveBack") await registerOf(hand).giveBack();
  const end = await until(hand, (each) => each.counter.kind === "done" || each.notice?.kind === "refused");
  if (end.counter.kind === "done") return true;
  await registerOf(hand).voidSale();
  return false;
}
