import { sql } from "kysely";
import { beforeEach, expect, it } from "vitest";
import type { Instant } from "../../../src/domain/clock.ts";
import { accounts } from "../../../src/gateway/books/ledger.ts";
import { judgeKind, judgeWork, planJudging } from "../../../src/gateway/mend/judge-work.ts";
import { judgeAgain } from "../../../src/gateway/reconcile/judge-again.ts";
import { oneAtATime } from "../../../src/gateway/reconcile/one-at-a-time.ts";
import type { Database } from "../../../src/gateway/store/database.ts";
import { waitsFor } from "../held-lock.ts";
import { setFeeRate } from "../../../src/gateway/office/fee-rates.ts";
import { freshDatabase } from "../fresh-database.ts";
import { tradeRow } from "../../fakes/matched-bills.ts";
import { openMatchedShop, type MatchedShop } from "../../fakes/matched-shop.ts";
import { account, noon, zone } from "../../fakes/matched-stores.ts";
import { openMender } from "../../fakes/mender.ts";

const day = "2026-11-20";
const at = noon(day);
const next = noon("2026-11-21");

let shop: MatchedShop;
beforeEach(async () => {
  shop = await openMatchedShop((await freshDatabase()).open());
});

it.each([false, true])(
  "a rate that is corrected keeps what the contract says of refunds' fees: given back %s",
  async (givesBack) => {
    const agreed = {
      account: account.id,
      since: "2026-01-01",
      rate: 6000,
      gives_back: givesBack,
      set_by: "owner",
      set_at: 0,
    };
    await shop.database.insertInto("fee_rate").values(agreed).execute();
    const one = await shop.payment({ amount: 11300, at });
    const back = await shop.refund(one, 5650, at);
    const refund = { kind: "refund", refund: back, rate: 3800, fee: givesBack ? -22_000 : 0 } as const;
    await shop.bill(
      day,
      [tradeRow(one, 11300, at, { fee: 43_000, rate: 3800 }), tradeRow(one, 5650, at, refund)],
      next,
    );
    const { mend, judge } = openMender(shop, next);
    await mend("correctRate", { since: "2026-11-01", rate: 3800 });
    await judge();
    expect(await shop.open()).toEqual([]);
    const rates = await shop.database.selectFrom("fee_rate").select(["rate", "gives_back"]).orderBy("since").execute();
    expect(rates).toEqual([
      { rate: 6000, gives_back: givesBack },
      { rate: 3800, gives_back: givesBack },
    ]);
  },
);

it.each(["succeeded", "owed"] as const)(
  "a sale is not completed from a payment of which a refund is %s",
  async (state) => {
    const one = await shop.paymentOfSale(11300, at, "voided");
    await shop.refund(one, 3000, at, state);
    await shop.review(next);
    const before = await shop.balance(accounts.suspense);
    const mender = openMender(shop, next);
    const lost = (await mender.breaks()).filter(({ id }) => id.endsWith("/captureWithoutSale"));
    const done = await mender.mend("completeSale", {}, lost);
    expect(done).toMatchObject({ state: "stale", failed: [{ why: "notCompletable" }] });
    expect(await shop.balance(accounts.suspense)).toBe(before);
    expect(await shop.open()).toContain("break captureWithoutSale 8300");
  },
);

it.each(["mended", "judged anew"])(
  "while an account is matched its breaks are not %s: account first, then breaks",
  async (by) => {
    const one = await shop.payment({ amount: 10000, at });
    await shop.bill(day, [tradeRow(one, 9000, at)], next);
    const { mend, breaks } = openMender(shop, next);
    const items = await breaks();
    const isFree = async (step: Database): Promise<unknown> => {
      const { rows } =
        await sql`select 1 from difference where id = any(${items.map(({ id }) => id)}) for update nowait`.execute(
          step,
        );
      return rows.length;
    };
    const act = (): Promise<unknown> =>
      by === "mended"
        ? mend("ask", {}, items)
        : shop.database.transaction().execute((step) => judgeAgain(step, account, { zone }, [day], next));
    let free: unknown = null;
    const waited = await waitsFor(
      shop.database,
      (step) => oneAtATime(step, account.id),
      act,
      async (step) => {
        free = await isFree(step);
      },
    );
    expect([waited, free]).toEqual([true, items.length]);
  },
);

it("a rate that is set judges every day anew whose bill is here, a job a day", async () => {
  const one = await shop.payment({ amount: 10000, at });
  await shop.bill(day, [tradeRow(one, 10000, at, { fee: 38_000, rate: 3800 })], next);
  await shop.bill("2026-11-21", [], noon("2026-11-22"));
  const { engine } = openMender(shop, next);
  const set = async (rate: number, since: string, now: Instant): Promise<void> => {
    const wanted = { account: account.id, since, rate, givesBack: true };
    await setFeeRate(shop.database, engine.parts.random, wanted, "owner", now);
    await planJudging(shop.database, account.id, since, now);
    const jobs = await shop.database
      .selectFrom("job")
      .selectAll()
      .where("kind", "=", judgeKind)
      .orderBy("id")
      .execute();
    for (const job of jobs) await judgeWork(engine, { ...job, dueAt: job.due_at as Instant });
    await shop.database.deleteFrom("job").execute();
    planned = jobs.length;
  };
  let planned = 0;
  await set(6000, "2026-11-01", next);
  expect([planned, ...(await shop.open())]).toEqual([2, "break rateDiffers 22"]);
  await set(3800, "2026-11-20", next);
  expect([planned, ...(await shop.open())]).toEqual([2]);
  await set(6000, "2026-11-21", next);
  expect([planned, ...(await shop.open())]).toEqual([1]);
});
