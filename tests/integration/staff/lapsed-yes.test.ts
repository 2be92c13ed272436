import { expect, it } from "vitest";
import type { StaffId } from "../../../src/domain/identifier.ts";
import { askApproval, decideApproval, useApproval } from "../../../src/gateway/approvals/approval.ts";
import { tillDecider } from "../../../src/gateway/approvals/entitled-people.ts";
import { gatewayBench } from "../gateway-bench.ts";
import { makeRole } from "./office-people.ts";

it("a yes counts no more when whoever gave it has left or lost the role before it is used", async () => {
  const bench = await gatewayBench();
  const { database } = bench.parts;
  const about = { store: "heping", act: "return", subject: "the-return", size: 5_000, askedBy: "staff-1" } as const;
  const rest = { amount: null, reason: "", shown: [], till: null, isLive: false };
  const given = async (): Promise<string> => {
    const id = await askApproval(database, bench.parts, { ...about, ...rest });
    const by = tillDecider("staff-5" as StaffId, "heping", "manager");
    expect((await decideApproval(database, bench.parts, id, by, { yes: true, method: "pin" })).ok).toBe(true);
    return id;
  };
  const use = (id: string) => useApproval(database, id, about, bench.parts.clock.now());
  await makeRole(bench, "staff-5", "manager", false);
  const id = await given();
  await makeRole(bench, "staff-5", "cashier", false);
  expect(await use(id)).toMatchObject({ refusal: "approvalLapsed" });
  await makeRole(bench, "staff-5", "manager", false);
  const left = (at: number | null) =>
    database.updateTable("staff").set({ left_at: at }).where("id", "=", "staff-5").execute();
  await left(1);
  expect(await use(id)).toMatchObject({ refusal: "approvalLapsed" });
  await left(null);
  expect(await use(id)).toMatchObject({ ok: true });
});
