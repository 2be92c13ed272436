import { sleep } from "../../src/domain/clock.ts";
import type { StaffId } from "../../src/domain/identifier.ts";
import type { Product } from "../../src/domain/item.ts";
import { money } from "../../src/domain/money.ts";
import { quantity } from "../../src/domain/quantity.ts";
import type { Register } from "../../src/register/register.ts";
import type { RegisterState, WaitingCounter } from "../../src/register/state.ts";
import type { Dice } from "./seeded.ts";
import type { RunningTill } from "./simulated-processes.ts";
import { never, type VirtualTime } from "./virtual-time.ts";

/** What a cashier has: a till that may be gone for a while, people's PINs, and a hand that the seed moves. */
export type Counter = {
  readonly time: VirtualTime;
  readonly dice: Dice;
  readonly till: () => RunningTill | null;
  readonly pins: ReadonlyMap<string, string>;
  /** Counts the codes shown: none comes twice. */
  readonly shown: { codes: number };
  /** Called before each press; may kill the till in the middle of what the press does. */
  readonly beforePress: () => void;
};

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
] as const;
const cashiers = ["staff-1", "staff-2"] as const;
const supervisor = "staff-4" as StaffId;
/** More looks at the screen than this for one customer would be a till that is stuck. */
const looksMax = 600;

/** Serves one customer from the first scan until the sale is paid, parked, voided, or lost with the till. */
export async function serveCustomer(counter: Counter): Promise<void> {
  await toSelling(counter);
  await tidyParked(counter);
  await pause(counter, counter.dice.between(300, 3_000));
  if (stateOf(counter)?.sale === null) await scanGoods(counter);
  const customer = {
    byCash: counter.dice.chance(45),
    patienceMs: counter.dice.between(8_000, 60_000),
    parksMs: parksAfter(counter.dice),
  };
  for (let look = 0; look < looksMax; look++) {
    await toSelling(counter);
    const state = stateOf(counter);
    if (state === null) continue;
    if (state.counter.kind === "done") return leaveDone(counter);
    if (state.sale === null && state.counter.kind === "goods") return;
    await actOn(counter, state, customer);
    await pause(counter, counter.dice.between(200, 900));
  }
  throw new Error(`the till is stuck: ${JSON.stringify(stateOf(counter)?.counter)}`);
}

/** Takes up or voids what was parked and found unpaid; true when nothing stands aside any more. */
export async function tidyParked(counter: Counter): Promise<boolean> {
  const parked = stateOf(counter)?.parked ?? [];
  const unpaid = parked.find(({ stage }) => stage === "unpaid");
  if (unpaid !== undefined && stateOf(counter)?.sale === null) {
    const resumes = counter.dice.chance(40);
    await press(counter, (register) =>
      resumes ? register.resumeParked(unpaid.attempt) : register.voidParked(unpaid.attempt),
    );
  }
  return parked.length === 0;
}

/** Waits for a till and signs somebody on. */
export async function toSelling(counter: Counter): Promise<void> {
  for (let tries = 0; tries < looksMax; tries++) {
    const state = stateOf(counter);
    if (state?.phase === "selling") return;
    if (state?.phase === "broken") throw new Error(`storage broke: ${JSON.stringify(state.storage.fault)}`);
    if (state?.phase === "signOn") {
      const who = counter.dice.pick(cashiers);
      const pin = counter.dice.chance(3) ? "000000" : (counter.pins.get(who) ?? "");
      await press(counter, (register) => register.signOn(who as StaffId, pin));
      await press(counter, (register) => register.openShift(money(20_000, "CNY")));
    }
    await pause(counter, 700);
  }
  throw new Error("nobody can sign on");
}

function parksAfter(dice: Dice): number {
  return dice.chance(35) ? dice.between(3_000, 30_000) : 150_000;
}

async function scanGoods(counter: Counter): Promise<void> {
  const products = goodsOf(counter);
  for (let left = counter.dice.between(1, 4); left > 0; left--) {
    const product = products[counter.dice.below(Math.max(1, products.length))];
    if (product === undefined) return pause(counter, 2_000);
    const barcode = product.barcodes[0];
    const grams = counter.dice.between(50, 3_000);
    if (product.unit === "kg") await press(counter, (register) => register.add(product, quantity(grams, "kg")));
    else if (barcode !== undefined) await press(counter, (register) => register.scan(barcode));
    await pause(counter, counter.dice.between(100, 700));
  }
  const line = stateOf(counter)?.sale?.lines[0];
  if (line?.quantity.unit === "piece" && counter.dice.chance(10))
    await press(counter, async (register) => register.setQuantity(line.line, 3));
}

function goodsOf(counter: Counter): readonly Product[] {
  const register = counter.till()?.register;
  return (stateOf(counter)?.catalog.categories ?? []).flatMap(({ id }) => register?.inCategory(id) ?? []);
}

type Customer = { readonly byCash: boolean; readonly patienceMs: number; readonly parksMs: number };

async function actOn(counter: Counter, state: RegisterState, customer: Customer): Promise<void> {
  const { dice } = counter;
  switch (state.counter.kind) {
    case "goods":
      if (!customer.byCash && dice.chance(50)) return showCode(counter);
      return press(counter, async (register) => register.beginTender());
    case "tender":
      if (!state.connection.online && dice.chance(60)) return payCash(counter, state);
      return state.counter.method === "cash" || customer.byCash ? payCash(counter, state) : showCode(counter);
    case "waiting":
      return wait(counter, state.counter, customer);
    case "declined":
      if (dice.chance(8)) return press(counter, (register) => register.voidSale());
      if (dice.chance(40)) return showCode(counter);
      return press(counter, async (register) => register.chooseMethod("cash"));
    case "secondPerson":
      return secondPerson(counter);
    default:
      return press(counter, async (register) => register.backToGoods());
  }
}

async function payCash(counter: Counter, state: RegisterState): Promise<void> {
  const { totals } = state;
  if (totals === null) return;
  const given = money(totals.total.amount + counter.dice.pick([0, 0, 50, 1_000]), totals.total.currency);
  const twice = counter.dice.chance(15);
  await press(counter, async (register) => {
    register.chooseMethod("cash");
    await Promise.all([register.takeCash(given), ...(twice ? [register.takeCash(given)] : [])]);
  });
}

async function showCode(counter: Counter): Promise<void> {
  const code = `13${counter.dice.pick(plays)}${String(++counter.shown.codes).padStart(12, "0")}`;
  const twice = counter.dice.chance(10);
  await press(counter, async (register) => {
    await Promise.all([register.scan(code), ...(twice ? [register.scan(code)] : [])]);
  });
}

async function wait(counter: Counter, waiting: WaitingCounter, customer: Customer): Promise<void> {
  const now = counter.till()?.process.clock.now() ?? 0;
  const waitedMs = now - waiting.startedAt;
  if (waitedMs > customer.parksMs) return press(counter, (register) => register.parkPayment());
  if (!waiting.gatewayHeard && waitedMs > 15_000 && counter.dice.chance(30)) {
    return press(counter, async (register) => register.beginFreeing());
  }
  if (waitedMs > customer.patienceMs && waiting.stage !== "undoing")
    return press(counter, (register) => register.abandonPayment());
}

async function secondPerson(counter: Counter): Promise<void> {
  const pin = counter.pins.get(supervisor) ?? "";
  if (counter.dice.chance(10)) return press(counter, (register) => register.cancelSecondPerson());
  return press(counter, (register) => register.approve(supervisor, pin));
}

async function leaveDone(counter: Counter): Promise<void> {
  if (counter.dice.chance(70)) await press(counter, async (register) => register.nextCustomer());
}

function stateOf(counter: Counter): RegisterState | null {
  return counter.till()?.register.state.get() ?? null;
}

/** One press, or as much of it as the till lives to do. */
async function press(counter: Counter, does: (register: Register) => Promise<void>): Promise<void> {
  const till = counter.till();
  if (till === null) return pause(counter, 500);
  const gone = new Promise<void>((resolve) => void till.process.onKill(resolve));
  counter.beforePress();
  await Promise.race([gone, till.process.isAlive() ? does(till.register) : never<void>()]);
}

function pause(counter: Counter, ms: number): Promise<void> {
  return sleep(counter.time.clock, ms);
}
