import { beforeEach, expect, it } from "vitest";
import type { BankStatements } from "../../../src/contract/statements.ts";
import { depositDueKind } from "../../../src/gateway/cash/deposit.ts";
import { agreed } from "../staff/office-people.ts";
import { bankLine, openBankStage, type BankStage } from "./bank-stage.ts";
import { store, withYes } from "./cash-stage.ts";

let stage: BankStage;
beforeEach(async () => {
  stage = await openBankStage();
});

/** A statement with one line that credits cash, read by columns that nobody looked at. */
async function handedIn(amount: number, text: string): Promise<string> {
  const { database, clock } = stage.bench.parts;
  const id = `icbc/${text}`;
  const bytes = Buffer.from(text);
  const handed = { store, id, bank: "icbc", name: "a.csv", sha256: bytes, bytes, lines: 1, handed_by: "owner" };
  const stands = { taken_back_at: null, taken_back_by: null, taken_back_with: null, taken_back_why: null };
  await database
    .insertInto("bank_statement")
    .values({ ...handed, ...stands, at: clock.now(), columns: null })
    .execute();
  const line = { ...bankLine, id: text, day: stage.today, amount: amount * 100, text, statement: id };
  await database.insertInto("bank_line").values(line).execute();
  await stage.match();
  return id;
}

const back = (statement: string, reason = "the wrong column") =>
  withYes(stage.manager, "banks/statements/take-backs", { bank: "icbc", statement, reason });

it("a deposit that a statement had brought short is on its way again, and what was settled of it goes out", async () => {
  await stage.deposit(5000);
  const wrong = await handedIn(4900, "现金 CK-2041");
  await stage.mend("depositShort", "accept");
  expect(await stage.balances()).toEqual({ safe: 3000, "bank/icbc": 4900, loss: 100 });
  expect((await back(wrong)).json()).toEqual({ id: wrong, lines: 1 });
  expect(await stage.balances()).toEqual({ safe: 3000, cashInTransit: 5000 });
  expect(await stage.inTransit()).toBe(5000);
  expect((await stage.differences()).map(({ state }) => state)).toEqual(["gone"]);
  await handedIn(5000, "现金 CK-2041 存入");
  expect(await stage.balances()).toEqual({ safe: 3000, "bank/icbc": 5000 });
});

it("a deposit that was there is looked for again when its days are over", async () => {
  await stage.deposit(5000);
  const wrong = await handedIn(5000, "现金 CK-2041");
  // it had come: nobody looked any more
  await stage.bench.parts.database.deleteFrom("job").where("kind", "=", depositDueKind).execute();
  expect((await back(wrong)).statusCode).toBe(200);
  await stage.later(6);
  expect(await stage.differences()).toEqual([{ class: "depositMissing", state: "break", amount: -5000 }]);
});

it("is asked of another person where the shop's table says so, and is listed with why", async () => {
  const wrong = await handedIn(4900, "现金");
  const { database } = stage.bench.parts;
  const rule = { v: 1, role: "manager", act: "handInBill", store, rule: { upTo: 489_999, alone: null } };
  expect((await agreed(stage.bench, stage.owner)("PUT", "permissions", rule)).statusCode).toBe(200);
  const asked = { v: 1, store, bank: "icbc", statement: wrong, reason: "" };
  expect((await stage.manager("POST", "banks/statements/take-backs", asked)).statusCode).toBe(400);
  const first = await stage.manager("POST", "banks/statements/take-backs", { ...asked, reason: "the wrong column" });
  expect(first.statusCode).toBe(202);
  expect((await back(wrong)).statusCode).toBe(200);
  expect((await back(wrong)).statusCode).toBe(404);
  const told = (await stage.owner("GET", "banks/statements?bank=icbc")).json<BankStatements>();
  expect(told.statements).toMatchObject([{ id: wrong, fresh: 0, takenBack: { why: "the wrong column" } }]);
  expect(await database.selectFrom("bank_line").selectAll().execute()).toEqual([]);
});
