import { beforeAll, describe, expect, it } from "vitest";
import { json } from "../../../src/gateway/store/database.ts";
import { quickTimings, sandboxAtHand } from "../office/office-stage.ts";
import { gatewayBench, type GatewayBench } from "../gateway-bench.ts";
import { invitedTo, makeRole, ownerOf, type OfficeAsk } from "./office-people.ts";

const day = "2026-11-20";
const account = "wechat-sandbox";
/** What stands in each store, so that a sum tells whose figures are in it. The account serves the first two. */
const amounts = { heping: 10_001, jiangbian: 20_020, chengdong: 30_300 } as const;
type Store = keyof typeof amounts;
const all = Object.keys(amounts) as readonly Store[];

let bench: GatewayBench;
let person: OfficeAsk;
beforeAll(async () => {
  const sandbox = sandboxAtHand(quickTimings);
  bench = await gatewayBench({ fetch: sandbox.fetch }, [sandbox.account]);
  const { database } = bench.parts;
  const like = await database.selectFrom("store").selectAll().where("id", "=", "heping").executeTakeFirstOrThrow();
  await database
    .insertInto("store")
    .values({ ...like, rules: json(like.rules), id: "chengdong", name: "岭上便利 城东店" })
    .execute();
  await database.insertInto("tag").values({ tag: "TC10", store: "chengdong", holder: "till", till: null }).execute();
  await database.insertInto("till").values({ id: "till-c1", store: "chengdong", label: "C1", tag: "TC10" }).execute();
  for (const store of all) await fill(store);
  const rate = { account, since: day, rate: 3_800, gives_back: true, set_by: "owner", set_at: 0 };
  await database.insertInto("fee_rate").values(rate).execute();
  const owner = await ownerOf(bench);
  await makeRole(bench, "staff-3", "cashier");
  person = await invitedTo(bench, owner, "staff-3");
});

async function fill(store: Store): Promise<void> {
  const { database } = bench.parts;
  const amount = amounts[store];
  const common = { store, currency: "CNY", business_date: day } as const;
  const till = { heping: "till-a1", jiangbian: "till-b1", chengdong: "till-c1" }[store];
  const id = `01KA1B2C3DTA10AAAAAAAA${store.slice(0, 4).toUpperCase()}`;
  const numbered = { series: 1, number: 1, state: "completed", receipt_number: `of-${store}` } as const;
  const sale = {
    ...common,
    ...numbered,
    id,
    till,
    session: null,
    staff: null,
    hour: 9,
    body: json({ sale: { lines: [] }, tenders: [] }),
  };
  await database
    .insertInto("sale")
    .values({ ...sale, total: amount, at: 1_000 })
    .execute();
  const booked = { posting_date: day, event: "sale", subject: `of-${store}`, at: 1_000, posting: `of-${store}`, n: 1 };
  await database
    .insertInto("ledger_transfer")
    .values({ ...common, ...booked, debit: "suspense", credit: `drawer/of-${store}`, amount })
    .execute();
  const named = {
    account,
    side: "payment",
    number: `of-${store}`,
    class: "withUsNotWithThem",
    state: "break",
  } as const;
  const nobody = { attempt: null, sale: null, till: null, staff: null, bill: null, until: null, closed_at: null };
  const kept = {
    cause: "",
    posting: "",
    round: 1,
    opened_at: 1_000,
    seen_at: 1_000,
    closed_by: null,
    channel: "wechat",
  };
  await database
    .insertInto("difference")
    .values({ ...common, ...named, ...nobody, ...kept, id: `d-of-${store}`, amount, day, detail: json(null) })
    .execute();
  const mending = { store, id: `m-of-${store}`, action: "wait", reason: "", amount, currency: "CNY" } as const;
  const undecided = { approval: null, decided_by: null, decided_at: null, outcome: null };
  await database
    .insertInto("mending")
    .values({ ...mending, ...undecided, state: "proposed", parameters: json({}), proposed_by: "owner", proposed_at: 1 })
    .execute();
  const item = { store, mending: mending.id, difference_store: store, difference: `d-of-${store}`, round: 1, amount };
  await database.insertInto("mending_item").values(item).execute();
}

async function worksIn(stores: readonly Store[]): Promise<void> {
  const { database } = bench.parts;
  await database.deleteFrom("staff_role").where("staff", "=", "staff-3").execute();
  await database
    .insertInto("staff_role")
    .values(stores.map((store) => ({ store, staff: "staff-3", role: "accountant" })))
    .execute();
}
const told = async (path: string) => {
  const answer = await person("GET", path);
  expect([path, answer.statusCode]).toEqual([path, 200]);
  return answer.json();
};
const range = `from=${day}&to=${day}`;
const queries: Readonly<Record<string, string>> = {
  sales: "",
  payments: "",
  reports: `?by=store&grain=none&${range}`,
  "reports/sales": `?${range}`,
  "reports/file": `?by=store&grain=none&format=csv&language=en&${range}`,
  "reconciliation/days": `?${range}`,
  "reconciliation/open": "",
  "reconciliation/items": "?result=break",
  "reconciliation/names": "?result=break",
  bills: `?${range}`,
  "bills/accounts": "",
  "fee-rates": "",
  "ledger/trial-balance": "",
  "ledger/trial-balance/file": "?language=en",
  "ledger/open-items": "?account=suspense",
  settlement: "",
  "account-map": "",
  mendings: "",
  "mendings/offers": "",
};

describe.each([[["heping"]], [["jiangbian"]], [["chengdong"]], [["heping", "jiangbian"]], [all]] as const)(
  "whoever works in %j",
  (stores) => {
    const mine: readonly Store[] = stores;
    const others = all.filter((store) => !mine.includes(store));
    const sum = mine.reduce((of, store) => of + amounts[store], 0);
    beforeAll(() => worksIn(mine));

    it("is answered where no store is named, and never told of another", async () => {
      const narrowing = bench.gateway.app.routes.filter(
        ({ who, method }) => "narrows" in who && who.narrows === true && method === "GET",
      );
      expect(narrowing.map(({ path }) => path.replace("/v1/office/", "")).toSorted()).toEqual(
        Object.keys(queries).toSorted(),
      );
      for (const [path, query] of Object.entries(queries)) {
        const answer = await person("GET", `${path}${query}`);
        expect([path, answer.statusCode, answer.statusCode === 200 ? "" : answer.body]).toEqual([path, 200, ""]);
        for (const store of others)
          expect([path, answer.body.includes(`of-${store}`), answer.body.includes(`"${store}"`)]).toEqual([
            path,
            false,
            false,
          ]);
      }
    });

    it("sees the sums of these stores alone", async () => {
      expect((await told("sales")).sum.amount).toBe(sum);
      expect((await told("reconciliation/open")).breaks).toMatchObject({ count: mine.length, amount: { amount: sum } });
      expect((await told("reconciliation/items?result=break")).count).toBe(mine.length);
      expect((await told("reconciliation/names?result=break")).names).toHaveLength(mine.length);
      expect((await told("ledger/trial-balance")).debits.amount).toBe(sum);
      expect((await told("ledger/open-items?account=suspense")).balance.amount).toBe(sum);
      expect((await told("mendings")).mendings).toHaveLength(mine.length);
      expect((await told(`reports/sales?${range}`)).sales).toHaveLength(mine.length);
    });

    it("is refused another store by name", async () => {
      for (const store of others)
        for (const path of [
          "sales?",
          "payments?",
          `reconciliation/days?${range}&`,
          "reconciliation/open?",
          "ledger/trial-balance?",
        ])
          expect([path, (await person("GET", `${path}store=${store}`)).json().code]).toEqual([path, "otherStore"]);
    });

    it("is told of a provider account as a whole only with all of its stores", async () => {
      const isWhole = mine.includes("heping") && mine.includes("jiangbian");
      expect((await told("fee-rates")).rates).toHaveLength(isWhole ? 1 : 0);
      expect((await told("settlement")).accounts).toHaveLength(isWhole ? 1 : 0);
      const servesMine = mine.includes("heping") || mine.includes("jiangbian");
      const { accounts, withheld } = await told("bills/accounts");
      expect(accounts).toHaveLength(isWhole ? 1 : 0);
      // that it is kept from them is told to whom it serves, and to nobody else
      expect(withheld).toEqual(servesMine && !isWhole ? [{ id: account, channel: "wechat" }] : []);
      const bridge = await person("GET", `reconciliation/bridge?account=${account}&day=${day}`);
      expect(bridge.statusCode === 200).toBe(mine.length === all.length);
    });
  },
);
