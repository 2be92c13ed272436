import { sleep } from "../../src/domain/clock.ts";
import { makeId, type PaymentId, type SaleId, type SessionId, type TillId } from "../../src/domain/identifier.ts";
import type { CompletedSale, JournalFact } from "../../src/domain/journal.ts";
import { money } from "../../src/domain/money.ts";
import { dayOf } from "../../src/gateway/sandbox/settlement/days.ts";
import { makeActivationCode } from "../../src/gateway/tills/activation.ts";
import type { GatewayServer } from "../../src/gateway/routes/route.ts";
import type { Dice } from "../simulation/seeded.ts";
import type { Shop } from "../simulation/shop.ts";
import { sampleSale } from "../fakes/sample-sale.ts";
import { activatedTill, type SigningTill } from "../fakes/signing-till.ts";
import { freshCode } from "./till-hand.ts";
import type { Wallet } from "./truth.ts";

/**
 * A third till of the shop whose program is broken: it writes into its journal what never was. Through it comes what no till of
 * ours does.
 */
export type Scribe = {
  newSale(): SaleId;
  newPayment(): PaymentId;
  newSession(): SessionId;
  /** Charges a code of `wallet` as `play` has it and waits for the end; `captured` or how else it ended. */
  charge(
    wallet: Wallet,
    play: string,
    fen: number,
    sale: SaleId,
  ): Promise<{ readonly id: PaymentId; readonly state: string }>;
  /** Writes facts and sends them; `day` is the business day they are of. */
  write(facts: readonly JournalFact[], day: string, session?: SessionId): Promise<void>;
};

const queryEveryMs = 1_000;
const queriesMax = 120;
const over = new Set(["captured", "declined", "closed", "reversed"]);

/** Activates the till `till-a2` for it. */
export async function openScribe(shop: Shop, random: Dice): Promise<Scribe> {
  const running = () => {
    const gateway = shop.gateway();
    if (gateway === null) throw new Error("the gateway is closed");
    return gateway;
  };
  const server = {
    inject: (...given: Parameters<GatewayServer["inject"]>) => running().gateway.app.server.inject(...given),
  } as unknown as GatewayServer;
  const { code } = await makeActivationCode(running().parts, "till-a2" as TillId);
  const till: SigningTill = await activatedTill(server, shop.time.clock, code);
  const { tag } = till.answer.settings;
  const now = () => shop.time.clock.now();
  return {
    newSale: () => makeId<SaleId>(now(), tag, random),
    newPayment: () => makeId<PaymentId>(now(), tag, random),
    newSession: () => makeId<SessionId>(now(), tag, random),
    async charge(wallet, play, fen, sale) {
      const id = makeId<PaymentId>(now(), tag, random);
      const { sale: snapshot } = sampleSale(sale, fen);
      const common = { v: 1, deadline: now() + 9_000, amount: fen, currency: "CNY", channel: wallet };
      const body = { ...common, code: freshCode(wallet, play), sale: snapshot, entry: { series: 1, number: 1 } };
      const put = await till.ask({ method: "PUT", path: `/v1/payments/${id}`, body });
      if (put.statusCode !== 200) throw new Error(`the payment is refused: ${put.statusCode} ${put.body}`);
      for (let asked = 0; asked < queriesMax; asked++) {
        const { state } = (await till.ask({ path: `/v1/payments/${id}` })).json<{ readonly state: string }>();
        if (over.has(state)) return { id, state };
        await sleep(shop.time.clock, queryEveryMs);
      }
      throw new Error(`the payment ${id} never ends`);
    },
    async write(facts, day, session) {
      const envelope = { businessDate: day as never, session: session ?? null };
      const answer = await till.drain(facts.map((fact) => till.write(fact, envelope)));
      if (answer.statusCode !== 200) throw new Error(`the journal is refused: ${answer.statusCode} ${answer.body}`);
    },
  };
}

let receipts = 0;

/** A completed sale of `fen` that counts `paid`, a payment of `wallet`. */
export function saleCounting(sale: SaleId, fen: number, paid: PaymentId, wallet: Wallet): CompletedSale {
  const whole = sampleSale(sale, fen, paid);
  const [tender] = whole.tenders;
  const receipt = `A2-1-${String(++receipts).padStart(4, "0")}`;
  return { ...whole, receipt, tenders: tender?.kind === "payment" ? [{ ...tender, channel: wallet }] : [] };
}

/** A completed sale of `fen` paid to the static code as noted, with the end of the number that the payer showed. */
export function saleNoted(sale: SaleId, fen: number, wallet: Wallet, tail: string, at: number): CompletedSale {
  const receipt = `A2-1-${String(++receipts).padStart(4, "0")}`;
  const tender = { kind: "unverified", amount: money(fen, "CNY"), channel: wallet, at: at as never, tail } as const;
  return { ...sampleSale(sale, fen), receipt, tenders: [tender], drawer: false };
}

/** The business date of an instant: the store's day begins at four. */
export function businessDay(at: number): string {
  return dayOf((at - 4 * 3_600_000) as never);
}
