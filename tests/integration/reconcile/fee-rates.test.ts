import { beforeAll, expect, it } from "vitest";
import type { StoreId } from "../../../src/domain/identifier.ts";
import { breakOf as breakVerdict } from "../../../src/domain/reconciliation/verdict.ts";
import { keepDifferences } from "../../../src/gateway/reconcile/keep-differences.ts";
import { placeOfBill } from "../../../src/gateway/reconcile/place-of-bill.ts";
import { storeBill } from "../../../src/gateway/bills/bill-store.ts";
import { once } from "../../fakes/matched-bills.ts";
import { quickTimings, sandboxAtHand } from "../office/office-stage.ts";
import { gatewayBench, type GatewayBench } from "../gateway-bench.ts";
import { invitedTo, makeRole, ownerOf, ownersPassword, type OfficeAsk } from "../staff/office-people.ts";

let bench: GatewayBench;
let owner: OfficeAsk;
let manager: OfficeAsk;
beforeAll(async () => {
  const { account, fetch } = sandboxAtHand(quickTimings);
  bench = await gatewayBench({ fetch }, [account]);
  owner = await ownerOf(bench);
  await makeRole(bench, "staff-5", "manager");
  manager = await invitedTo(bench, owner, "staff-5");
});

const agreed = { account: "wechat-sandbox", since: "2026-11-01", rate: 3_800, givesBack: true };
const kept = async (): Promise<readonly number[]> =>
  (
    await bench.parts.database
      .selectFrom("fee_rate")
      .select("rate")
      .where("since", "=", agreed.since)
      .where("account", "=", agreed.account)
      .execute()
  ).map(({ rate }) => rate);

/** A trade bill of that day is here. */
async function billOf(day: string): Promise<void> {
  const { database, clock } = bench.parts;
  const bill = { homeStore: "heping", account: agreed.account, kind: "trade", day, origin: "fetched" } as const;
  const rest = { name: "", announced: null, handedBy: null };
  await storeBill(database, { ...bill, ...rest }, once(Buffer.from(day)), clock.now());
  await database.updateTable("bill").set({ state: "current" }).execute();
}
async function breakOf(day: string): Promise<void> {
  const identity = { store: "heping" as StoreId, side: "bill", number: `trade/${day}` } as const;
  const judged = {
    identity,
    verdicts: [breakVerdict("footerDiffers", 1)],
    place: placeOfBill(null, day, "CNY"),
    detail: {},
  };
  const account = { id: agreed.account, homeStore: "heping" };
  await keepDifferences(bench.parts.database, account, [judged], bench.parts.clock.now());
}
/** The days that are judged anew, and none of them any more. */
const judged = () =>
  bench.parts.database.deleteFrom("job").where("kind", "=", "judgeAgain").returning(["subject", "payload"]).execute();

it("a rate that a manager sets changes what is expected only after another person's yes to exactly this rate", async () => {
  const asked = await manager("PUT", "fee-rates", { v: 1, ...agreed });
  expect(asked.statusCode).toBe(202);
  const { proposed } = asked.json<{ proposed: string }>();
  expect(await kept()).toEqual([]);
  const own = await manager("POST", `approvals/${proposed}/decisions`, {
    v: 1,
    yes: true,
    password: "staff-5 long password",
  });
  expect(own.statusCode).not.toBe(200);
  const early = await manager("PUT", "fee-rates", { v: 1, ...agreed, approval: proposed });
  expect(early.json().code).toBe("approvalNeeded");
  const yes = await owner("POST", `approvals/${proposed}/decisions`, { v: 1, yes: true, password: ownersPassword });
  expect(yes.statusCode).toBe(200);
  for (const other of [{ rate: 6_000 }, { since: "2026-10-01" }, { givesBack: false }]) {
    const answer = await manager("PUT", "fee-rates", { v: 1, ...agreed, ...other, approval: proposed });
    expect([other, answer.json().code]).toEqual([other, "approvalNeeded"]);
  }
  expect(await kept()).toEqual([]);
  await billOf("2026-11-20");
  expect((await manager("PUT", "fee-rates", { v: 1, ...agreed, approval: proposed })).statusCode).toBe(200);
  expect(await kept()).toEqual([agreed.rate]);
  expect(await judged()).toEqual([{ subject: agreed.account, payload: { day: "2026-11-20" } }]);
  const [entry] = await bench.parts.database
    .selectFrom("audit_entry")
    .selectAll()
    .where("act", "=", "rateCorrected")
    .where("who", "=", "staff-5")
    .execute();
  expect([entry?.subject, entry?.second_person]).toEqual(["wechat-sandbox", "owner"]);
});

it("an owner sets none alone while another could agree, and an accountant none", async () => {
  expect((await owner("PUT", "fee-rates", { v: 1, ...agreed, rate: 6_000 })).statusCode).toBe(202);
  expect(await kept()).toEqual([agreed.rate]);
  await makeRole(bench, "staff-5", "accountant");
  expect((await manager("PUT", "fee-rates", { v: 1, ...agreed })).json().code).toBe("forbidden");
});

it("by how much clocks may differ is set like a rate: with another person, for exactly these minutes, and audited", async () => {
  await makeRole(bench, "staff-5", "manager");
  const wanted = { v: 1, account: "wechat-sandbox", nearMinutes: 15, pairMinutes: 20 };
  const { proposed } = (await manager("PUT", "matching-windows", wanted)).json<{ proposed: string }>();
  const yes = await owner("POST", `approvals/${proposed}/decisions`, { v: 1, yes: true, password: ownersPassword });
  expect(yes.statusCode).toBe(200);
  const other = await manager("PUT", "matching-windows", { ...wanted, pairMinutes: 60, approval: proposed });
  expect(other.json().code).toBe("approvalNeeded");
  await billOf("2026-01-05");
  await billOf("2026-01-04");
  await breakOf("2026-01-05");
  expect(await judged()).toEqual([]);
  const windows = async () =>
    (await owner("GET", "fee-rates"))
      .json<{ windows: { account: string }[] }>()
      .windows.filter((each) => each.account === wanted.account);
  expect(await windows()).toEqual([{ account: "wechat-sandbox", nearMinutes: 10, pairMinutes: 10 }]);
  expect((await manager("PUT", "matching-windows", { ...wanted, approval: proposed })).statusCode).toBe(200);
  const days = (await judged()).map(({ payload }) => (payload as { day: string }).day);
  // from the first day on of which something is open
  expect([days.includes("2026-01-05"), days.includes("2026-01-04")]).toEqual([true, false]);
  expect(await windows()).toEqual([{ account: "wechat-sandbox", nearMinutes: 15, pairMinutes: 20 }]);
  const [entry] = await bench.parts.database
    .selectFrom("audit_entry")
    .selectAll()
    .where("act", "=", "windowChanged")
    .execute();
  expect([entry?.subject, entry?.who, entry?.second_person]).toEqual(["wechat-sandbox", "staff-5", "owner"]);
  const far = await manager("PUT", "matching-windows", { ...wanted, nearMinutes: 121 });
  expect(far.statusCode).toBe(400);
});
