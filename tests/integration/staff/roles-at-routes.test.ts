import { beforeAll, describe, expect, it } from "vitest";
import { permits } from "../../../src/domain/permissions.ts";
import type { Role } from "../../../src/domain/staff.ts";
import type { RouteLine } from "../../../src/gateway/routes/route.ts";
import { gatewayBench, type GatewayBench } from "../gateway-bench.ts";
import { agreed, invitedTo, makeRole, ownerOf, type OfficeAsk } from "./office-people.ts";

const roles: readonly { readonly role: Role; readonly staff: string }[] = [
  { role: "cashier", staff: "staff-1" },
  { role: "supervisor", staff: "staff-2" },
  { role: "accountant", staff: "staff-3" },
  { role: "manager", staff: "staff-5" },
];
let bench: GatewayBench;
const people = new Map<Role, OfficeAsk>();
let owner: OfficeAsk;
beforeAll(async () => {
  bench = await gatewayBench();
  owner = await ownerOf(bench);
  for (const { role, staff } of roles) {
    await makeRole(bench, staff, role);
    people.set(role, await invitedTo(bench, owner, staff));
  }
});

const routes = (): readonly (RouteLine & { readonly who: { readonly access: "office" } })[] =>
  bench.gateway.app.routes.filter((route) => route.who.access === "office" && route.method !== "HEAD") as never;

function asked(route: RouteLine, who: OfficeAsk) {
  const path = route.path.replace("/v1/office/", "").replace(/:[a-z]+/g, "01KA1B2C3DTA10AAAAAAAAAAAA");
  return who(route.method as "GET", path, route.method === "GET" ? undefined : { v: 1 });
}

describe.each(roles)("signed in as $role", ({ role }) => {
  it("a route of an act that the role may not do, or not without another whom it does not ask, refuses; no other does", async () => {
    expect(routes().length).toBeGreaterThan(40);
    for (const route of routes()) {
      const { act, asks } = route.who as unknown as { act: string; asks?: true };
      if (act === "own") continue;
      const answer = await asked(route, people.get(role)!);
      const isRefused = answer.statusCode === 403 && answer.json().code === "forbidden";
      expect([route.method, route.path, act, isRefused]).toEqual([
        route.method,
        route.path,
        act,
        permits(role, act as "sell") === "refused" || (asks !== true && permits(role, act as "sell") !== "allowed"),
      ]);
    }
  });
});

it("whoever is signed in may ask only these about themselves", () => {
  const own = routes().filter(({ who }) => (who as unknown as { act: string }).act === "own");
  expect(own.map(({ method, path }) => `${method} ${path.replace("/v1/office/", "")}`).toSorted()).toEqual(
    [
      "DELETE approvals/:id",
      "DELETE me/sessions/:id",
      "DELETE passkeys/:id",
      "DELETE session",
      "GET approvals",
      "GET approvals/:id",
      "GET approvals/:id/people",
      "GET me",
      "GET session",
      "POST alerts/reads",
      "POST approvals/:id/beside",
      "POST approvals/:id/decisions",
      "POST approvals/:id/options",
      "POST passkeys",
      "POST passkeys/options",
      "PUT me/password",
      "PUT me/pin",
    ].toSorted(),
  );
});

/** Under which numbers vouchers are written: part of taking the books away. */
const ofExports = ["/v1/office/account-map"];

it("an accountant looks and takes away, and changes nothing but what needs a review", () => {
  for (const { method, path, who } of routes()) {
    const { act } = who as unknown as { act: string };
    if (method === "GET" || act === "own" || path.includes("/reports/views") || ofExports.includes(path)) continue;
    expect([path, act === "reviewAlone" || permits("accountant", act as "sell") === "refused"]).toEqual([path, true]);
  }
});

it("a manager of one store is told nothing of another's, nor of all together", async () => {
  await makeRole(bench, "staff-5", "manager", false);
  const manager = people.get("manager")!;
  const code = async (path: string): Promise<string> => {
    const answer = await manager("GET", path);
    return answer.statusCode === 200 ? "told" : String(answer.json().code);
  };
  expect(await code("sales?store=heping")).toBe("told");
  expect(await code("sales?store=jiangbian")).toBe("otherStore");
  // where no store is named the answer is about his own (own-stores.test)
  expect(await code("sales")).toBe("told");
  expect(await code("reconciliation/bridge?account=a&day=2026-11-01")).toBe("otherStore");
  expect((await manager("GET", "session")).json().stores.map(({ id }: { id: string }) => id)).toEqual(["heping"]);
  const tills = (await manager("GET", "tills")).json().tills as { store: string }[];
  expect(new Set(tills.map(({ store }) => store))).toEqual(new Set(["heping"]));
  const code2 = await manager("POST", "activation-codes", { v: 1, till: "till-b1" });
  expect(code2.json().code).toBe("notFound");
  expect((await manager("POST", "activation-codes", { v: 1, till: "till-a1" })).statusCode).toBe(200);
  await makeRole(bench, "staff-5", "manager");
});

it("a role that is taken away is gone with the next request, and so is somebody who left", async () => {
  const accountant = people.get("accountant")!;
  expect((await accountant("GET", "audit")).statusCode).toBe(200);
  await makeRole(bench, "staff-3", "cashier");
  expect((await accountant("GET", "audit")).json().code).toBe("forbidden");
  expect((await agreed(bench, owner)("POST", "staff/staff-3/leavings", { v: 1 })).statusCode).toBe(200);
  expect((await accountant("GET", "session")).json().code).toBe("signedOut");
});
