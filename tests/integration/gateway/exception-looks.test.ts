import { beforeAll, expect, it } from "vitest";
import type { AuditPage } from "../../../src/contract/audit.ts";
import type { OfficeException } from "../../../src/contract/office-exceptions.ts";
import type { StaffId, StoreId } from "../../../src/domain/identifier.ts";
import { raiseException } from "../../../src/gateway/books/exceptions.ts";
import { json } from "../../../src/gateway/store/database.ts";
import { gatewayBench, type GatewayBench } from "../gateway-bench.ts";
import { invitedTo, ownerOf, type OfficeAsk } from "../staff/office-people.ts";

const store = "heping" as StoreId;
const manager = "staff-5" as StaffId;
let bench: GatewayBench;
let owner: OfficeAsk;
let other: OfficeAsk;
beforeAll(async () => {
  bench = await gatewayBench();
  owner = await ownerOf(bench);
  other = await invitedTo(bench, owner, manager);
});

/** Puts one before the office; gives its id. */
async function raised(kind: OfficeException["kind"], subject: string, staff: StaffId | null): Promise<string> {
  const detail = { amount: null, detail: null, staff };
  await raiseException(bench.parts.database, { store, kind, subject, detail }, bench.parts.clock.now());
  return `${kind}/${subject}`;
}

async function listed(who: OfficeAsk): Promise<readonly string[]> {
  const { exceptions, count } = (await who("GET", "exceptions")).json();
  expect(count).toBe(exceptions.length);
  return exceptions.map(({ id, isMine }: OfficeException) => `${id}${isMine ? " mine" : ""}`);
}

const look = async (who: OfficeAsk, id: string, note = "asked the cashier"): Promise<number> =>
  (await who("POST", "exceptions/looks", { v: 1, store, id, note })).statusCode;

it("ends with a look and what came of it, once, and stands in the log with who looked", async () => {
  const id = await raised("clockWrong", "SESSION", manager);
  expect(await listed(other)).toEqual([`${id} mine`]);
  expect(await look(other, id, "   ")).toBe(400);
  expect(await listed(owner)).toEqual([`${id} mine`]);
  expect(await look(other, id, "clock set")).toBe(200);
  expect(await listed(owner)).toEqual([]);
  expect(await look(other, id)).toBe(404);
  const { entries } = (await owner("GET", "audit?act=exceptionLooked")).json<AuditPage>();
  expect(entries).toMatchObject([
    { who: manager, subject: "SESSION", after: { kind: "clockWrong" }, reason: "clock set" },
  ]);
});

it("is another person's to look at where somebody did what they may not alone", async () => {
  const ids = [
    await raised("reductionUnapproved", "SALE", manager),
    await raised("cashOutUnapproved", "SALE", manager),
  ];
  expect((await listed(other)).toSorted()).toEqual(ids.toSorted());
  for (const id of ids) {
    expect(await look(other, id)).toBe(404);
    expect(await look(owner, id)).toBe(200);
  }
  expect(await listed(owner)).toEqual([]);
});

it("is not ended by a look where the books wait for something, and not by whoever may not", async () => {
  const waits: readonly OfficeException["kind"][] = [
    "entryNotUnderstood",
    "brokenChain",
    "quarantined",
    "saleLeftOpen",
    "tenderWithoutCapture",
    "lateCapture",
    "refundStuck",
    "refundUnapproved",
    "reversalStuck",
  ];
  const ids = [];
  for (const kind of waits) ids.push(await raised(kind, "A", null));
  for (const id of ids) expect(await look(owner, id)).toBe(404);
  expect((await listed(owner)).toSorted()).toEqual(ids.toSorted());
  const supervisor = await invitedTo(bench, owner, "staff-4");
  const id = await raised("heldTwice", "TICKET", null);
  expect(await look(supervisor, id)).toBe(403);
  expect(await look(owner, id)).toBe(200);
});

it("is ended by a look where a sale was left open by a till that has been replaced since", async () => {
  const at = bench.parts.clock.now();
  await bench.till("till-a1");
  const key = { till: "till-a1", series: 1, number: 1 };
  const blank = { receipt_number: null, business_date: null, session: null, staff: null, hour: null } as const;
  await bench.parts.database
    .insertInto("sale")
    .values({ ...key, ...blank, store, id: "LEFT-OPEN", state: "open", currency: "CNY", total: 0, at, body: json({}) })
    .execute();
  const id = await raised("saleLeftOpen", "LEFT-OPEN", null);
  expect(await listed(owner)).toContain(id);
  expect(await look(owner, id)).toBe(404);
  await bench.till("till-a1");
  expect(await listed(owner)).toContain(`${id} mine`);
  expect(await look(owner, id)).toBe(200);
  expect(await listed(owner)).not.toContain(`${id} mine`);
});

it("is ended by a look where the till that took the ticket up has been replaced, not the one that had begun it", async () => {
  const at = bench.parts.clock.now();
  const { database } = bench.parts;
  for (const till of ["till-a1", "till-a2"] as const) await bench.till(till);
  const key = { till: "till-a1", series: 1, number: 2 };
  const blank = { receipt_number: null, business_date: null, session: null, staff: null, hour: null } as const;
  const sale = {
    ...key,
    ...blank,
    store,
    id: "TAKEN-UP",
    state: "open",
    currency: "CNY",
    total: 0,
    at,
    body: json({}),
  };
  await database
    .insertInto("sale")
    .values(sale as never)
    .execute();
  const held = { till: "till-a1", staff: "staff-1", sale: json({}), total: 0, currency: "CNY", item_count: 1 };
  const taken = { held_at: at, claimed_by: "till-a2", claimed_at: at, wanted_by: null, wanted_at: null, got_at: at };
  await database
    .insertInto("held_sale")
    .values({ store, id: sale.id, ...held, ...taken })
    .execute();
  const id = await raised("saleLeftOpen", sale.id, null);
  bench.parts.clock.move(1_000);
  await bench.till("till-a1");
  expect(await look(owner, id)).toBe(404);
  await bench.till("till-a2");
  expect(await listed(owner)).toContain(`${id} mine`);
  expect(await look(owner, id)).toBe(200);
});
