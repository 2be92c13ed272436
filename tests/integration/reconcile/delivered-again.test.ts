import { beforeEach, describe, expect, it } from "vitest";
import { localTime, plusDays } from "../../../src/domain/local-time.ts";
import { storeBill, type NewBill } from "../../../src/gateway/bills/bill-store.ts";
import { fetchBill } from "../../../src/gateway/bills/fetch-bill.ts";
import { testKeys } from "../../conformance/providers/wechat-stage.ts";
import { once } from "../../fakes/matched-bills.ts";
import { paymentCells, wechatFile } from "../../unit/bills/wechat-file.ts";
import { gatewayBench, type GatewayBench } from "../gateway-bench.ts";
import { quickTimings, sandboxAtHand } from "../office/office-stage.ts";
import { createAccounts } from "../../../src/gateway/payments/accounts.ts";
import { invitedTo, makeRole, ownerOf, passwordOf, type OfficeAsk } from "../staff/office-people.ts";

let bench: GatewayBench;
let owner: OfficeAsk;
let account: string;
let homeStore: string;
let day: string;

/** A day that is over, of which nothing is here. */
beforeEach(async () => {
  const { account: sample, fetch } = sandboxAtHand(quickTimings);
  bench = await gatewayBench({ fetch }, [sample]);
  owner = await ownerOf(bench);
  await makeRole(bench, "staff-5", "manager");
  await invitedTo(bench, owner, "staff-5");
  const row = await bench.parts.database
    .selectFrom("provider_account")
    .select(["id", "home_store"])
    .executeTakeFirstOrThrow();
  [account, homeStore] = [row.id, row.home_store];
  day = plusDays(localTime(bench.parts.clock.now(), "Asia/Shanghai").date, -2);
});

/** A file of so many payments of 56.00. */
function fileOf(rows: number): Uint8Array {
  const cells = Array.from({ length: rows }, (_, n) =>
    paymentCells({
      商户号: testKeys.mchid,
      交易时间: `${day} 09:01:0${n}`,
      商户订单号: `T${n}`,
      微信订单号: `420000000${n}`,
    }),
  );
  return Buffer.from(wechatFile(cells));
}

/** The provider is asked, by itself or by somebody, and gives this file. */
async function delivers(rows: number, askedBy: string | null = null): Promise<void> {
  const { database } = bench.parts;
  const own = await createAccounts(bench.parts).byId(database, account);
  const file = { kind: "file", name: "bill", announced: null, bytes: once(fileOf(rows)) } as const;
  const provider = { ...own.provider, fetchBill: async () => file };
  expect(await fetchBill(bench.parts, { ...own, provider }, homeStore, "trade", day, askedBy)).toBe("here");
}

const handIn = (rows: number, approval = "") => {
  const more = approval === "" ? {} : { approval };
  const file = new URLSearchParams({ account, kind: "trade", day, name: "edited.csv", ...more });
  return owner("PUT", `bills/file?${file}`, fileOf(rows));
};
/** Asks for a file to count, and another person says yes to it. */
async function yesTo(rows: number): Promise<string> {
  const { proposed } = (await handIn(rows)).json<{ proposed: string }>();
  const yes = { v: 1, by: "staff-5", password: passwordOf("staff-5") };
  expect((await owner("POST", `approvals/${proposed}/beside`, yes)).statusCode).toBe(200);
  return proposed;
}
/** Hands a file in, and another person agrees. */
async function agreed(rows: number): Promise<void> {
  expect((await handIn(rows, await yesTo(rows))).statusCode).toBe(200);
}
const bills = async () => {
  const rows = await bench.parts.database.selectFrom("bill").selectAll().orderBy("version").execute();
  return rows.map(({ state, origin, row_count: count }) => `${state} ${origin} ${count}`);
};

describe("what the provider delivers after somebody has handed it in", () => {
  it("is the provider's from then on: another file is not one person's", async () => {
    expect((await handIn(3)).statusCode).toBe(200);
    expect(await bills()).toEqual(["current handedIn 3"]);
    await delivers(3);
    expect(await bills()).toEqual(["current fetched 3"]);
    const [row] = await bench.parts.database.selectFrom("bill").select("handed_by").execute();
    expect(row).toEqual({ handed_by: null });
    expect((await handIn(2)).statusCode).toBe(202);
    // who had handed it in is in the log
    const { entries } = (await owner("GET", "audit?act=billHandedIn")).json();
    expect(entries).toHaveLength(1);
  });
});

describe("what the provider has delivered and nobody has read", () => {
  it.each(["stored", "refused"] as const)("counts as delivered while it is %s", async (state) => {
    const bill: NewBill = {
      homeStore,
      account,
      kind: "trade",
      day,
      origin: "fetched",
      name: "bill",
      announced: null,
      handedBy: null,
    };
    await storeBill(bench.parts.database, bill, once(fileOf(3)), bench.parts.clock.now());
    await bench.parts.database.updateTable("bill").set({ state }).execute();
    const asked = await handIn(2);
    expect(asked.statusCode).toBe(202);
    const { approvals } = (await owner("GET", "approvals")).json();
    expect(approvals[0].shown.map(({ label }: { label: string }) => label)).toEqual(["account", "what", "after"]);
    expect(await bills()).toEqual([`${state} fetched null`]);
  });
});

describe("a file that two people put in the place of what the provider had delivered", () => {
  beforeEach(async () => {
    await delivers(3);
    await agreed(2);
    expect(await bills()).toEqual(["replaced fetched 3", "current handedIn 2"]);
  });

  it("stands when the provider gives the same again the next day", async () => {
    bench.parts.clock.move(86_400_000);
    await delivers(3);
    expect(await bills()).toEqual(["replaced fetched 3", "current handedIn 2"]);
    // and the provider has been asked: not once more today
    const now = bench.parts.clock.now();
    const rows = await bench.parts.database.selectFrom("bill").select("checked_at").orderBy("version").execute();
    expect(rows[1]?.checked_at).toBeGreaterThanOrEqual(now - 60_000);
  });

  it("gives way to what the provider has otherwise since, or to its own where somebody asks for it", async () => {
    await delivers(4);
    expect(await bills()).toEqual(["replaced fetched 3", "replaced handedIn 2", "current fetched 4"]);
    await agreed(1);
    await delivers(4, "owner");
    expect((await bills()).slice(3)).toEqual(["replaced handedIn 1", "current fetched 4"]);
  });
});

it("a yes to a file is none any more when the provider has delivered another bill since: it was shown what the one before had", async () => {
  await delivers(3);
  const approval = await yesTo(2);
  await delivers(4);
  expect((await handIn(2, approval)).statusCode).toBe(403);
  expect(await bills()).toEqual(["replaced fetched 3", "current fetched 4"]);
  await agreed(2);
  expect((await bills())[2]).toBe("current handedIn 2");
});
