import { beforeEach, describe, expect, it } from "vitest";
import { gatewayBench, type GatewayBench } from "../gateway-bench.ts";
import { invitedTo, makeRole, ownerOf, passwordOf, type OfficeAsk } from "../staff/office-people.ts";
import { foundBreak } from "./found-break.ts";

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

const found = (store: string, number: string, type?: string) =>
  foundBreak(bench, store, number, type === undefined ? {} : { type });
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

describe("what the second person reads of a proposal", () => {
  const linesOf = async (approval: string) => {
    const { approvals } = (await manager("GET", "approvals")).json();
    const { shown } = approvals.find(({ id }: { id: string }) => id === approval);
    return shown.map(({ label, text, more }: { label: string; text: string; more?: string }) =>
      label === "difference" ? [label, `${text} ${more}`] : [label, text],
    );
  };
  it("names whom it charges, and nobody who is not of the staff is charged", async () => {
    const items = [await found("heping", "N1")];
    const nobody = await propose(owner, items, "chargeToStaff", { staff: "staff-99" });
    expect(nobody.json().code).toBe("badRequest");
    const { approval } = (await propose(owner, items, "chargeToStaff", { staff: "staff-1" })).json();
    expect(await linesOf(approval)).toEqual([
      ["what", "chargeToStaff"],
      ["difference", "withUsNotWithThem short"],
      ["account", "wechat"],
      ["day", "2026-11-20"],
      ["number", "N1"],
      ["charged", "王芳"],
      ["why", "never came"],
    ]);
  });

  it("names what a rate was and from when on it is another, from where money was paid and the proof, and the row", async () => {
    const rate = { account: "wechat", since: "2026-01-01", rate: 6_000, gives_back: true, set_by: "owner", set_at: 0 };
    await bench.parts.database.insertInto("fee_rate").values(rate).execute();
    const corrected = await propose(owner, [await found("heping", "N1", "rateDiffers")], "correctRate", {
      since: "2026-11-01",
      rate: 3_800,
    });
    expect(await linesOf(corrected.json().approval)).toEqual([
      ["what", "correctRate"],
      ["difference", "rateDiffers short"],
      ["account", "wechat"],
      ["day", "2026-11-20"],
      ["number", "N1"],
      ["before", "0.6% · 2026-01-01 · refunds"],
      ["after", "0.38% · 2026-11-01"],
      ["why", "never came"],
    ]);
    const parameters = { paidFrom: "safe", proof: "slip 17" };
    const paid = await propose(owner, [await found("heping", "N2", "refundStuck")], "payOtherwise", parameters);
    expect((await linesOf(paid.json().approval)).slice(-3, -1)).toEqual([
      ["paidFrom", "safe"],
      ["proof", "slip 17"],
    ]);
    const pair = await propose(owner, [await found("heping", "N3", "unprovenTender")], "pair", { row: "R7" });
    expect((await linesOf(pair.json().approval)).slice(-3, -1)).toEqual([
      ["number", "N3"],
      ["row", "R7"],
    ]);
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
