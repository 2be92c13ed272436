import { beforeEach, describe, expect, it } from "vitest";
import { cashPlaceOf } from "../../../src/gateway/cash/cash-place.ts";
import { takeBackDeposit } from "../../../src/gateway/cash/deposit.ts";
import { waitsFor } from "../held-lock.ts";
import { openBankStage, type BankStage } from "./bank-stage.ts";
import { store } from "./cash-stage.ts";

let stage: BankStage;
let deposit: string;
beforeEach(async () => {
  stage = await openBankStage();
  await stage.deposit(5000);
  deposit = (await stage.cash()).deposits[0]?.id ?? "";
  await stage.later(6);
  expect(await stage.differences()).toEqual([{ class: "depositMissing", state: "break", amount: -5000 }]);
});
/** What becomes of bringing it back into the safe. */
async function takenBack(): Promise<unknown> {
  const { parts } = stage.bench;
  const at = parts.clock.now();
  const place = await cashPlaceOf(parts.database, store, at);
  const by = { who: "owner", secondPerson: null };
  return parts.database
    .transaction()
    .execute((step) => takeBackDeposit(step, parts, place!, { id: deposit, reason: "found" }, by, at));
}
const missing = { class: "depositMissing", amount: -5000 };

describe("a deposit that was given up as missing", () => {
  it("is a loss, not taken back, and not brought by any credit of that amount", async () => {
    await stage.mend("depositMissing", "writeOff");
    const after = { safe: 3000, loss: 5000 };
    expect(await stage.balances()).toEqual(after);
    expect(await stage.inTransit()).toBe(0);
    await stage.credited(5000, 1);
    expect(await takenBack()).toEqual({ ok: false, refusal: "givenUp" });
    expect(await stage.balances()).toEqual(after);
  });

  it("was not lost when a line that names its slip comes after all", async () => {
    await stage.mend("depositMissing", "writeOff");
    await stage.credited(5000, 7, "存入 CK-2041");
    expect(await stage.balances()).toEqual({ safe: 3000, "bank/icbc": 5000 });
    expect(await stage.inTransit()).toBe(0);
    expect(await stage.differences()).toEqual([{ ...missing, state: "gone" }]);
    await stage.match();
    expect(await stage.balances()).toEqual({ safe: 3000, "bank/icbc": 5000 });
  });

  it("and was charged to somebody is asked about anew where the line has less", async () => {
    const staff = { staff: "staff-4" };
    await stage.mend("depositMissing", "chargeToStaff", staff);
    expect(await stage.balances()).toEqual({ safe: 3000, "staffReceivable/staff-4": 5000 });
    await stage.credited(4900, 7, "存入 CK-2041");
    expect(await stage.balances()).toEqual({ safe: 3000, "bank/icbc": 4900, cashInTransit: 100 });
    expect(await stage.inTransit()).toBe(100);
    expect(await stage.differences()).toContainEqual({ class: "depositShort", state: "break", amount: -100 });
  });
});

describe("in the moment a deposit is given up", () => {
  const giveUp = (step: Parameters<BankStage["mendIn"]>[0]) => stage.mendIn(step, "depositMissing", "writeOff");

  it("nobody brings it back into the safe", async () => {
    let done: unknown;
    const back = async () => {
      done = await takenBack();
    };
    expect(await waitsFor(stage.bench.parts.database, giveUp, back)).toBe(true);
    expect([done, await stage.balances()]).toEqual([
      { ok: false, refusal: "givenUp" },
      { safe: 3000, loss: 5000 },
    ]);
    expect(await stage.differences()).toEqual([{ ...missing, state: "mended" }]);
  });

  it("no line brings it beside that: it arrives once it is given up, and the loss goes out", async () => {
    const { database } = stage.bench.parts;
    expect(await waitsFor(database, giveUp, () => stage.credited(5000, 7, "存入 CK-2041"))).toBe(true);
    expect(await stage.balances()).toEqual({ safe: 3000, "bank/icbc": 5000 });
  });

  it("nobody looks whether it is late", async () => {
    const { database } = stage.bench.parts;
    expect(await waitsFor(database, giveUp, () => stage.later(1))).toBe(true);
    expect(await stage.differences()).toEqual([{ ...missing, state: "mended" }]);
  });
});
