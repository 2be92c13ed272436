import { describe, expect, test } from "vitest";
import { cashForEmpties, isCashOutAgreed } from "../../../src/domain/cash-out.ts";
import type { ApprovalId, SaleId, StaffId } from "../../../src/domain/identifier.ts";
import type { Approval, Role } from "../../../src/domain/staff.ts";
import { cashBack } from "../../../src/domain/tender.ts";
import { fen } from "../../fakes/random-sale.ts";

const id = "0123456789A1A1000000000001" as SaleId;
const roleOf = (staff: StaffId): Role | null => (staff === ("stranger" as StaffId) ? null : (staff as string as Role));
const yes = (by: string, size: number, change: Partial<Approval> = {}): Approval => ({
  id: "0123456789A1A1000000000002" as ApprovalId,
  act: "cashForEmpties",
  subject: id,
  amount: fen(size),
  size,
  by: by as StaffId,
  method: "pin",
  at: 1 as never,
  ...change,
});

describe("cash for empties", () => {
  test.each<[string, number, string, readonly Approval[], boolean]>([
    ["nothing goes out", 0, "stranger", [], true],
    ["as much as a cashier may", 5_000, "cashier", [], true],
    ["a fen more", 5_001, "cashier", [], false],
    ["that with a supervisor's yes", 5_001, "cashier", [yes("supervisor", 5_001)], true],
    ["with a yes to a fen less", 5_001, "cashier", [yes("supervisor", 5_000)], false],
    ["more than a supervisor may allow", 50_001, "cashier", [yes("supervisor", 50_001)], false],
    ["that with the manager's", 50_001, "cashier", [yes("manager", 50_001)], true],
    ["with one's own yes", 5_001, "cashier", [yes("cashier", 5_001)], false],
    ["with a yes to another sale", 5_001, "cashier", [yes("manager", 5_001, { subject: "another" })], false],
    ["with a yes to something else", 5_001, "cashier", [yes("manager", 5_001, { act: "return" })], false],
    ["with a stranger's yes", 5_001, "cashier", [yes("stranger", 5_001)], false],
    ["by a supervisor alone", 50_000, "supervisor", [], true],
    ["by a stranger", 1, "stranger", [], false],
  ])("%s", (_, size, seller, approvals, isAgreed) => {
    expect(isCashOutAgreed({ id, approvals }, size, seller as StaffId, roleOf)).toBe(isAgreed);
  });

  test("is what goes out of a sale in which nothing of a past one comes back", () => {
    const tenders = [cashBack(fen(700))];
    const bottles = [{ returnOf: null }];
    const goods = [{ returnOf: { sale: id, line: 1, tax: fen(0) } }];
    expect(cashForEmpties({ lines: bottles, tenders })).toBe(700);
    expect(cashForEmpties({ lines: [...bottles, ...goods], tenders })).toBe(0);
    expect(cashForEmpties({ lines: bottles, tenders: [] })).toBe(0);
  });
});
