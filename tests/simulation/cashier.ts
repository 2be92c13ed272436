import { saleTotal } from "../../src/domain/sale-totals.ts";
import type { RegisterState } from "../../src/register/state.ts";
import { nextCustomer, type Customer } from "./customer.ts";
import { reduce, scanGoods } from "./goods-hand.ts";
import { looksMax, pause, press, secondPerson, stateOf, toSelling, type Hand } from "./hand.ts";
import { pay, scanCode, wait } from "./pay-hand.ts";
import { takeBack } from "./return-hand.ts";
import { atTheDrawer } from "./shift-hand.ts";

/** Refusals after which a ticket with goods coming back is given up. */
const hopeless: ReadonlySet<string> = new Set(["nothingLeft", "offlineCap", "saleNotFound", "notPermitted"]);

/** Serves one customer until the sale is paid, held, parked, voided, paid out, or lost with the till. */
export async function serveCustomer(hand: Hand): Promise<void> {
  await toSelling(hand);
  await tidyParked(hand);
  await pause(hand, hand.dice.between(300, 3_000));
  const customer = nextCustomer(hand);
  const begun = stateOf(hand)?.sale === null ? await begin(hand, customer) : "goods";
  if (begun === "nothing") return;
  let tries = 0;
  for (let look = 0; look < looksMax; look++) {
    await toSelling(hand);
    const state = stateOf(hand);
    if (state === null) continue;
    if (state.counter.kind === "done") return leaveDone(hand, state.counter.receipt);
    if (state.sale === null && state.counter.kind === "goods") return;
    if (state.sale !== null && state.counter.kind === "goods" && tries++ > 12) await giveUp(hand, state);
    else await actOn(hand, state, customer);
    await pause(hand, begun === "met" ? 200 : hand.dice.between(200, 900));
  }
  throw new Error(`the till is stuck: ${JSON.stringify(stateOf(hand)?.counter)}`);
}

/** Takes up or voids what was parked and found unpaid; true when nothing stands aside any more. */
export async function tidyParked(hand: Hand): Promise<boolean> {
  const parked = stateOf(hand)?.parked ?? [];
  const unpaid = parked.find(({ stage }) => stage === "unpaid");
  if (unpaid !== undefined && stateOf(hand)?.sale === null) {
    const resumes = unpaid.hasMoney || hand.dice.chance(40);
    await press(hand, (register) =>
      resumes ? register.resumeParked(unpaid.attempt) : register.voidParked(unpaid.attempt),
    );
  }
  return parked.length === 0;
}

/** Takes up the oldest ticket that waits on this till; true when none does. */
export async function tidyTickets(hand: Hand): Promise<boolean> {
  const [ticket] = stateOf(hand)?.tickets ?? [];
  if (ticket === undefined) return true;
  if (stateOf(hand)?.sale === null) await press(hand, (register) => register.takeUp(ticket.sale));
  return false;
}

/** What the customer brings onto the ticket, if anything; `met`: somebody at the other till brings the same back. */
async function begin(hand: Hand, customer: Customer): Promise<"nothing" | "goods" | "met"> {
  const { dice, mix } = hand;
  if (dice.chance(mix.shift)) await atTheDrawer(hand);
  if (stateOf(hand)?.phase !== "selling") return "nothing";
  if (dice.chance(mix.takesUp) && (await takeUpWaiting(hand))) return "goods";
  if (customer.wants !== "buys") {
    const back = await takeBack(hand);
    if (back === "nothing") return "nothing";
    if (back === "met" || customer.wants === "returns") return back === "met" ? "met" : "goods";
  }
  await scanGoods(hand);
  if (dice.chance(mix.discounts)) await reduce(hand);
  return "goods";
}

/** A ticket of this till, or one that the other till holds. */
async function takeUpWaiting(hand: Hand): Promise<boolean> {
  if (hand.dice.chance(50)) await tidyTickets(hand);
  else {
    await press(hand, (register) => register.showHeld());
    const counter = stateOf(hand)?.counter;
    const [other] = counter?.kind === "held" ? counter.others : [];
    if (other !== undefined) await press(hand, (register) => register.takeUpElsewhere(other.id));
    if (stateOf(hand)?.counter.kind === "held") await press(hand, (register) => register.backToGoods());
  }
  return stateOf(hand)?.sale !== null;
}

async function actOn(hand: Hand, state: RegisterState, customer: Customer): Promise<void> {
  const { dice } = hand;
  const { counter, sale, notice } = state;
  switch (counter.kind) {
    case "goods":
      if (notice?.kind === "refused" && hopeless.has(notice.why)) return giveUp(hand, state);
      if (customer.holds && sale?.state === "open") return press(hand, (register) => register.holdSale());
      // a code scanned on the goods is Pay and the payment in one
      if (
        customer.pays === "code" &&
        !customer.splits &&
        sale !== null &&
        saleTotal(sale).amount > 0 &&
        dice.chance(50)
      )
        return scanCode(hand, customer);
      return press(hand, (register) => register.beginTender());
    case "tender":
      return pay(hand, state, customer);
    case "waiting":
      return wait(hand, counter, customer);
    case "giveBack":
      return press(hand, (register) => register.giveBack());
    case "declined":
      if (dice.chance(8) && sale?.tenders.length === 0) return press(hand, (register) => register.voidSale());
      if (dice.chance(40)) return scanCode(hand, customer);
      return press(hand, (register) => register.chooseMethod("cash"));
    case "secondPerson":
      return secondPerson(hand, state);
    default:
      return press(hand, (register) => register.backToGoods());
  }
}

/** The customer leaves without the goods; money that is in the sale is handed back first. */
async function giveUp(hand: Hand, state: RegisterState): Promise<void> {
  if ((state.sale?.tenders.length ?? 0) > 0)
    return press(hand, (register) => register.beginTender().then(() => undefined));
  return press(hand, (register) => register.voidSale());
}

async function leaveDone(hand: Hand, receipt: string): Promise<void> {
  if (hand.floor.receipts.at(-1) !== receipt) hand.floor.receipts.push(receipt);
  if (hand.dice.chance(70)) await press(hand, (register) => register.nextCustomer());
}
