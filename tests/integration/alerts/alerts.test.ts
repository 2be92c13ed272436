import { beforeEach, describe, expect, it } from "vitest";
import { usualAlertRule, type AlertRule } from "../../../src/domain/alert-rule.ts";
import { plusMs, type Instant } from "../../../src/domain/clock.ts";
import type { StaffId, StoreId } from "../../../src/domain/identifier.ts";
import type { Role } from "../../../src/domain/staff.ts";
import { setAlertRule } from "../../../src/gateway/alerts/alert-rules.ts";
import { alertsFor, readAlerts } from "../../../src/gateway/alerts/alerts.ts";
import { renewAlerts } from "../../../src/gateway/alerts/renew-alerts.ts";
import type { OfficePass } from "../../../src/gateway/routes/passes.ts";
import { json } from "../../../src/gateway/store/database.ts";
import { openMatchedShop, type MatchedShop } from "../../fakes/matched-shop.ts";
import { account, noon } from "../../fakes/matched-stores.ts";
import { dice } from "../../simulation/seeded.ts";
import { freshDatabase, type FreshDatabase } from "../fresh-database.ts";

const day = "2026-11-20";
const start = noon(day);
const dayMs = 86_400_000;
let fresh: FreshDatabase;
let shop: MatchedShop;
let made = 0;
beforeEach(async () => {
  fresh = await freshDatabase();
  shop = await openMatchedShop(fresh.open());
  made = 0;
});

/** A break as matching leaves it. */
async function breakOf(
  amount: number,
  more: { store?: string; day?: string; at?: Instant; cause?: string } = {},
): Promise<string> {
  made += 1;
  const at = more.at ?? start;
  const number = `N${made}`;
  const id = `${account.id}/payment/${number}/withUsNotWithThem`;
  const about = { account: account.id, side: "payment", number, class: "withUsNotWithThem", state: "break" } as const;
  const where = { day: more.day ?? day, business_date: day, attempt: null, sale: null, till: null, staff: null };
  await shop.database
    .insertInto("difference")
    .values({
      store: more.store ?? "heping",
      id,
      ...about,
      ...where,
      until: null,
      cause: more.cause ?? "",
      amount,
      currency: "CNY",
      channel: "wechat",
      bill: null,
      detail: json(null),
      posting: "",
      round: 1,
      opened_at: at,
      seen_at: at,
      closed_at: null,
      closed_by: null,
    })
    .execute();
  return id;
}

function pass(person: string, roles: Readonly<Record<string, Role>>): OfficePass {
  return {
    person,
    staff: person as StaffId,
    name: person,
    isOwner: false,
    roles: new Map(Object.entries(roles) as [StoreId, Role][]),
    permissions: new Map((["heping", "jiangbian"] as StoreId[]).map((store) => [store, {}])),
    until: 0,
    session: "",
  };
}

const manager = pass("staff-5", { heping: "manager", jiangbian: "manager" });
const parts = { clock: { now: () => start, after: () => () => undefined }, random: dice(3, "alerts") };
const rule = (change: Partial<AlertRule>, store?: StoreId) =>
  setAlertRule(
    shop.database,
    parts,
    { store, rule: { ...usualAlertRule, roles: [...usualAlertRule.roles], people: [], ...change } as never },
    { who: "owner", secondPerson: null },
  );
const told = async (person: OfficePass, state: "open" | "all" = "open"): Promise<string[]> => {
  const { alerts } = await alertsFor(shop.database, person, { state });
  return alerts.map(({ kind, about, day: of }) => `${kind} ${about?.number ?? of}`).toSorted();
};

describe("an alert", () => {
  it("is made of one break from the amount on, by neither sign, and of every break that has no amount", async () => {
    await rule({ breakFrom: 5_000 });
    for (const amount of [4_999, 5_000, -5_000, -4_999, 0]) await breakOf(amount);
    await renewAlerts(shop.database, start);
    expect(await told(manager)).toEqual(["break N2", "break N3", "break N5"]);
  });

  it("is made of a store's day once the sum of its breaks reaches the amount, not of two days or two stores together", async () => {
    await rule({ breakFrom: 1_000_000, dayFrom: 10_000 });
    await breakOf(6_000);
    await breakOf(9_000, { store: "jiangbian" });
    await breakOf(9_000, { day: "2026-11-19" });
    await breakOf(-3_999);
    await renewAlerts(shop.database, start);
    expect(await told(manager)).toEqual([]);
    await breakOf(1);
    await renewAlerts(shop.database, start);
    expect(await told(manager)).toEqual([`day ${day}`]);
    const { alerts } = await alertsFor(shop.database, manager, {});
    expect(alerts.map(({ amount }) => amount.amount)).toEqual([10_000]);
  });

  it("is made of a break's age to the millisecond", async () => {
    await rule({ breakFrom: 1_000_000, ageDays: 3 });
    await breakOf(100);
    await renewAlerts(shop.database, plusMs(start, 3 * dayMs - 1));
    expect(await told(manager)).toEqual([]);
    await renewAlerts(shop.database, plusMs(start, 3 * dayMs));
    expect(await told(manager)).toEqual(["age N1"]);
  });

  it("is made once, however often and by however many gateways it is looked at, and stays read", async () => {
    await breakOf(100);
    await renewAlerts(shop.database, start);
    await readAlerts(shop.database, manager, undefined, plusMs(start, 1));
    const second = fresh.open();
    await Promise.all(
      [1, 2, 3, 4].map((later) => renewAlerts(later % 2 ? second : shop.database, plusMs(start, later))),
    );
    const { alerts, unread, count } = await alertsFor(shop.database, manager, {});
    expect([alerts.length, count, unread, alerts[0]?.madeAt]).toEqual([1, 1, 0, start]);
  });

  it("is one for all differences of one cause, by their sum, and goes on while any of them is open", async () => {
    await rule({ breakFrom: 100 });
    const first = await breakOf(40, { cause: "rate/a/2026-11-20" });
    await breakOf(-59, { cause: "rate/a/2026-11-20" });
    await renewAlerts(shop.database, start);
    expect(await told(manager)).toEqual([]);
    await breakOf(1, { cause: "rate/a/2026-11-20" });
    await breakOf(100, { cause: "rate/a/2026-11-20", store: "jiangbian" });
    await renewAlerts(shop.database, start);
    expect(await told(manager)).toEqual(["break N1", "break N4"]);
    await readAlerts(shop.database, manager, undefined, start);
    await breakOf(80, { cause: "rate/a/2026-11-20" });
    await shop.database.updateTable("difference").set({ state: "mended" }).where("id", "=", first).execute();
    await renewAlerts(shop.database, plusMs(start, 1));
    expect([await told(manager), (await alertsFor(shop.database, manager, {})).unread]).toEqual([
      ["break N2", "break N4"],
      0,
    ]);
  });

  it("of a day grows with it and stays read", async () => {
    await rule({ breakFrom: 1_000_000, dayFrom: 100 });
    await breakOf(100);
    await renewAlerts(shop.database, start);
    await readAlerts(shop.database, manager, undefined, plusMs(start, 1));
    await breakOf(50);
    await renewAlerts(shop.database, plusMs(start, 2));
    const { alerts, unread } = await alertsFor(shop.database, manager, {});
    expect([alerts.map(({ amount }) => amount.amount), unread]).toEqual([[150], 0]);
  });

  it("is over once its break is, and comes unread when the break comes again", async () => {
    const id = await breakOf(100);
    await renewAlerts(shop.database, start);
    await readAlerts(shop.database, manager, undefined, plusMs(start, 1));
    const state = (next: "waiting" | "break") =>
      shop.database.updateTable("difference").set({ state: next }).where("id", "=", id).execute();
    await state("waiting");
    await renewAlerts(shop.database, plusMs(start, 2));
    expect([await told(manager), await told(manager, "all")]).toEqual([[], ["break N1"]]);
    await state("break");
    await renewAlerts(shop.database, plusMs(start, 3));
    const { alerts, unread } = await alertsFor(shop.database, manager, {});
    expect([alerts.length, unread, alerts[0]?.readAt]).toEqual([1, 1, null]);
  });

  it("stands on exactly one page, though hundreds were made in one moment", async () => {
    for (let nth = 0; nth < 130; nth += 1) await breakOf(100, { store: nth % 2 === 0 ? "heping" : "jiangbian" });
    await renewAlerts(shop.database, start);
    const first = await alertsFor(shop.database, manager, {});
    const rest = await alertsFor(shop.database, manager, { before: first.next ?? "" });
    const all = [...first.alerts, ...rest.alerts].map(({ id }) => id);
    expect([first.count, first.alerts.length, rest.next, new Set(all).size]).toEqual([130, 100, null, 130]);
  });
});

describe("who is told", () => {
  it("by default is owner, manager and accountant of that store; nobody of another store, no cashier, no supervisor", async () => {
    await breakOf(100);
    await renewAlerts(shop.database, start);
    for (const role of ["owner", "manager", "accountant"] as const)
      expect([role, await told(pass("p", { heping: role }))]).toEqual([role, ["break N1"]]);
    for (const roles of [{ heping: "supervisor" }, { heping: "cashier" }, { jiangbian: "manager" }] as const)
      expect([roles, await told(pass("p", roles))]).toEqual([roles, []]);
  });

  it("is whom the store's rule names, before the chain's; a name opens no store whose figures its person may not see", async () => {
    await breakOf(100);
    await breakOf(100, { store: "jiangbian" });
    await rule({ roles: ["manager"] });
    await rule({ roles: [], people: ["staff-9"] }, "heping" as StoreId);
    await renewAlerts(shop.database, start);
    expect(await told(manager)).toEqual(["break N2"]);
    expect(await told(pass("staff-9", { heping: "supervisor" }))).toEqual(["break N1"]);
    expect(await told(pass("staff-9", { heping: "cashier" }))).toEqual([]);
    expect(await told(pass("staff-9", { jiangbian: "supervisor" }))).toEqual([]);
  });

  it("reads for themselves alone, and marks nothing that they are not told", async () => {
    await breakOf(100);
    await renewAlerts(shop.database, start);
    const [alert] = (await alertsFor(shop.database, manager, {})).alerts;
    const named = { of: "heping", id: alert?.id ?? "" };
    await readAlerts(shop.database, pass("staff-1", { jiangbian: "manager" }), named, start);
    expect(await shop.database.selectFrom("alert_read").selectAll().execute()).toEqual([]);
    await readAlerts(shop.database, manager, named, start);
    expect((await alertsFor(shop.database, manager, {})).unread).toBe(0);
    expect((await alertsFor(shop.database, pass("staff-2", { heping: "owner" }), {})).unread).toBe(1);
  });
});
