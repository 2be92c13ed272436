import { afterAll, beforeAll, expect, it } from "vitest";
import { instant } from "../../../src/domain/clock.ts";
import { addJob, claimJobs } from "../../../src/gateway/jobs/jobs.ts";
import { json, roleOf, type OpenDatabase } from "../../../src/gateway/store/database.ts";
import { countTry } from "../../../src/gateway/store/limited-try.ts";
import { memoryDatabase } from "../../fakes/memory-database.ts";

const now = instant(1_795_500_000_000);
let database: OpenDatabase;
beforeAll(async () => {
  database = await memoryDatabase(now);
});
afterAll(() => database.destroy());

it("in memory too, instants come back as numbers, bytes as bytes, and documents as they were", async () => {
  await database
    .insertInto("product")
    .values({ id: "1", change: now, removed: false, body: json({ names: ["a", { b: null }] }) })
    .execute();
  const product = await database.selectFrom("product").selectAll().executeTakeFirstOrThrow();
  expect(product).toEqual({ id: "1", change: now, removed: false, body: { names: ["a", { b: null }] } });
  await database
    .insertInto("journal_head")
    .values({ store: "s", till: "t", series: 1, number: 2, hash: Buffer.from([0, 255, 7]) })
    .execute();
  const head = await database.selectFrom("journal_head").selectAll().executeTakeFirstOrThrow();
  expect([head.number, [...head.hash]]).toEqual([2, [0, 255, 7]]);
});

it("in memory too, two SQL transactions never mix, and one that fails leaves nothing", async () => {
  const count = async () =>
    Number(
      (
        await database
          .selectFrom("nonce")
          .select(({ fn }) => fn.countAll().as("n"))
          .executeTakeFirstOrThrow()
      ).n,
    );
  const add = (nonce: string, fails: boolean) =>
    database.transaction().execute(async (step) => {
      await step.insertInto("nonce").values({ store: "s", till: "t", nonce, expires_at: 1 }).execute();
      await step.selectFrom("nonce").selectAll().execute();
      if (fails) throw new Error("on purpose");
    });
  const settled = await Promise.allSettled([add("a", false), add("b", true), add("c", false)]);
  expect(settled.map(({ status }) => status)).toEqual(["fulfilled", "rejected", "fulfilled"]);
  expect(await count()).toBe(2);
});

it("in memory too, a claimed job is claimed once and a write says how many rows it wrote", async () => {
  const job = { store: "s", id: "j", kind: "k", subject: "x", payload: { a: 1 }, dueAt: now };
  await addJob(database, job);
  await addJob(database, job);
  expect(await claimJobs(database, ["k"], now, 5)).toMatchObject([
    { id: "j", payload: { a: 1 }, dueAt: now, tries: 0 },
  ]);
  expect(await claimJobs(database, ["k"], now, 5)).toEqual([]);
  const again = await database
    .insertInto("nonce")
    .values({ store: "s", till: "t", nonce: "a", expires_at: 1 })
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirst();
  expect(again.numInsertedOrUpdatedRows).toBe(0n);
});

it("tries are counted within their window and begin anew after it", async () => {
  const counts = [];
  for (const at of [0, 1, 999, 1_000, 1_001])
    counts.push(await countTry(database, "subject", instant(now + at), 1_000));
  expect(counts).toEqual([1, 2, 3, 1, 2]);
});

it("the role is read out of a database's address, whatever host follows", () => {
  expect(roleOf("postgres://kuantai_application:x@/kuantai?host=%2Ftmp")).toBe("kuantai_application");
  expect(() => roleOf("postgres:///kuantai")).toThrow("names no role");
});
