import { beforeEach, describe, expect, it } from "vitest";
import { gatewayBench, type GatewayBench } from "../gateway-bench.ts";
import { firstStore } from "../shop/own-shop.ts";
import { invitedTo, makeRole, ownerOf, passwordOf, type OfficeAsk } from "./office-people.ts";

let bench: GatewayBench;
let owner: OfficeAsk;
const signedIn = new Map<string, OfficeAsk>();
beforeEach(async () => {
  bench = await gatewayBench();
  owner = await ownerOf(bench);
  for (const { id } of await bench.parts.database.selectFrom("staff").select("id").execute())
    await makeRole(bench, id, "cashier");
  for (const id of ["staff-3", "staff-4", "staff-5"]) signedIn.set(id, await invitedTo(bench, owner, id));
  await bench.parts.database.deleteFrom("act_alone").execute();
});
const rule = { v: 1, role: "cashier", act: "discount", rule: { upTo: 2000, alone: null } };
const beside = async (approval: string, by: string) =>
  (await owner("POST", `approvals/${approval}/beside`, { v: 1, by, password: passwordOf(by) })).json();
const newStore = async (name: string): Promise<string> =>
  (await owner("POST", "stores", { ...firstStore, name })).json().id;
async function managerOf(staff: string, ...stores: string[]): Promise<OfficeAsk> {
  await makeRole(bench, staff, "manager");
  const { database } = bench.parts;
  await database.deleteFrom("staff_role").where("staff", "=", staff).where("store", "not in", stores).execute();
  return signedIn.get(staff) as OfficeAsk;
}

describe("what is about several stores", () => {
  it("needs the one manager there is, who counts in one of them, and an empty store more changes nothing of it", async () => {
    await managerOf("staff-5", "heping");
    expect((await owner("PUT", "permissions", rule)).statusCode).toBe(202);
    const empty = await newStore("空店");
    const roles = ["heping", "jiangbian", empty].map((store) => ({ store, role: "manager" }));
    expect((await owner("POST", "staff", { v: 1, name: "新来的", roles })).statusCode).toBe(202);
    const asked = await owner("PUT", "permissions", rule);
    expect(asked.statusCode).toBe(202);
    const approval = asked.json().proposed as string;
    expect((await owner("GET", `approvals/${approval}/people`)).json().people).toMatchObject([{ id: "staff-5" }]);
    expect(await beside(approval, "staff-5")).toMatchObject({ state: "given", by: "staff-5" });
    expect((await owner("PUT", "permissions", { ...rule, approval })).statusCode).toBe(200);
    expect(await bench.parts.database.selectFrom("act_alone").selectAll().execute()).toEqual([]);
  });

  it("an empty store's first people and rules are agreed to by who counts in another: nobody makes their own second person", async () => {
    await managerOf("staff-5", "heping");
    const empty = await newStore("空店");
    const asked = await owner("POST", "staff", { v: 1, name: "熟人", roles: [{ store: empty, role: "manager" }] });
    expect(asked.statusCode).toBe(202);
    expect((await owner("PUT", "permissions", { ...rule, store: empty })).statusCode).toBe(202);
    expect(await beside(asked.json().proposed, "staff-5")).toMatchObject({ state: "given" });
  });

  it("is not one manager's to agree to while somebody counts in all of them", async () => {
    await managerOf("staff-5", "heping");
    await managerOf("staff-4", "heping", "jiangbian");
    const approval = (await owner("PUT", "permissions", rule)).json().proposed as string;
    expect((await beside(approval, "staff-5")).code).toBe("forbidden");
    expect(await beside(approval, "staff-4")).toMatchObject({ state: "given" });
  });

  it("is either's with a manager in each, and so is letting the one go who counted in all", async () => {
    const here = await managerOf("staff-5", "heping");
    await managerOf("staff-4", "jiangbian");
    await managerOf("staff-3", "heping", "jiangbian");
    const leaving = (await owner("POST", "staff/staff-3/leavings", { v: 1 })).json().proposed as string;
    expect((await beside(leaving, "staff-3")).code).toBe("forbidden");
    expect((await here("GET", "approvals")).json().approvals).toMatchObject([{ id: leaving, isMine: true }]);
    expect(await beside(leaving, "staff-4")).toMatchObject({ state: "given" });
    expect((await owner("POST", "staff/staff-3/leavings", { v: 1, approval: leaving })).statusCode).toBe(200);
    const approval = (await owner("PUT", "permissions", rule)).json().proposed as string;
    expect(await beside(approval, "staff-5")).toMatchObject({ state: "given" });
  });

  it("done by an owner who has nobody stands on the list of each of them", async () => {
    expect((await owner("PUT", "permissions", rule)).statusCode).toBe(200);
    const rows = await bench.parts.database.selectFrom("act_alone").select("store").orderBy("store").execute();
    expect(rows.map(({ store }) => store)).toEqual(["heping", "jiangbian"]);
  });
});
