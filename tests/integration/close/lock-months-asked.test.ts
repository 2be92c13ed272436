import { expect, it } from "vitest";
import type { StoreId } from "../../../src/domain/identifier.ts";
import { money } from "../../../src/domain/money.ts";
import { post } from "../../../src/gateway/books/post.ts";
import { json } from "../../../src/gateway/store/database.ts";
import { gatewayBench, type GatewayBench } from "../gateway-bench.ts";
import { invitedTo, makeRole, ownerOf } from "../staff/office-people.ts";

const store = "heping" as StoreId;

/** A day with a posting, closed. */
async function closed({ parts: { database, clock } }: GatewayBench, day: string): Promise<void> {
  const at = clock.now();
  const transfers = [{ debit: "drawer/till-a1", credit: "revenue/1300", amount: money(100, "CNY") }];
  await post(database, { store, posting: day, event: "saleCompleted", subject: day, businessDate: day, transfers }, at);
  const by = { closed_by: "owner", second_person: null, reason: "", left_open: json({}), xid: 0 };
  await database
    .insertInto("store_day")
    .values({ store, day, state: "closed", next_day: day, asked_at: at, closed_at: at, ...by })
    .execute();
}

it("whoever agrees to a month reads from which one on all are locked with it, and agrees to no other", async () => {
  const bench = await gatewayBench();
  const owner = await ownerOf(bench);
  await makeRole(bench, "staff-5", "manager");
  const manager = await invitedTo(bench, owner, "staff-5");
  const proposed = async (): Promise<string> => {
    const asked = await manager("POST", "months", { v: 1, store, month: "2026-03" });
    expect(asked.statusCode).toBe(202);
    return asked.json<{ proposed: string }>().proposed;
  };
  const shown = async (id: string) => {
    const { approvals } = (await owner("GET", "approvals")).json<{ approvals: { id: string; shown: unknown }[] }>();
    return approvals.find((each) => each.id === id)?.shown;
  };
  await closed(bench, "2026-01-05");
  await closed(bench, "2026-03-07");
  const first = await proposed();
  expect(await shown(first)).toEqual([{ label: "what", text: "2026-01 – 2026-03" }]);
  const lock = { store, locked_by: "owner", second_person: null, at: 0 };
  for (const month of ["2026-01", "2026-02"])
    await bench.parts.database
      .insertInto("locked_month")
      .values({ ...lock, month })
      .execute();
  const second = await proposed();
  expect(second).not.toBe(first);
  expect(await shown(second)).toEqual([{ label: "what", text: "2026-03" }]);
});
