import { beforeEach, expect, it } from "vitest";
import { execute } from "../../../src/gateway/mend/execute.ts";
import { judgeKind } from "../../../src/gateway/mend/judge-work.ts";
import { propose } from "../../../src/gateway/mend/propose.ts";
import { tradeRow } from "../../fakes/matched-bills.ts";
import { openMatchedShop, type MatchedShop } from "../../fakes/matched-shop.ts";
import { account, noon } from "../../fakes/matched-stores.ts";
import { openMender } from "../../fakes/mender.ts";
import { freshDatabase } from "../fresh-database.ts";

const day = "2026-11-20";
const at = noon(day);
const next = noon("2026-11-21");
const agreed = { account: account.id, since: "2026-01-01", rate: 6000, gives_back: true, set_by: "owner", set_at: 0 };

let shop: MatchedShop;
beforeEach(async () => {
  shop = await openMatchedShop((await freshDatabase()).open());
  await shop.database.insertInto("fee_rate").values(agreed).execute();
  const cheap = { fee: 38_000, rate: 3800 };
  const two = [await shop.payment({ amount: 10000, at }), await shop.payment({ amount: 10000, at })];
  await shop.bill(
    day,
    two.map((number) => tradeRow(number, 10000, at, cheap)),
    next,
  );
});

const rates = async () =>
  (await shop.database.selectFrom("fee_rate").select("rate").orderBy("since").execute()).map(({ rate }) => rate);

/** Proposes another rate for both breaks; the first `changed` of them are of another amount when it is carried out. */
async function corrected(changed: number) {
  const { engine, breaks } = openMender(shop, next);
  const items = await breaks();
  expect(items).toHaveLength(2);
  const parameters = { since: "2026-11-01", rate: 3800 };
  const asked = { items, action: "correctRate", reason: "test", parameters, by: "owner" } as const;
  return shop.database.transaction().execute(async (step) => {
    const proposed = await propose(step, engine.parts, asked, next);
    if (!proposed.ok) return proposed.refusal;
    for (const { id } of items.slice(0, changed))
      await step.updateTable("difference").set({ amount: 1 }).where("id", "=", id).execute();
    return execute(step, engine, proposed.value.row, "staff-5", null);
  });
}

it("a rate is set though the first of its breaks has changed meanwhile", async () => {
  expect(await corrected(1)).toMatchObject({ state: "done", failed: [{ why: "changed" }] });
  expect(await rates()).toEqual([6000, 3800]);
});

it("a rate of which every break has changed is not set, and not called done", async () => {
  expect(await corrected(2)).toMatchObject({ state: "stale", failed: [{ why: "changed" }, { why: "changed" }] });
  expect(await rates()).toEqual([6000]);
});

it("a rate that two people set judges a job a day, after the transaction, and names who proposed and who agreed", async () => {
  expect(await corrected(0)).toEqual({ state: "done", failed: [] });
  const jobs = await shop.database.selectFrom("job").select("payload").where("kind", "=", judgeKind).execute();
  expect(jobs).toEqual([{ payload: { day } }]);
  expect(await shop.open()).toHaveLength(2);
  await openMender(shop, next).judge();
  expect(await shop.open()).toEqual([]);
  const entry = shop.database.selectFrom("audit_entry").select(["who", "second_person"]);
  expect(await entry.where("act", "=", "rateCorrected").executeTakeFirst()).toEqual({
    who: "owner",
    second_person: "staff-5",
  });
});
