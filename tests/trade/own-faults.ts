import { sleep } from "../../src/domain/clock.ts";
import { money } from "../../src/domain/money.ts";
import type { Dice } from "../simulation/seeded.ts";
import type { Shop } from "../simulation/shop.ts";
import { ownFault, type Expected, type Plan } from "./plan.ts";
import { businessDay, saleCounting, saleNoted, type Scribe } from "./scribe.ts";
import { plant } from "./plants.ts";
import { accountOf, wallets, type Wallet } from "./truth.ts";

export const ownKinds = [
  "saleUnpaid",
  "saleOfDeclined",
  "captureVoided",
  "captureLeftOpen",
  "paidTwice",
  "tenderDiffers",
  "paidAfterGivingUp",
  "captureUnknown",
  "saleOfUnmade",
  "notedNoRow",
  "notedOneRow",
  "notedTwoRows",
] as const;
export type OwnKind = (typeof ownKinds)[number];

type At = { readonly shop: Shop; readonly scribe: Scribe; readonly plan: Plan; readonly dice: Dice };
type Made = { readonly wallet: Wallet; readonly fen: number; readonly day: string; readonly now: number };

/** Does one thing that only our own side can get wrong, through the broken till. */
export async function causeOwnFault(at: At, kind: OwnKind): Promise<void> {
  const now = at.shop.time.clock.now();
  const made: Made = { wallet: at.dice.pick(wallets), fen: at.dice.between(300, 19_999), day: businessDay(now), now };
  const { expected, number, amount } = await cause(at, kind, made);
  const account = accountOf(made.wallet);
  const side: Expected["side"] = kind.startsWith("noted") ? "tender" : "payment";
  const found = expected.map((name) => ({ account, side, number, class: name }));
  ownFault(at.plan, { kind, day: made.day, wallet: made.wallet, number, amount }, found);
}

type Caused = { readonly expected: readonly string[]; readonly number: string; readonly amount: number };

async function cause(at: At, kind: OwnKind, made: Made): Promise<Caused> {
  const { scribe } = at;
  const { wallet, fen, day } = made;
  const sale = scribe.newSale();
  const complete = (paid: Parameters<typeof saleCounting>[2], total = fen): Promise<void> => {
    at.plan.written.sold += total;
    return scribe.write([{ kind: "saleCompleted", body: saleCounting(sale, total, paid, wallet) }], day);
  };
  const charged = async (play: string, state: string) => {
    const payment = await scribe.charge(wallet, play, fen, sale);
    if (payment.state !== state) throw new Error(`a payment that should be ${state} is ${payment.state}`);
    return payment.id;
  };
  switch (kind) {
    case "saleUnpaid": {
      const number = scribe.newPayment();
      await complete(number);
      return { expected: ["saleWithoutPayment"], number, amount: fen };
    }
    case "saleOfDeclined": {
      const number = await charged("0201", "declined");
      await complete(number);
      return { expected: ["saleWithoutPayment"], number, amount: fen };
    }
    case "captureVoided": {
      const number = await charged("0000", "captured");
      await scribe.write([{ kind: "saleVoided", body: { sale } }], day);
      return { expected: ["captureWithoutSale"], number, amount: fen };
    }
    case "captureLeftOpen":
      return leftOpen(at, made);
    case "paidTwice": {
      const number = await charged("0000", "captured");
      await complete(await charged("0000", "captured"));
      return { expected: ["paidTwice"], number, amount: fen };
    }
    case "tenderDiffers": {
      const number = await charged("0000", "captured");
      const more = at.dice.between(1, 200);
      await complete(number, fen + more);
      return { expected: ["tenderDiffers"], number, amount: more };
    }
    case "paidAfterGivingUp":
    case "captureUnknown": {
      const number = await charged("0201", "declined");
      // a sale that counts it has nothing behind it until the bill tells
      if (kind === "captureUnknown") await complete(number);
      await plant(at.shop, { kind: "unmadePayment", provider: wallet, amount: fen, order: number, at: made.now });
      const before = kind === "captureUnknown" ? ["saleWithoutPayment"] : [];
      return { expected: [...before, kind], number, amount: fen };
    }
    case "saleOfUnmade": {
      const number = scribe.newPayment();
      await complete(number);
      await plant(at.shop, { kind: "unmadePayment", provider: wallet, amount: fen, order: number, at: made.now });
      return { expected: ["saleWithoutPayment", "captureUnknown"], number, amount: fen };
    }
    default:
      return noted(at, kind, made);
  }
}

async function leftOpen({ scribe, shop }: At, { wallet, fen, day }: Made): Promise<Caused> {
  const [sale, session] = [scribe.newSale(), scribe.newSession()];
  const none = money(0, "CNY");
  await scribe.write([{ kind: "sessionOpened", body: { float: none, carried: true } }], day, session);
  const { id } = await scribe.charge(wallet, "0000", fen, sale);
  const body = { attempt: id, sale, amount: money(fen, "CNY"), channel: wallet };
  await scribe.write([{ kind: "paymentAttempted", body }], day, session);
  await sleep(shop.time.clock, 1_000);
  const totals = { openedAt: shop.time.clock.now(), sales: 0, total: none, cash: none, payments: none };
  await scribe.write([{ kind: "sessionClosed", body: { ...totals, inDoubt: [], shift: null } }], day, session);
  return { expected: ["captureWithoutSale"], number: id, amount: fen };
}

/** A tender noted unproved: with no row of the provider's, with one that proves it, with two between which a person picks. */
async function noted({ scribe, shop, plan, dice }: At, kind: OwnKind, made: Made): Promise<Caused> {
  const { wallet, day, now } = made;
  // an amount that nobody else pays: 200 yuan and more
  const fen = dice.between(20_000, 49_999);
  const sale = scribe.newSale();
  const rows = kind === "notedNoRow" ? 0 : kind === "notedOneRow" ? 1 : 2;
  await scribe.write([{ kind: "saleCompleted", body: saleNoted(sale, fen, wallet, "", now) }], day);
  for (let nth = 0; nth < rows; nth++)
    await plant(shop, { kind: "foreignPayment", provider: wallet, amount: fen, at: now + (nth + 1) * 60_000 });
  plan.written.sold += fen;
  if (rows === 1) plan.proved[wallet] += fen;
  else plan.unproven += fen;
  return { expected: rows === 1 ? [] : ["unprovenTender"], number: `${sale}/1`, amount: fen };
}
