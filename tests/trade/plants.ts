import type { Shop } from "../simulation/shop.ts";
import type { Dice } from "../simulation/seeded.ts";
import { dayAfter, dayOf, momentOf } from "../../src/gateway/sandbox/settlement/days.ts";
import { feeOn } from "../../src/gateway/sandbox/settlement/fees.ts";
import type { Plant, PlantKind } from "../../src/gateway/sandbox/settlement/plant.ts";
import type { TradeRow } from "../../src/gateway/sandbox/settlement/trade-row.ts";
import { bait, type Plan } from "./plan.ts";
import { readTruth, wallets, type Wallet } from "./truth.ts";

type Asked = {
  readonly kind: PlantKind;
  readonly provider: Wallet;
  readonly day?: string;
  readonly order?: string;
  readonly amount?: number;
  readonly rate?: string;
  readonly at?: number;
  readonly bill?: "trade" | "flow";
};

/** Plants a difference in the sandbox and answers it as its store keeps it. */
export async function plant(shop: Shop, asked: Asked): Promise<Plant> {
  const status = await shop.provider.control("/plants", asked);
  if (status !== 200) throw new Error(`the sandbox plants no ${JSON.stringify(asked)}: ${status}`);
  const made = readTruth(shop.provider.lines, shop.time.clock.now()).plants.at(-1);
  if (made === undefined) throw new Error("nothing was planted");
  return made;
}

type Night = { readonly shop: Shop; readonly plan: Plan; readonly dice: Dice; readonly day: string };

/** What is planted on rows of a bill; each takes a row of its own. */
const rowPlants = [
  ["paymentMissing", "payment"],
  ["otherAmount", "payment"],
  ["duplicateRow", "payment"],
  ["otherFee", "payment"],
  ["correctedBill", "payment"],
  ["otherRate", "payment"],
  ["outsideRefund", "payment"],
  ["chargeback", "payment"],
  ["refundMissing", "refund"],
  ["duplicateRow", "refund"],
  ["reversalMissing", "reversal"],
] as const;

/** Plants differences into the bills of `day`, after its last customer: several of a kind, now and then two on one row. */
export async function plantNight(night: Night): Promise<void> {
  for (const wallet of wallets) {
    const { account } = readTruth(night.shop.provider.lines, night.shop.time.clock.now());
    const rows = account(wallet).rows.filter(
      ({ at, order, refund }) =>
        dayOf(at) === night.day &&
        !order.startsWith("QT_") &&
        !isPlanned(night.plan, order) &&
        !isPlanned(night.plan, refund),
    );
    await plantRows(night, wallet, rows);
    await plantBills(night, wallet);
  }
  await plantBank(night);
}

function isPlanned(plan: Plan, order: string): boolean {
  return plan.own.some(({ number }) => number === order);
}

async function plantRows({ shop, dice, day }: Night, wallet: Wallet, rows: readonly TradeRow[]): Promise<void> {
  // an order with money back is left out of what a person does in the portal: there may be nothing left of it
  const touched = new Set(rows.filter(({ kind }) => kind !== "payment").map(({ order }) => order));
  const free = {
    payment: rows.filter(({ kind, order }) => kind === "payment" && !touched.has(order)),
    refund: rows.filter(({ kind }) => kind === "refund"),
    reversal: rows.filter(({ kind }) => kind === "reversal"),
  };
  let last = null as TradeRow | null;
  for (const [kind, on] of rowPlants) {
    if (dice.chance(25)) continue;
    const isSecond: boolean = last !== null && kind === "otherFee" && dice.chance(50);
    const row: TradeRow | undefined = isSecond
      ? (last ?? undefined)
      : free[on].splice(dice.below(Math.max(1, free[on].length)), 1)[0];
    if (row === undefined) continue;
    await plantRow(shop, wallet, kind, row, day, dice);
    if (kind === "otherAmount") last = row;
  }
}

async function plantRow(
  shop: Shop,
  wallet: Wallet,
  kind: (typeof rowPlants)[number][0],
  row: TradeRow,
  day: string,
  dice: Dice,
): Promise<void> {
  const order = row.kind === "refund" ? row.refund : row.order;
  // an order's rows of other days stay as they are
  const common = { kind, provider: wallet, order, day } as const;
  switch (kind) {
    case "otherAmount":
      return void (await plant(shop, { ...common, amount: row.amount + dice.pick([-1, 1, 100, -30]) }));
    case "otherFee":
      return void (await plant(shop, { ...common, amount: feeOn(row.receivable, 6_000) + dice.between(1, 5) }));
    case "otherRate":
      return void (await plant(shop, { ...common, rate: dice.pick(["0.80%", "1.00%", "0.38%"]) }));
    case "outsideRefund":
    case "chargeback":
      return void (await plant(shop, {
        kind,
        provider: wallet,
        order,
        amount: dice.between(1, Math.max(1, Math.min(row.amount, 500))),
      }));
    case "correctedBill":
      return void (await plant(shop, { ...common, at: momentOf(dayAfter(day), 20 * 60) }));
    default:
      return void (await plant(shop, common));
  }
}

/** Whole files: footers that do not add up, bills that come late in the morning or after noon, other business, payments of nobody. */
async function plantBills({ shop, plan, dice, day }: Night, wallet: Wallet): Promise<void> {
  const common = { provider: wallet, day } as const;
  if (dice.chance(40)) await plant(shop, { ...common, kind: "otherFooter", amount: dice.pick([-500, 1, 30]) });
  const isMissing = dice.chance(30);
  const isFlowMissing = !isMissing && dice.chance(30);
  if (isMissing) {
    const minute = dice.chance(60) ? 13 * 60 : 11 * 60;
    await plant(shop, { ...common, kind: "billMissing", at: momentOf(dayAfter(day), minute) });
  }
  if (isFlowMissing) {
    await plant(shop, { ...common, kind: "billMissing", bill: "flow", at: momentOf(dayAfter(day), 11 * 60) });
    bait(plan, "fund flow late");
  }
  for (let nth = dice.between(1, 2); nth > 0; nth--)
    await plant(shop, { ...common, kind: "foreignPayment", amount: dice.between(51_000, 90_000) });
  bait(plan, "other business");
  if (dice.chance(60)) await plant(shop, { ...common, kind: "unmadePayment", amount: dice.between(100, 9_000) });
}

const payoutKinds = ["payoutLate", "payoutShort", "payoutOver", "payoutReturned", "payoutNeverCredited"] as const;

/** What becomes of the payout that leaves on the morning after `day`, and money from strangers. */
async function plantBank({ shop, dice, day }: Night): Promise<void> {
  const tomorrow = dayAfter(day);
  for (const provider of wallets) {
    if (dice.chance(35)) continue;
    await plant(shop, { kind: dice.pick(payoutKinds), provider, day: tomorrow, amount: dice.between(1, 900) });
  }
  if (dice.chance(50))
    await plant(shop, {
      kind: "unknownCredit",
      provider: "wechat",
      amount: dice.between(100, 90_000),
      at: momentOf(tomorrow, 9 * 60 + 30),
    });
}
