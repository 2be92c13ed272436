import { money } from "../../src/domain/money.ts";
import type { RegisterState, WaitingCounter } from "../../src/register/state.ts";
import type { Customer } from "./customer.ts";
import { dueOf, pause, press, readsMs, stateOf, type Hand } from "./hand.ts";

/** Digits 3 to 6 of the customer's code: what the sandbox does with it, as often as it stands here. */
const plays = [
  "0000",
  "0000",
  "0000",
  "0000",
  "0000",
  "0000",
  "0000",
  "0000",
  "0000",
  "0101",
  "0101",
  "0102",
  "0103",
  "0103",
  "0201",
  "0202",
  "0301",
  "0301",
  "0302",
  "0303",
  "0303",
  "0304",
  "0304",
  "0305",
  "0401",
  "0501",
  "0502",
  "0503",
  "0601",
  "0602",
] as const;

/** Whatever this customer pays with, from the view where it is chosen. */
export async function pay(hand: Hand, state: RegisterState, customer: Customer): Promise<void> {
  const { dice } = hand;
  const due = dueOf(state);
  if (due.amount <= 0) return press(hand, (register) => register.backToGoods());
  const hasMoney = (state.sale?.tenders.length ?? 0) > 0;
  if (customer.splits && !hasMoney && due.amount > 300) {
    // cash comes in the shop's coins
    const step = state.settings?.rules?.rounding?.step ?? 1;
    const part = money(Math.floor(due.amount / 3 / step) * step, due.currency);
    return press(hand, (register) => register.takeCash(part, "part"));
  }
  if (hasMoney && dice.chance(4)) return press(hand, (register) => register.removeTender(0));
  if (!state.connection.online && dice.chance(45)) {
    if (dice.chance(40)) return press(hand, (register) => register.takeUnverified("alipay", "4711"));
    return payCash(hand, state);
  }
  if (state.counter.kind === "tender" && state.counter.method === "cash") return payCash(hand, state);
  switch (customer.pays) {
    case "cash":
      return payCash(hand, state);
    case "shown":
      return askForCode(hand, customer);
    default:
      return scanCode(hand, customer);
  }
}

async function payCash(hand: Hand, state: RegisterState): Promise<void> {
  const due = dueOf(state);
  const given = money(due.amount + hand.dice.pick([0, 0, 50, 1_000]), due.currency);
  const isTwice = hand.dice.chance(15);
  await press(hand, async (register) => {
    register.chooseMethod("cash");
    await Promise.all([register.takeCash(given), ...(isTwice ? [register.takeCash(given)] : [])]);
  });
  // an amount that looks like a slip is asked about once
  if (stateOf(hand)?.notice?.kind !== "slip") return;
  await pause(hand, readsMs);
  await press(hand, (register) => register.takeCash(given));
}

/** The payer's code, perhaps twice. */
export async function scanCode(hand: Hand, customer: Customer): Promise<void> {
  const { dice, floor } = hand;
  const prefix = customer.wallet === "wechat" ? "13" : "28";
  const code = `${prefix}${dice.pick(plays)}${String(++floor.codes).padStart(12, "0")}`;
  const isTwice = dice.chance(10);
  await takePart(hand, customer);
  await tip(hand, customer);
  await press(hand, async (register) => {
    await Promise.all([register.scan(code), ...(isTwice ? [register.scan(code)] : [])]);
  });
}

/** The till shows a code; the phones before the display do the rest. */
async function askForCode(hand: Hand, customer: Customer): Promise<void> {
  await takePart(hand, customer);
  await tip(hand, customer);
  await press(hand, (register) => register.showCode(customer.wallet));
}

/** Who splits the bill may split what a wallet pays, too. */
async function takePart(hand: Hand, customer: Customer): Promise<void> {
  const state = stateOf(hand);
  if (!customer.splits || state === null || state.counter.kind !== "tender") return;
  const { length } = state.sale?.tenders ?? [];
  const half = money(Math.floor(dueOf(state).amount / 2), "CNY");
  if (length === 1 && half.amount > 0) await press(hand, (register) => register.choosePart(half));
}

async function tip(hand: Hand, customer: Customer): Promise<void> {
  const state = stateOf(hand);
  if (!customer.tips || state === null || state.counter.kind !== "tender") return;
  const tipped = money(Math.round(dueOf(state).amount / 20), "CNY");
  if (tipped.amount > 0) await press(hand, (register) => register.chooseTip(tipped));
}

/** While a payment is on its way: waits, parks, gives up, or with the gateway away has the sale freed. */
export async function wait(hand: Hand, waiting: WaitingCounter, customer: Customer): Promise<void> {
  const now = hand.till()?.process.clock.now() ?? 0;
  const waitedMs = now - waiting.startedAt;
  if (waitedMs > customer.parksMs) return press(hand, (register) => register.parkPayment());
  if (!waiting.gatewayHeard && waitedMs > 15_000 && hand.dice.chance(30))
    return press(hand, (register) => register.beginFreeing());
  if (waitedMs > customer.patienceMs && waiting.stage !== "undoing")
    return press(hand, (register) => register.abandonPayment());
}
