import { beforeEach, expect, it } from "vitest";
import { pino } from "pino";
import { plusMs, type Instant } from "../../../src/domain/clock.ts";
import { plusDays } from "../../../src/domain/local-time.ts";
import { billsKind, billsWork, planBills } from "../../../src/gateway/bills/bills-work.ts";
import { claimJobs, rescheduleJob } from "../../../src/gateway/jobs/jobs.ts";
import type { PaymentEngine } from "../../../src/gateway/payments/engine.ts";
import { openMatchedShop, type MatchedShop } from "../../fakes/matched-shop.ts";
import { account, noon } from "../../fakes/matched-stores.ts";
import { freshDatabase } from "../fresh-database.ts";

const day = "2026-11-20";
const atOnceMax = 12;
const bills = { zone: "Asia/Shanghai", kinds: ["trade", "fundFlow"], cutMinute: 0, readyMinute: 600, keptDays: 90 };
const word = { code: "NO_AUTH", text: "" };
const refused = { kind: "refused", word };
const none = { kind: "none", word };

let shop: MatchedShop;
beforeEach(async () => {
  shop = await openMatchedShop((await freshDatabase()).open());
  await shop.payment({ amount: 842, at: noon(day) });
  await planBills(shop.database, noon(day));
});

/** What a run of the job asks the provider for at `now`, who answers so. */
async function askedAt(now: Instant, outcomeOf: (kind: string, day: string) => object): Promise<readonly string[]> {
  const asked: string[] = [];
  const fetchBill = async ({ kind, day: of }: { readonly kind: string; readonly day: string }) => {
    asked.push(`${kind}/${of}`);
    return outcomeOf(kind, of);
  };
  const known = { id: account.id, provider: { channel: "wechat", bills, billAccount: async () => "19", fetchBill } };
  const clock = { now: () => now, after: () => () => undefined };
  const parts = { database: shop.database, clock, log: pino({ level: "silent" }) };
  for (const job of await claimJobs(shop.database, [billsKind], now, 1)) {
    await billsWork({ parts, accounts: { byId: async () => known } } as unknown as PaymentEngine, job);
    await rescheduleJob(shop.database, job, now, false);
  }
  return asked;
}

/** The bills of `count` days from the first one on. */
const billsOf = (kind: string, count: number): readonly string[] =>
  Array.from({ length: count }, (_, n) => `${kind}/${plusDays(day, n)}`);

it("a fund flow that is refused for ever keeps no day's trade bill from being asked for", async () => {
  for (let n = 1; n <= 20; n++) {
    await shop.payment({ amount: 100, at: noon(plusDays(day, n - 1)) });
    const asked = await askedAt(noon(plusDays(day, n)), (kind) => (kind === "fundFlow" ? refused : none));
    expect([asked.includes(`trade/${plusDays(day, n - 1)}`), asked.length <= atOnceMax]).toEqual([true, true]);
  }
});

it("a day without its bill is missing however many older bills never came", async () => {
  await askedAt(noon(plusDays(day, 30)), () => refused);
  await shop.payment({ amount: 500, at: noon(plusDays(day, 30)) });
  await askedAt(noon(plusDays(day, 31)), () => refused);
  expect(await shop.open()).toContain("break billMissing -500");
});

it("bills that never come are asked for in turn, the last day's every time", async () => {
  const now = noon(plusDays(day, 20));
  const rounds: (readonly string[])[] = [];
  // two of the last day each time, and ten others
  for (let n = 0; n < 8; n++) rounds.push(await askedAt(plusMs(now, n), () => refused));
  for (const round of rounds) {
    expect(round).toHaveLength(atOnceMax);
    // in the order of their days: what a day's bill means hangs on the day before
    const days = round.map((name) => name.split("/")[1]);
    expect(days).toEqual(days.toSorted());
    expect(round.slice(-2)).toEqual([`trade/${plusDays(day, 19)}`, `fundFlow/${plusDays(day, 19)}`]);
  }
  const all = [...billsOf("trade", 20), ...billsOf("fundFlow", 20)].toSorted();
  for (const four of [rounds.slice(0, 4), rounds.slice(4)]) expect([...new Set(four.flat())].toSorted()).toEqual(all);
});

it("one that takes the gateway down with it is behind the others the next time", async () => {
  const now = noon(plusDays(day, 20));
  const isDeadly = (kind: string, of: string): boolean => kind === "trade" && of === day;
  let isAsked: (value: unknown) => void = () => undefined;
  const asking = new Promise((done) => {
    isAsked = done;
  });
  void askedAt(now, (kind, of) => {
    if (!isDeadly(kind, of)) return refused;
    isAsked(null);
    return new Promise(() => undefined);
  });
  await asking;
  // the claim of whoever died is over
  const next = await askedAt(plusMs(now, 3_600_000), () => refused);
  expect(next).toHaveLength(atOnceMax);
  expect(next).not.toContain(`trade/${day}`);
});
