import { beforeAll, describe, expect, it } from "vitest";
import type { StaffId, StoreId } from "../../../src/domain/identifier.ts";
import { checkSecondPerson } from "../../../src/gateway/returns/second-person.ts";
import { gatewayBench, type GatewayBench } from "../gateway-bench.ts";
import { agreed, invitedTo, makeRole, ownerOf, type OfficeAsk } from "./office-people.ts";

let bench: GatewayBench;
let owner: OfficeAsk;
let manager: OfficeAsk;
beforeAll(async () => {
  bench = await gatewayBench();
  owner = await ownerOf(bench);
  await makeRole(bench, "staff-5", "manager");
  manager = await invitedTo(bench, owner, "staff-5");
});
const aloneOf = (of: GatewayBench) =>
  of.parts.database.selectFrom("act_alone").select(["store", "act"]).orderBy("store").execute();
const newcomer = { v: 1, name: "新来的", roles: [{ store: "heping", role: "manager" }] };

describe("while another could agree", () => {
  it.each([
    ["POST", "staff", newcomer],
    ["PUT", "staff/staff-1", { ...newcomer, name: "王芳" }],
    ["POST", "staff/staff-1/pins", { v: 1 }],
    ["POST", "staff/staff-1/invitations", { v: 1 }],
    ["POST", "staff/staff-1/leavings", { v: 1 }],
    ["PUT", "permissions", { v: 1, role: "cashier", act: "return", rule: { upTo: "any", alone: null } }],
  ] as const)("the owner does not %s %s alone", async (method, path, body) => {
    const before = await bench.parts.database.selectFrom("staff").selectAll().orderBy("id").execute();
    expect((await owner(method, path, body)).statusCode).toBe(202);
    expect(await bench.parts.database.selectFrom("staff").selectAll().orderBy("id").execute()).toEqual(before);
    expect(await bench.parts.database.selectFrom("permission_rule").selectAll().execute()).toEqual([]);
  });

  it.each(["any", 1_000_000] as const)(
    "nobody sets the second person off for what is two people's (%s)",
    async (upTo) => {
      for (const act of ["writeOff", "mend", "correctRate", "countSafe", "editStaff", "editPermissions", "replaceKeys"])
        for (const role of ["owner", "manager"]) {
          const answer = await agreed(bench, owner)("PUT", "permissions", {
            v: 1,
            role,
            act,
            rule: { upTo, alone: null },
          });
          expect([role, act, answer.json().code]).toEqual([role, act, "badRequest"]);
        }
    },
  );
});

describe("a PIN that who asks had made", () => {
  let pin = "";
  const proposed = async (): Promise<string> =>
    (await owner("PUT", "staff/staff-1", { ...newcomer, name: `王芳 ${Math.abs(bench.parts.clock.now())}` })).json()
      .proposed;
  const beside = async (secret: string) =>
    (await owner("POST", `approvals/${await proposed()}/beside`, { v: 1, by: "staff-5", pin: secret })).json();
  const atTill = (secret: string, asker = "staff-1") =>
    checkSecondPerson(bench.parts, "heping" as StoreId, [{ act: "return", size: 5_000 }], {
      asker: asker as StaffId,
      approval: { by: "staff-5" as StaffId, pin: secret },
      subject: "a-return",
      amount: 5_000,
    });

  it("is no second person's yes to it, in the office and at a till, and still one to others'", async () => {
    pin = (await agreed(bench, owner)("POST", "staff/staff-5/pins", { v: 1 })).json().pin;
    expect((await beside(pin)).code).toBe("knownPin");
    expect(await atTill(pin)).toMatchObject({ ok: true });
    await makeRole(bench, "staff-1", "owner");
    // who is owner at a till and the office's owner are one person
    await bench.parts.database.updateTable("permission_rule").set({ role: "x" }).execute();
    await bench.parts.database
      .insertInto("permission_rule")
      .values({
        store: "chain",
        role: "owner",
        act: "return",
        rule: JSON.stringify({ upTo: "never", alone: null }),
        set_by: "owner",
        set_at: 0,
      })
      .execute();
    expect(await atTill(pin)).toMatchObject({ ok: false, refusal: { kind: "knownPin" } });
    await bench.parts.database.deleteFrom("permission_rule").execute();
    await makeRole(bench, "staff-1", "cashier", false);
  });

  it("travels to the tills as known to who had it made, the owner at a till for the owner, and to nobody else", async () => {
    const till = await bench.till("till-a1");
    const knownTo = async (): Promise<Record<string, string[]>> => {
      const { staff } = (await till.ask({ path: "/v1/staff" })).json<{
        staff: { id: string; pinKnownTo: string[] }[];
      }>();
      return Object.fromEntries(
        staff.filter((each) => each.pinKnownTo.length > 0).map((each) => [each.id, each.pinKnownTo]),
      );
    };
    expect(await knownTo()).toEqual({});
    await makeRole(bench, "staff-1", "owner");
    expect(await knownTo()).toEqual({ "staff-5": ["staff-1"] });
    await makeRole(bench, "staff-1", "cashier", false);
  });

  it("is none either when it was only changed at a till by the PIN that they know", async () => {
    const till = await bench.till("till-a2");
    const body = { v: 1, staff: "staff-5", pin, newPin: "135792" };
    expect((await till.ask({ method: "POST", path: "/v1/own-pins", body })).statusCode).toBe(200);
    pin = "135792";
    expect((await beside(pin)).code).toBe("knownPin");
  });

  it("is refused to a till that asks in the name of who had it made, whatever its list says", async () => {
    const till = await bench.till("till-a1");
    const signOn = async (asker?: string) =>
      (await till.ask({ method: "POST", path: "/v1/sign-ons", body: { v: 1, staff: "staff-5", pin, asker } })).json();
    expect(await signOn("staff-1")).toMatchObject({ staff: "staff-5" });
    await makeRole(bench, "staff-1", "owner");
    expect(await signOn("staff-1")).toMatchObject({ code: "knownPin" });
    expect(await signOn()).toMatchObject({ staff: "staff-5" });
    await makeRole(bench, "staff-1", "cashier", false);
  });

  it("is one as soon as its holder chose another in the office, who has to know the present one", async () => {
    expect((await manager("GET", "me")).json().pin).toMatchObject({ isKnown: true });
    const choose = (present: string, newPin: string) => manager("PUT", "me/pin", { v: 1, pin: present, newPin });
    expect((await choose("000000", "246810")).json().code).toBe("wrongPin");
    expect((await choose(pin, pin)).json().code).toBe("badRequest");
    expect((await choose(pin, "24681")).json().code).toBe("badRequest");
    expect((await choose(pin, "246810")).json().pin).toMatchObject({ isKnown: false });
    expect((await beside(pin)).code).toBe("wrongPin");
    expect(await beside("246810")).toMatchObject({ state: "given", by: "staff-5" });
  });
});

describe("a shop of one person", () => {
  it("takes on the first others without a dead end, each noted as done alone, until one has a secret of their own", async () => {
    const lonely = await gatewayBench();
    const only = await ownerOf(lonely);
    for (const { id } of await lonely.parts.database.selectFrom("staff").select("id").execute())
      await makeRole(lonely, id, "cashier");
    const both = { ...newcomer, roles: ["heping", "jiangbian"].map((store) => ({ store, role: "manager" })) };
    const { id, pin } = (await only("POST", "staff", both)).json();
    expect(pin).toMatch(/^\d{6}$/);
    // who has only the PIN that the owner was shown is no second person yet
    const code = (await only("POST", `staff/${id}/invitations`, { v: 1 })).json().code;
    const twice = (store: string) => [1, 2].map(() => ({ store, act: "editStaff" }));
    expect(await aloneOf(lonely)).toEqual([...twice("heping"), ...twice("jiangbian")]);
    const answer = await lonely.gateway.app.server.inject({
      method: "POST",
      url: "/v1/office/invitations",
      headers: { host: "localhost", origin: "http://localhost", "content-type": "application/json" },
      payload: JSON.stringify({ v: 1, code, password: "a password of my own" }),
    });
    expect(answer.statusCode).toBe(200);
    expect((await only("POST", `staff/${id}/pins`, { v: 1 })).statusCode).toBe(202);
    expect((await only("POST", `staff/${id}/invitations`, { v: 1 })).statusCode).toBe(202);
    // and can be let go although nobody else is there
    expect((await only("POST", `staff/${id}/leavings`, { v: 1 })).statusCode).toBe(200);
    expect(await aloneOf(lonely)).toHaveLength(6);
  });
});
