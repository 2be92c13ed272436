import type { Instant } from "../../src/domain/clock.ts";
import type { MendingAction } from "../../src/domain/reconciliation/mending.ts";
import { claimJobs, finishJob } from "../../src/gateway/jobs/jobs.ts";
import { gatewayKeys } from "../../src/gateway/keys/gateway-keys.ts";
import { execute, type Executed } from "../../src/gateway/mend/execute.ts";
import { judgeKind, judgeWork } from "../../src/gateway/mend/judge-work.ts";
import { propose } from "../../src/gateway/mend/propose.ts";
import type { PaymentEngine } from "../../src/gateway/payments/engine.ts";
import { dice } from "../simulation/seeded.ts";
import type { MatchedShop } from "./matched-shop.ts";

const jobsMax = 100;
type Named = { readonly store: string; readonly id: string };
export type Mender = {
  readonly engine: PaymentEngine;
  breaks(): Promise<Named[]>;
  /** Proposes for every open break, or those given, and another person says yes. */
  mend(action: MendingAction, parameters?: object, items?: readonly Named[]): Promise<Executed | string>;
  /** Does the jobs that judge days anew. */
  judge(): Promise<void>;
};

/** Somebody who mends a shop's breaks at an instant, with another who agrees. */
export function openMender({ database }: Pick<MatchedShop, "database">, now: Instant): Mender {
  const random = dice(7, "mending");
  const keys = gatewayKeys({ sealing: random.bytes(32), hashing: random.bytes(32), signing: random.bytes(32) }, random);
  const engine = {
    parts: { database, random, keys, clock: { now: () => now, after: () => () => undefined } },
    accounts: { byId: async () => ({ provider: { bills: { zone: "Asia/Shanghai" } } }) },
  } as unknown as PaymentEngine;
  const breaks = (): Promise<Named[]> =>
    database.selectFrom("difference").select(["store", "id"]).where("state", "=", "break").orderBy("id").execute();
  return {
    engine,
    breaks,
    async mend(action, parameters = {}, items) {
      const wanted = items ?? (await breaks());
      return database.transaction().execute(async (step) => {
        const asked = { items: wanted, action, reason: "test", parameters, by: "owner" };
        const proposed = await propose(step, engine.parts, asked, now);
        if (!proposed.ok) return proposed.refusal;
        return execute(step, engine, proposed.value.row, "staff-5", null);
      });
    },
    async judge() {
      for (const job of await claimJobs(database, [judgeKind], now, jobsMax)) {
        await judgeWork(engine, job);
        await finishJob(database, job);
      }
    },
  };
}
