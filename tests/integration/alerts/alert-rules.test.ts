import { beforeAll, expect, it } from "vitest";
import { gatewayBench, type GatewayBench } from "../gateway-bench.ts";
import { agreed, invitedTo, makeRole, ownerOf, ownersPassword, type OfficeAsk } from "../staff/office-people.ts";

let bench: GatewayBench;
let owner: OfficeAsk;
let manager: OfficeAsk;
beforeAll(async () => {
  bench = await gatewayBench();
  owner = await ownerOf(bench);
  await makeRole(bench, "staff-5", "manager");
  manager = await invitedTo(bench, owner, "staff-5");
});

const quiet = { breakFrom: 100_000, dayFrom: null, ageDays: 7, roles: ["owner"], people: ["staff-5"] };
const kept = () => bench.parts.database.selectFrom("alert_rule").select(["store", "rule"]).execute();

it("a manager's rule is in force only after another person's yes to exactly this rule", async () => {
  const asked = await manager("PUT", "alert-rules", { v: 1, rule: quiet });
  expect(asked.statusCode).toBe(202);
  const { proposed } = asked.json<{ proposed: string }>();
  expect(await kept()).toEqual([]);
  const yes = await owner("POST", `approvals/${proposed}/decisions`, { v: 1, yes: true, password: ownersPassword });
  expect(yes.statusCode).toBe(200);
  const other = { ...quiet, breakFrom: 200_000 };
  const changed = await manager("PUT", "alert-rules", { v: 1, rule: other, approval: proposed });
  expect(changed.json().code).toBe("approvalNeeded");
  expect(await kept()).toEqual([]);
  const done = await manager("PUT", "alert-rules", { v: 1, rule: quiet, approval: proposed });
  expect(done.json().chain).toEqual(quiet);
  const [entry] = await bench.parts.database
    .selectFrom("audit_entry")
    .selectAll()
    .where("act", "=", "alertRuleChanged")
    .execute();
  expect([entry?.who, entry?.second_person]).toEqual(["staff-5", "owner"]);
});

it("the owner sets and takes back with another's yes; a rule that tells nobody is refused", async () => {
  const nobody = await owner("PUT", "alert-rules", {
    v: 1,
    store: "heping",
    rule: { ...quiet, roles: [], people: [] },
  });
  expect(nobody.json().code).toBe("badRequest");
  const set = await agreed(bench, owner)("PUT", "alert-rules", { v: 1, store: "heping", rule: quiet });
  expect(set.json().stores).toContainEqual({ store: "heping", own: quiet });
  const back = await agreed(bench, owner)("PUT", "alert-rules", { v: 1, store: "heping", rule: null });
  expect(back.json().stores).toContainEqual({ store: "heping", own: null });
});

it("a manager of one store may not set the chain's rule, nor another store's", async () => {
  await makeRole(bench, "staff-5", "manager", false);
  for (const store of [undefined, "jiangbian"])
    expect((await manager("PUT", "alert-rules", { v: 1, store, rule: quiet })).json().code).toBe("otherStore");
  expect((await manager("GET", "alert-rules")).json().stores).toEqual([{ store: "heping", own: null }]);
  await makeRole(bench, "staff-5", "manager");
});
