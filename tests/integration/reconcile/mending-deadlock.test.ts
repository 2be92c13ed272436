import { sql } from "kysely";
import { expect, it } from "vitest";
import type { StoreId } from "../../../src/domain/identifier.ts";
import { mend } from "../../../src/gateway/mend/mend.ts";
import { oneAtATime } from "../../../src/gateway/reconcile/one-at-a-time.ts";
import type { Database } from "../../../src/gateway/store/database.ts";
import { openMatchedShop } from "../../fakes/matched-shop.ts";
import { account, noon } from "../../fakes/matched-stores.ts";
import { openMender } from "../../fakes/mender.ts";
import { ownerPass } from "../../fakes/owner-pass.ts";
import { until } from "../counter/until.ts";
import { freshDatabase } from "../fresh-database.ts";

const day = "2026-11-20";
const next = noon("2026-11-21");

it("a person's mending that met a till which took the same rows the other way round is done all the same, once", async () => {
  const database = (await freshDatabase()).open();
  const shop = await openMatchedShop(database);
  await shop.payment({ amount: 842, at: noon(day) });
  await shop.bill(day, [], next);
  const { engine, breaks } = openMender(shop, next);
  const items = await breaks();
  const pass = ownerPass([account.homeStore as StoreId]);
  const wanted = { items, action: "wait", reason: "The provider was asked", parameters: { until: next + 3_600_000 } };
  let mending: Promise<unknown> = Promise.resolve();
  await database.transaction().execute(async (step) => {
    await sql`select 1 from difference for update`.execute(step);
    mending = mend({ ...engine, wake: () => undefined } as never, pass, wanted as never);
    mending.catch(() => undefined);
    await until(() => waiting(database), Boolean);
    // PostgreSQL ends whoever has waited longest: the mending
    await oneAtATime(step, account.id);
  });
  expect(await mending).toMatchObject({ ok: true, value: { kind: "done", executed: { state: "done", failed: [] } } });
  expect(await shop.open()).toEqual(["waiting withUsNotWithThem -842"]);
  expect(await database.selectFrom("mending").select("id").execute()).toHaveLength(1);
});

async function waiting(step: Database): Promise<number> {
  const { rows } = await sql<{ n: number }>`
    select count(*)::integer as n from pg_stat_activity where wait_event_type = 'Lock' and datname = current_database()
  `.execute(step);
  return rows[0]?.n ?? 0;
}
