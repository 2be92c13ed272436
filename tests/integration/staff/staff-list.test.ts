import type { KyselyPlugin } from "kysely";
import { expect, it } from "vitest";
import { staffListFor } from "../../../src/gateway/staff/staff-list.ts";
import { secretContext } from "../../../src/gateway/staff/pin.ts";
import { gatewayBench } from "../gateway-bench.ts";

it("a till's list takes the same few queries for forty people whose PINs the owner had made as for none", async () => {
  const bench = await gatewayBench();
  const { database, keys } = bench.parts;
  await bench.till("till-a1");
  const { series } = await database
    .selectFrom("till_key")
    .select("series")
    .where("till", "=", "till-a1")
    .executeTakeFirstOrThrow();
  const till = { id: "till-a1", store: "heping", label: "A1", tag: "", series, revoked: false } as never;
  let queries = 0;
  const counted: KyselyPlugin = {
    transformQuery: ({ node }) => {
      queries++;
      return node;
    },
    transformResult: async ({ result }) => result,
  };
  const list = async () => {
    queries = 0;
    return staffListFor({ ...bench.parts, database: database.withPlugin(counted) }, till);
  };
  await list();
  const before = queries;
  const like = await database.selectFrom("staff").selectAll().where("id", "=", "staff-1").executeTakeFirstOrThrow();
  const secret = keys.open(like.secret_sealed, secretContext("staff-1"));
  for (let n = 0; n < 40; n++) {
    const id = `staff-x${n}`;
    const row = { ...like, id, name: id, secret_sealed: keys.seal(secret, secretContext(id)), pin_made_by: "staff-1" };
    await database.insertInto("staff").values(row).execute();
    await database.insertInto("staff_role").values({ store: "heping", staff: id, role: "cashier" }).execute();
  }
  const { staff } = await list();
  expect(staff.filter(({ pinKnownTo }) => pinKnownTo?.includes("staff-1" as never))).toHaveLength(40);
  expect(queries).toBe(before);
});
