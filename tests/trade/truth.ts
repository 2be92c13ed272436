import type { Instant } from "../../src/domain/clock.ts";
import type { AccountState } from "../../src/gateway/sandbox/settlement/account.ts";
import { bankCredits, bankStatement, type BankCredit } from "../../src/gateway/sandbox/settlement/bank.ts";
import { openSettlement } from "../../src/gateway/sandbox/settlement/books.ts";
import { dayOf } from "../../src/gateway/sandbox/settlement/days.ts";
import { applyPlants } from "../../src/gateway/sandbox/settlement/plan.ts";
import type { Plant } from "../../src/gateway/sandbox/settlement/plant.ts";
import type { TradeRow } from "../../src/gateway/sandbox/settlement/trade-row.ts";
import type { ProviderName } from "../../src/gateway/sandbox/provider-name.ts";
import { eventsOf } from "../../src/gateway/sandbox/store.ts";
import { dice } from "../simulation/seeded.ts";
import { simulatedPlays } from "../simulation/simulated-provider.ts";

export const wallets = ["wechat", "alipay"] as const;
export type Wallet = (typeof wallets)[number];

/** The gateway's name of a wallet's account. */
export function accountOf(wallet: Wallet): string {
  return `${wallet}-sandbox`;
}

/** What the sandboxes' store says at an instant, read beside them: nothing of ours is asked. */
export type Truth = {
  account(wallet: Wallet): AccountState;
  readonly plants: readonly Plant[];
  readonly credits: readonly BankCredit[];
  /** The rows of a day's trade bill as the file of this instant has them, refunds from the balance among them. */
  filed(wallet: Wallet, day: string): readonly TradeRow[];
  statement(from: string, to: string, cash: readonly BankCredit[]): Uint8Array;
};

/** Reads the store's lines as they are at `now`. */
export function readTruth(lines: readonly string[], now: Instant): Truth {
  const clock = { now: () => now, after: () => () => undefined };
  const settlement = openSettlement({ events: eventsOf(lines, "settlement"), append: () => undefined });
  const accounts = new Map(
    simulatedPlays.map((maker): [ProviderName, AccountState] => {
      const store = { events: eventsOf(lines, maker.provider), append: () => undefined };
      const parts = { clock, random: dice(0, "truth"), timeFactor: 1, fetch: null, settlement };
      return [maker.provider, maker.open({ ...parts, store }).account()];
    }),
  );
  const account = (wallet: Wallet): AccountState => {
    const state = accounts.get(wallet);
    if (state === undefined) throw new Error(`nobody plays ${wallet}`);
    return state;
  };
  const plants = settlement.plants();
  const credits = bankCredits(
    wallets.map((provider) => ({ provider, state: account(provider) })),
    plants,
    now,
  );
  return {
    account,
    plants,
    credits,
    filed(wallet, day) {
      const rows = account(wallet).rows.filter(({ at }) => dayOf(at) === day);
      return applyPlants(rows, settlement.plants(wallet), day, now).rows;
    },
    statement: (from, to, cash) => {
      const brought = cash.filter(({ at }) => at <= now);
      const all = [...credits, ...brought].toSorted((a, b) => a.at - b.at);
      return bankStatement(all, from, to);
    },
  };
}
