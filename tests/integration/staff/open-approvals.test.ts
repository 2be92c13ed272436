import { sql } from "kysely";
import { expect, it } from "vitest";
import { askApproval } from "../../../src/gateway/approvals/approval.ts";
import { gatewayBench } from "../gateway-bench.ts";
import { invitedTo, makeRole, ownerOf } from "./office-people.ts";

it("what waits for one's own yes is listed, however many older ones wait for others", async () => {
  const bench = await gatewayBench();
  const { database, clock } = bench.parts;
  const owner = await ownerOf(bench);
  await makeRole(bench, "staff-5", "manager", false);
  const manager = await invitedTo(bench, owner, "staff-5");
  const rest = { size: 0, amount: null, reason: "", shown: [], till: null, isLive: false } as const;
  const ask = (act: "editApiKeys" | "return", askedBy: string) =>
    askApproval(database, bench.parts, { ...rest, store: "heping", act, subject: `${act}-1`, askedBy });
  const others = await ask("editApiKeys", "staff-4");
  await sql`
    insert into approval select (jsonb_populate_record(a, jsonb_build_object('id', a.id || '-' || lpad(n::text, 4, '0')))).*
    from approval a, generate_series(1, 1500) n where a.id = ${others}
  `.execute(database);
  clock.move(1_000);
  const mine = await ask("return", "staff-1");
  const { approvals } = (await manager("GET", "approvals")).json();
  expect(approvals.map(({ id }: { id: string }) => id)).toEqual([mine]);
  expect((await owner("GET", "approvals")).json().approvals).toHaveLength(100);
});
