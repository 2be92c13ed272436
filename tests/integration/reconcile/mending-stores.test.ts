import { beforeEach, describe, expect, it } from "vitest";
import { json } from "../../../src/gateway/store/database.ts";
import { gatewayBench, type GatewayBench } from "../gateway-bench.ts";
import { invitedTo, makeRole, ownerOf, passwordOf, type OfficeAsk } from "../staff/office-people.ts";

let bench: GatewayBench;
let owner: OfficeAsk;
let manager: OfficeAsk;
beforeEach(async () => {
  bench = await gatewayBench();
  owner = await ownerOf(bench);
  for (const { id } of await bench.parts.database.selectFrom("staff").select("id").execute())
    await makeRole(bench, id, "cashier");
  await invitedTo(bench, owner, "staff-4");
  manager = await invitedTo(bench, owner, "staff-5");
  await makeRole(bench, "staff-5", "manager", false);
});

async function found(store: string, number: string, type = "withUsNotWithThem") {
  const id = `wechat/payment/${number}/${type}`;
  const row = { id, number, class: type, amount: -100, store, account: "wechat", side: "payment", currency: "CNY" };
  const day = { day: "2026-11-20", business_date: "2026-11-20" };
  const nobody = { attempt: null, sale: null, till: null, staff: null, channel: null, bill: null, until: null };
  const seen = { state: "break", cause: "", posting: "", round: 1, opened_at: 1, seen_at: 1 } as const;
  await bench.parts.database
    .insertInto("difference")
    .values({ ...row, ...day, ...nobody, ...seen, detail: json({}), closed_at: null, closed_by: null })
    .execute();
  return { store, id };
}
const propose = (who: OfficeAsk, items: readonly object[], action = "writeOff", parameters: object = {}) =>
  who("POST", "mendings", { v: 1, items, action, reason: "never came", parameters });
const beside = async (approval: string, by: string) =>
  (await owner("POST", `approvals/${approval}/beside`, { v: 1, by, password: passwordOf(by) })).json();

describe("mending breaks of several stores", () => {
  it("is agreed to by who counts in all of them, where there is somebody", async () => {
    await makeRole(bench, "staff-4", "manager");
    const items = [await found("heping", "N1"), await found("jiangbian", "N2")];
    const { approval } = (await propose(owner, items)).json();
    expect((await beside(approval, "staff-5")).code).toBe("forbidden");
    expect(await beside(approval, "staff-4")).toMatchObject({ state: "given" });
  });

  it("is agreed to by a manager of one of them where nobody counts in all, never done by one person", async () => {
    const items = [await found("heping", "N1"), await found("jiangbian", "N2")];
    const { kind, approval } = (await propose(owner, items)).json();
    expect(kind).toBe("proposed");
    expect(await beside(approval, "staff-5")).toMatchObject({ state: "given", by: "staff-5" });
  });

  it("asks about a rate as the rates' own page does: about the chain", async () => {
    const items = [await found("jiangbian", "N1", "rateDiffers")];
    const parameters = { since: "2026-11-01", rate: 3_800 };
    const { kind, approval } = (await propose(owner, items, "correctRate", parameters)).json();
    expect(kind).toBe("proposed");
    const row = await bench.parts.database
      .selectFrom("approval")
      .select(["store", "stores"])
      .where("id", "=", approval);
    expect(await row.executeTakeFirst()).toEqual({ store: "chain", stores: null });
    expect((await propose(manager, items, "correctRate", parameters)).json().code).toBe("forbidden");
  });
});

describe("a manager of one store", () => {
  it("mends what is of that store and sees what was proposed for it, and nothing of another's", async () => {
    const [here, there] = [await found("heping", "N1"), await found("jiangbian", "N2")];
    expect((await propose(manager, [here])).json().kind).toBe("proposed");
    expect((await propose(manager, [there])).json().code).toBe("forbidden");
    expect((await propose(manager, [there], "wait", { until: bench.parts.clock.now() + 1_000 })).json().code).toBe(
      "forbidden",
    );
    expect((await propose(manager, [there, await found("heping", "N3")])).json().code).toBe("forbidden");
    expect((await bench.parts.database.selectFrom("mending").select("id").execute()).length).toBe(1);
    await propose(owner, [there]);
    await propose(owner, [await found("heping", "N4"), await found("jiangbian", "N5")]);
    const { mendings } = (await manager("GET", "mendings")).json();
    expect(mendings.map(({ items }: { items: { id: string }[] }) => items[0]?.id)).toEqual([here.id]);
    expect((await owner("GET", "mendings")).json().mendings).toHaveLength(3);
    expect((await manager("GET", "mendings/offers")).statusCode).toBe(200);
  });
});
