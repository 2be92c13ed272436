import { sql } from "kysely";
import { beforeEach, describe, expect, it } from "vitest";
import { pino } from "pino";
import type { Instant } from "../../../src/domain/clock.ts";
import { billsWork } from "../../../src/gateway/bills/bills-work.ts";
import { cameAgain, fetchBill } from "../../../src/gateway/bills/fetch-bill.ts";
import type { Job } from "../../../src/gateway/jobs/jobs.ts";
import { reconciliationDays } from "../../../src/gateway/office/reconciliation/days.ts";
import { reconciliationItems } from "../../../src/gateway/office/reconciliation/items.ts";
import type { Accounts } from "../../../src/gateway/payments/accounts.ts";
import type { PaymentEngine } from "../../../src/gateway/payments/engine.ts";
import { oneAtATime } from "../../../src/gateway/reconcile/one-at-a-time.ts";
import type { Database } from "../../../src/gateway/store/database.ts";
import { noTotals } from "../../../src/domain/bills/totals.ts";
import { tradeRow } from "../../fakes/matched-bills.ts";
import { openMatchedShop, type MatchedShop } from "../../fakes/matched-shop.ts";
import { account, noon } from "../../fakes/matched-stores.ts";
import { openMender } from "../../fakes/mender.ts";
import { freshDatabase } from "../fresh-database.ts";
import { waitsFor } from "../held-lock.ts";

const day = "2026-11-20";
const at = noon(day);
const hour = 3_600_000;
const later = (from: Instant, hours: number): Instant => (from + hours * hour) as Instant;
const morning = later(at, -3);
const evening = later(at, 6);
const next = noon("2026-11-21");
const bills = { zone: "Asia/Shanghai", kinds: ["trade"], cutMinute: 0, readyMinute: 600, keptDays: 90 };

let shop: MatchedShop;
beforeEach(async () => {
  shop = await openMatchedShop((await freshDatabase()).open());
});

const word = { code: "NO_STATEMENT_EXIST", text: "" };
const none = { kind: "none", word };
const silence = { kind: "silence", why: "timeout" };

function accountOf(outcome: object, asked: string[] = []) {
  const fetch = async ({ day: of }: { readonly day: string }) => {
    asked.push(of);
    return outcome;
  };
  return { id: account.id, provider: { channel: "wechat", bills, billAccount: async () => "19", fetchBill: fetch } };
}

function partsAt(now: Instant) {
  return {
    database: shop.database,
    clock: { now: () => now, after: () => () => undefined },
    log: pino({ level: "silent" }),
  };
}

const ask = (outcome: object, now: Instant, of = day) =>
  fetchBill(partsAt(now) as never, accountOf(outcome) as never, account.homeStore, "trade", of);

describe("a day whose bill came before it was over", () => {
  it.each([
    ["silent", silence],
    ["without one", none],
  ])("has a missing bill once the provider is %s the next noon, and is asked for until then", async (_, outcome) => {
    const one = await shop.payment({ amount: 11300, at });
    await shop.bill(day, [tradeRow(one, 11300, at)], evening);
    await shop.payment({ amount: 842, at: later(evening, 1) });
    expect(await ask(outcome, later(next, 1))).toBe("later");
    expect(await shop.open()).toEqual(["break billMissing -842"]);
    await shop.bill(day, [tradeRow(one, 11300, at)], later(next, 2), "the whole day");
    expect(await shop.open()).toEqual(["break withUsNotWithThem -842"]);
  });

  it("and contradicts itself, as two people have accepted, is not asked about again while the whole day's is missing", async () => {
    const one = await shop.payment({ amount: 11300, at });
    const rows = [tradeRow(one, 11300, at)];
    const contradicts = { ...noTotals, rows: 2 };
    await shop.bill(day, rows, evening, "early", contradicts);
    expect(await openMender(shop, evening).mend("accept")).toEqual({ state: "done", failed: [] });
    await ask(silence, later(next, 1));
    expect(await shop.open()).toEqual(["break billMissing 0"]);
    await shop.bill(day, rows, later(next, 2), "the whole day", contradicts);
    expect(await shop.open()).toEqual([]);
    const told = await shop.database
      .selectFrom("audit_entry")
      .select("act")
      .where("act", "=", "mendingUndone")
      .execute();
    expect(told).toEqual([]);
  });

  it("that was empty is judged whole when there is still nothing", async () => {
    await shop.emptyDay(day, morning);
    await shop.payment({ amount: 842, at });
    expect(await ask(none, later(next, -4))).toBe("later");
    expect(await ask(none, later(next, 1))).toBe("here");
    expect(await shop.open()).toEqual(["break withUsNotWithThem -842"]);
  });

  it("is asked for by the job until the whole of it is here, also after days", async () => {
    const one = await shop.payment({ amount: 11300, at });
    await shop.bill(day, [tradeRow(one, 11300, at)], evening);
    const asked: string[] = [];
    const byId = async () => accountOf(silence, asked);
    const week = noon("2026-11-27");
    const job = { store: account.homeStore, id: `bills/${account.id}`, kind: "bills", subject: account.id } as Job;
    await billsWork({ parts: partsAt(week), accounts: { byId } } as unknown as PaymentEngine, job);
    expect(asked).toContain(day);
  });

  it("and whose file somebody hands in again the next day has to have everything too", async () => {
    const one = await shop.payment({ amount: 11300, at });
    const { bill } = (await shop.bill(day, [tradeRow(one, 11300, at)], evening)) as { bill: { id: string } };
    await shop.payment({ amount: 842, at: later(evening, 1) });
    const again = {
      homeStore: account.homeStore,
      account: account.id,
      kind: "trade",
      day,
      origin: "handedIn",
    } as const;
    const named = { ...again, name: "bill", announced: null, handedBy: "owner", id: bill.id };
    await cameAgain(partsAt(later(evening, 2)) as never, accountOf(none) as never, named);
    expect(await shop.open()).toEqual([]);
    await cameAgain(partsAt(next) as never, accountOf(none) as never, named);
    expect(await shop.open()).toEqual(["break withUsNotWithThem -842"]);
  });
});

describe("the account comes before its differences, as whoever mends takes them", () => {
  const missing = (step: Database) =>
    sql`select 1 from difference where number = ${`trade/${day}`} for update`.execute(step);

  it("when the same bill comes again", async () => {
    const one = await shop.payment({ amount: 11300, at });
    const { bill } = (await shop.bill(day, [tradeRow(one, 11300, at)], evening)) as { bill: { id: string } };
    await shop.payment({ amount: 842, at: later(evening, 1) });
    await ask(silence, next);
    expect(await shop.open()).toContainEqual("break billMissing -842");
    const named = { homeStore: account.homeStore, account: account.id, kind: "trade", day, origin: "fetched" } as const;
    const again = { ...named, name: "", announced: null, handedBy: null, id: bill.id };
    const act = () => cameAgain(partsAt(next) as never, accountOf(none) as never, again);
    expect(await waitsFor(shop.database, (step) => oneAtATime(step, account.id), act, missing)).toBe(true);
    expect(await shop.open()).toEqual(["break withUsNotWithThem -842"]);
  });

  it("when a bill is found missing, and not when it has come meanwhile", async () => {
    await shop.payment({ amount: 842, at });
    await ask(silence, next);
    const bill = async (step: Database) => {
      await missing(step);
      await sql`insert into bill (store, id, account, kind, day, version, state, origin, name, size, at, taken_at, checked_at)
        values (${account.homeStore}, 'b', ${account.id}, 'trade', ${day}, 1, 'current', 'handedIn', '', 0, ${next}, ${next}, ${next})`.execute(
        step,
      );
      await sql`update difference set state = 'gone' where class = 'billMissing'`.execute(step);
    };
    const act = () => ask(silence, later(next, 1));
    expect(await waitsFor(shop.database, (step) => oneAtATime(step, account.id), act, bill)).toBe(true);
    expect(await shop.open()).toEqual([]);
  });
});

describe("a day that goes on", () => {
  it("is neither empty nor without its bill", async () => {
    expect(await ask(none, morning)).toBe("later");
    await shop.payment({ amount: 842, at });
    expect(await ask(none, evening)).toBe("later");
    expect(await ask(silence, evening)).toBe("later");
    expect(await shop.open()).toEqual([]);
    expect(await shop.database.selectFrom("bill").select("id").execute()).toEqual([]);
  });

  it("keeps what may stand in the neighbour's early bill waiting", async () => {
    const late = later(at, 11.95);
    await shop.payment({ amount: 842, at: late });
    await shop.bill("2026-11-21", [], later(late, 0.1));
    await shop.bill(day, [], later(late, 0.2));
    expect(await shop.open()).toEqual([expect.stringMatching(/^waiting nearCut/)]);
  });

  it("counts once what waits and what is a break already", async () => {
    await shop.bill(day, [], morning);
    await shop.payment({ amount: 842, at });
    await shop.payment({ amount: 500, at, sale: "none" });
    await shop.review(evening);
    const known = {
      byId: async () => accountOf(none),
      ofStore: async () => [{ ...accountOf(none), channel: "wechat" }],
    } as unknown as Accounts;
    const { items } = await reconciliationItems(shop.database, known, { day });
    const kinds = items.map(({ result }) => result.kind);
    const { days } = await reconciliationDays(shop.database, known, { from: day, to: day }, evening);
    expect(days.map(({ waiting, breaks }) => [waiting.count, breaks.count])).toEqual([
      [kinds.filter((kind) => kind === "waiting").length, kinds.filter((kind) => kind === "break").length],
    ]);
  });
});
