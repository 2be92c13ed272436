import { beforeAll, expect, it } from "vitest";
import type { StaffId } from "../../../src/domain/identifier.ts";
import { money } from "../../../src/domain/money.ts";
import { askApproval, decideApproval, useApproval, type Asking } from "../../../src/gateway/approvals/approval.ts";
import { tillDecider } from "../../../src/gateway/approvals/entitled-people.ts";
import { gatewayBench, type GatewayBench } from "../gateway-bench.ts";

let bench: GatewayBench;
beforeAll(async () => {
  bench = await gatewayBench();
});

const asking: Asking = {
  store: "heping",
  act: "return",
  subject: "the-return",
  size: 5_000,
  amount: money(5_000, "CNY"),
  reason: "",
  shown: [],
  askedBy: "staff-1",
  till: null,
  isLive: true,
};
const yes = { yes: true, method: "pin" } as const;
const managerThere = tillDecider("staff-5" as StaffId, "heping", "manager");

it("said twice by the same person, who heard no answer, counts once; a yes is no no afterwards", async () => {
  const { database, clock } = bench.parts;
  const { store, act, subject, size, askedBy } = asking;
  const use = () => useApproval(database, id, { store, act, subject, size, askedBy }, clock.now());
  const id = await askApproval(database, bench.parts, asking);
  expect(await decideApproval(database, bench.parts, id, managerThere, yes)).toMatchObject({ ok: true });
  expect(await decideApproval(database, bench.parts, id, managerThere, yes)).toMatchObject({ ok: true });
  const no = { yes: false, method: "password" } as const;
  expect(await decideApproval(database, bench.parts, id, managerThere, no)).toMatchObject({ refusal: "decided" });
  const other = tillDecider("staff-6" as StaffId, "heping", "manager");
  expect(await decideApproval(database, bench.parts, id, other, yes)).toMatchObject({ refusal: "decided" });
  const rows = await database.selectFrom("audit_entry").select("act").where("subject", "=", asking.subject).execute();
  const before = rows.length;
  await decideApproval(database, bench.parts, id, managerThere, yes);
  const after = await database.selectFrom("audit_entry").select("act").where("subject", "=", asking.subject).execute();
  expect(after.length).toBe(before);
  expect(await use()).toMatchObject({ ok: true });
  expect(await use()).toMatchObject({ refusal: "approvalUsed" });
});
