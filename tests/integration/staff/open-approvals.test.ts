import { sql } from "kysely";
import { expect, it } from "vitest";
import { officeAskMs, officeHeardMs, type OpenApprovals } from "../../../src/contract/approvals.ts";
import { askApproval, keepWaiting } from "../../../src/gateway/approvals/approval.ts";
import { gatewayBench } from "../gateway-bench.ts";
import { invitedTo, makeRole, ownerOf, passwordOf } from "./office-people.ts";

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

it("what a page of the office asked waits while the page looks, then is told as left, and no yes is taken to it", async () => {
  const bench = await gatewayBench();
  const { clock } = bench.parts;
  const owner = await ownerOf(bench);
  await makeRole(bench, "staff-5", "manager", false);
  const manager = await invitedTo(bench, owner, "staff-5");
  const asked = await owner("POST", "staff/staff-1/pins", { v: 1 });
  const { proposed } = asked.json<{ proposed: string }>();
  const listed = async () => (await manager("GET", "approvals")).json<OpenApprovals>().approvals;
  // a hidden page looks once a minute
  for (let minutes = 0; minutes < 20; minutes++) {
    clock.move(60_000);
    expect((await owner("GET", `approvals/${proposed}`)).json()).toMatchObject({ state: "open" });
  }
  expect(await listed()).toMatchObject([{ id: proposed, goneAt: null }]);
  const heardAt = clock.now();
  clock.move(officeHeardMs);
  const [left] = await listed();
  expect(left?.goneAt).toBeGreaterThan(heardAt);
  expect(left?.goneAt).toBeLessThanOrEqual(clock.now());
  const yes = { v: 1, yes: true, password: passwordOf("staff-5") };
  expect((await manager("POST", `approvals/${proposed}/decisions`, yes)).json()).toMatchObject({
    code: "deadlinePassed",
  });
  expect((await owner("GET", `approvals/${proposed}`)).json()).toMatchObject({ state: "expired" });
  expect(await listed()).toMatchObject([{ id: proposed }]);
  const old = clock.now() - officeAskMs - 1;
  await bench.parts.database.updateTable("approval").set({ expires_at: old }).where("id", "=", proposed).execute();
  expect(await listed()).toEqual([]);
});

it("a page keeps what it asked waiting no longer than a session lasts", async () => {
  const bench = await gatewayBench();
  const owner = await ownerOf(bench);
  await makeRole(bench, "staff-5", "manager", false);
  const asked = await owner("POST", "staff/staff-1/pins", { v: 1 });
  const { proposed } = asked.json<{ proposed: string }>();
  const { database, clock } = bench.parts;
  const row = () => database.selectFrom("approval").selectAll().where("id", "=", proposed).executeTakeFirstOrThrow();
  const { asked_at: askedAt } = await row();
  const late = askedAt + officeAskMs - 30_000;
  await database.updateTable("approval").set({ expires_at: late }).where("id", "=", proposed).execute();
  clock.move(officeAskMs - 60_000);
  await keepWaiting(database, await row(), clock.now());
  expect((await row()).expires_at).toBe(late);
});
