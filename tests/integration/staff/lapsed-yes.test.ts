import { expect, it } from "vitest";
import type { StaffId } from "../../../src/domain/identifier.ts";
import { askApproval, decideApproval, useApproval } from "../../../src/gateway/approvals/approval.ts";
import { tillDecider } from "../../../src/gateway/approvals/entitled-people.ts";
import { gatewayBench } from "../gateway-bench.ts";
import { makeRole } from "./office-people.ts";

it("a yes given for some stores is no yes for another, nor for one more", async () => {
  const bench = await gatewayBench();
  const { database } = bench.parts;
  const about = { act: "mend", subject: "breaks", size: 0, askedBy: "staff-1" } as const;
  const rest = { amount: null, reason: "", shown: [], till: null, isLive: false };
  const given = async (store: string | readonly string[]): Promise<string> => {
    const id = await askApproval(database, bench.parts, { ...about, ...rest, store });
    await database
      .updateTable("approval")
      .set({ state: "given", decided_by: "owner", method: "password", decided_at: 1 })
      .execute();
    return id;
  };
  const use = async (id: string, store: string | readonly string[] | null) => {
    const used = await useApproval(database, id, { ...about, store }, bench.parts.clock.now());
    return used.ok ? "used" : used.refusal;
  };
  const one = await given("heping");
  for (const other of ["jiangbian", ["heping", "jiangbian"], null] as const)
    expect([other, await use(one, other)]).toEqual([other, "approvalUnknown"]);
  const two = await given(["heping", "jiangbian"]);
  for (const other of ["heping", ["heping", "jiangbian", "third"], null] as const)
    expect([other, await use(two, other)]).toEqual([other, "approvalUnknown"]);
});

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
