import { beforeEach, describe, expect, it } from "vitest";
import { cashPlaceOf } from "../../../src/gateway/cash/cash-place.ts";
import { makeDeposit } from "../../../src/gateway/cash/deposit.ts";
import { oneSafeAtATime } from "../../../src/gateway/cash/one-safe-at-a-time.ts";
import { json } from "../../../src/gateway/store/database.ts";
import { gatewayBench, type GatewayBench } from "../gateway-bench.ts";
import { waitsFor } from "../held-lock.ts";
import { agreed, invitedTo, makeRole, ownerOf, ownersPassword, type OfficeAsk } from "../staff/office-people.ts";
import { cashTill, store, withYes, yuan } from "./cash-stage.ts";

const bank = { store, id: "icbc" };
let bench: GatewayBench;
let owner: OfficeAsk;
let manager: OfficeAsk;
beforeEach(async () => {
  bench = await gatewayBench();
  owner = await ownerOf(bench);
  await makeRole(bench, "staff-5", "manager");
  manager = await invitedTo(bench, owner, "staff-5");
  await bench.parts.database
    .insertInto("bank_account")
    .values({ ...bank, name: "工行", columns: json({}), made_at: 0 })
    .execute();
  const drawer = cashTill(await bench.till("till-a1"));
  await drawer.drain([drawer.open(yuan(0)), drawer.sell(8000), drawer.handOver(yuan(8000), yuan(0))]);
});

const body = { v: 1, store, bank: "icbc", slip: "CK-1", notes: [], takenBy: "staff-4" };
const deposit = (amount: number, more: object = {}, who: OfficeAsk = manager) =>
  who("POST", "cash/deposits", { ...body, amount: amount * 100, ...more });
const sayYes = async (id: string) => {
  const answer = await owner("POST", `approvals/${id}/decisions`, { v: 1, yes: true, password: ownersPassword });
  expect(answer.statusCode).toBe(200);
};

describe("a deposit said to be beyond the books", () => {
  it("is never one person's, however small: the other reads it, and it stands in the audit log", async () => {
    const asked = await deposit(100, { beyondBooks: true });
    expect(asked.statusCode).toBe(202);
    const { proposed } = asked.json();
    const { approvals } = (await owner("GET", "approvals")).json();
    const card = approvals.find(({ id }: { id: string }) => id === proposed);
    expect(card.shown.map(({ label }: { label: string }) => label)).toEqual(["beyondBooks", "what", "who"]);
    await sayYes(proposed);
    expect((await deposit(100, { beyondBooks: true, approval: proposed })).statusCode).toBe(200);
    expect((await deposit(100, { slip: "CK-2" })).statusCode).toBe(200);
    const entries = bench.parts.database.selectFrom("audit_entry").select(["after", "second_person"]);
    const told = await entries.where("act", "=", "cashDeposited").orderBy("id").execute();
    expect(told.map(({ after, second_person: by }) => [(after as typeof body).slip, after, by])).toEqual([
      ["CK-1", expect.objectContaining({ beyondBooks: true }), "owner"],
      ["CK-2", expect.not.objectContaining({ beyondBooks: true }), null],
    ]);
  });

  it("is not agreed to by a yes to one that is within them", async () => {
    const opened = { counted: 3_000_000, notes: [], opening: true };
    expect((await withYes(manager, "cash/counts", opened)).statusCode).toBe(200);
    const asked = await deposit(25_000);
    expect(asked.statusCode).toBe(202);
    const approval = asked.json().proposed;
    await sayYes(approval);
    expect((await deposit(25_000, { beyondBooks: true, approval })).json().code).toBe("approvalNeeded");
    expect((await deposit(25_000, { approval })).statusCode).toBe(200);
  });
});

it("whoever may not see figures learns no balance by trying amounts: another person agrees first, whatever it is", async () => {
  const rule = { upTo: "refused", alone: null };
  const set = { v: 1, store, role: "manager", act: "seeFigures", rule };
  expect((await agreed(bench, owner)("PUT", "permissions", set)).statusCode).toBe(200);
  const told = [await deposit(1), await deposit(7_999), await deposit(8_001)];
  expect(told.map(({ statusCode }) => statusCode)).toEqual([202, 202, 202]);
  const approval = told[2]!.json().proposed;
  await sayYes(approval);
  const refused = await deposit(8_001, { approval });
  expect([refused.statusCode, refused.json().code]).toEqual([409, "nothingLeft"]);
  expect(refused.body).not.toMatch(/\d{3,}\.|8[, ]?000/u);
});

describe("while somebody is at the safe", () => {
  const hold = (step: Parameters<typeof oneSafeAtATime>[0]) => oneSafeAtATime(step, store);

  it("a deposit waits and sees what the other has taken out: two at once do not take the same money", async () => {
    const place = await cashPlaceOf(bench.parts.database, store, bench.parts.clock.now());
    const other = { bank, slip: "CK-9", amount: 500_000, notes: [], takenBy: "staff-4", beyondBooks: false };
    let code = 0;
    const hasWaited = await waitsFor(
      bench.parts.database,
      async (step) => {
        await hold(step);
        await makeDeposit(
          step,
          bench.parts,
          place!,
          other,
          { who: "owner", secondPerson: null },
          bench.parts.clock.now(),
        );
      },
      async () => {
        code = (await deposit(5_000)).statusCode;
      },
    );
    expect([hasWaited, code]).toEqual([true, 409]);
  });

  it("a deposit is not taken back: its count would find it over", async () => {
    const { id } = (await deposit(5_000)).json();
    const back = () => manager("POST", "cash/take-backs", { v: 1, store, id, reason: "bank closed" });
    expect(await waitsFor(bench.parts.database, hold, back)).toBe(true);
    const [row] = await bench.parts.database.selectFrom("deposit").select("state").execute();
    expect(row?.state).toBe("takenBack");
  });
});
