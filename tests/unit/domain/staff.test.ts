import { describe, expect, test } from "vitest";
import { instant } from "../../../src/domain/clock.ts";
import type { StaffId } from "../../../src/domain/identifier.ts";
import { mayApprove, permits } from "../../../src/domain/permissions.ts";
import { isPinForm, lockedUntil, type Act, type Role } from "../../../src/domain/staff.ts";

const roles: readonly Role[] = ["owner", "manager", "supervisor", "cashier", "accountant"];

/**
 * Who does what by himself: a size is the largest (basis points for discounts and prices, fen for money), a dash a second person
 * at any size. An accountant sells nothing.
 */
const table = `
| act | cashier | supervisor | manager | owner | approved by |
|---|---|---|---|---|---|
| sell, reprint, voidSale, paidIn, closeShift, reportShift | any | any | any | any | nobody |
| discount | 1000 | 3000 | any | any | supervisor 3000, manager, owner |
| overridePrice | – | 3000 | any | any | supervisor 3000, manager, owner |
| return, returnTender, paidOut | – | 50000 | any | any | supervisor 50000, manager, owner |
| cashForEmpties | 5000 | 50000 | any | any | supervisor 50000, manager, owner |
| openDrawer | – | any | any | any | supervisor, manager, owner |
| sellOnFragileStorage, freeAttemptOffline, cashForElectronic, recount, handOver | – | – | – | – | supervisor, manager, owner |
| unverifiedTender | any | any | any | any | supervisor, manager, owner |
`;
const rows = table
  .trim()
  .split("\n")
  .slice(2)
  .flatMap((row) => {
    const [acts = "", ...cells] = row
      .split("|")
      .slice(1, -1)
      .map((cell) => cell.trim());
    return acts.split(", ").map((act) => ({ act: act as Act, limits: cells.slice(0, 4), approvers: cells[4] ?? "" }));
  });

/** The same for the office, where an accountant looks, takes files away, reviews, and says yes to what touches the books. */
const officeTable = `
| act | cashier | supervisor | manager | owner | accountant | approved by |
|---|---|---|---|---|---|---|
| seeFigures | no | any | any | any | any | nobody |
| seeAudit, exportBooks, reviewAlone | no | no | any | any | any | nobody |
| countSafe | no | no | – | – | no | manager, owner, accountant |
| depositCash | no | no | any | any | no | manager, owner |
| handInBill, activateTill, closeStore, editProducts | no | no | any | any | no | manager, owner |
| mend, writeOff | no | no | – | – | no | manager, owner, accountant |
| correctRate | no | no | – | – | no | manager, owner, accountant |
| lockMonth | no | no | – | any | no | manager, owner, accountant |
| editStaff, editPermissions | no | no | – | – | no | manager, owner |
| editApiKeys, editShop | no | no | no | any | no | owner |
| replaceKeys | no | no | no | – | no | manager, owner, accountant |
`;
const officeRows = officeTable
  .trim()
  .split("\n")
  .slice(2)
  .flatMap((row) => {
    const [acts = "", ...cells] = row
      .split("|")
      .slice(1, -1)
      .map((cell) => cell.trim());
    return acts.split(", ").map((act) => ({ act: act as Act, cells: cells.slice(0, 5), approvers: cells[5] ?? "" }));
  });
const sizes = [0, 1, 1_000, 1_001, 3_000, 3_001, 5_000, 5_001, 10_000, 50_000, 50_001, 1_000_000];

describe("who may do what", () => {
  test.each(rows)(
    "$act: cashier, supervisor, manager, owner $limits; approved by $approvers",
    ({ act, limits, approvers }) => {
      const person = (role: Role) => ({ id: "p" as StaffId, name: "", role });
      for (const size of sizes) {
        expect(
          (["cashier", "supervisor", "manager", "owner"] as const).map((role) => permits(role, act, size)),
        ).toEqual(limits.map((limit) => (limit === "any" || size <= Number(limit) ? "allowed" : "secondPerson")));
        expect(permits("accountant", act, size)).toBe("refused");
        for (const role of roles) {
          const [, limit = null] = new RegExp(`${role}(?: (\\d+))?`, "u").exec(approvers) ?? [];
          const may = approvers.includes(role) && (limit === null || limit === undefined || size <= Number(limit));
          expect([role, size, mayApprove(person(role), "asker" as StaffId, act, size)]).toEqual([role, size, may]);
          expect(mayApprove(person(role), "p" as StaffId, act, size)).toBe(false);
        }
      }
    },
  );

  test.each(officeRows)("in the office $act: $cells; approved by $approvers", ({ act, cells, approvers }) => {
    const order = ["cashier", "supervisor", "manager", "owner", "accountant"] as const;
    const words = { no: "refused", any: "allowed", "–": "secondPerson" } as const;
    expect(order.map((role) => permits(role, act, 1))).toEqual(cells.map((cell) => words[cell as "no"]));
    for (const role of order)
      expect([role, mayApprove({ id: "p" as StaffId, name: "", role }, "asker" as StaffId, act, 1)]).toEqual([
        role,
        approvers.split(", ").includes(role),
      ]);
  });

  test("the table names every act", () => {
    const every: { readonly [A in Act]: true } = {
      sell: true,
      reprint: true,
      voidSale: true,
      sellOnFragileStorage: true,
      freeAttemptOffline: true,
      discount: true,
      overridePrice: true,
      return: true,
      cashForElectronic: true,
      returnTender: true,
      cashForEmpties: true,
      paidIn: true,
      paidOut: true,
      openDrawer: true,
      recount: true,
      handOver: true,
      closeShift: true,
      reportShift: true,
      unverifiedTender: true,
      seeFigures: true,
      seeAudit: true,
      exportBooks: true,
      reviewAlone: true,
      countSafe: true,
      depositCash: true,
      handInBill: true,
      activateTill: true,
      closeStore: true,
      mend: true,
      writeOff: true,
      correctRate: true,
      editStaff: true,
      editPermissions: true,
      lockMonth: true,
      editApiKeys: true,
      editShop: true,
      replaceKeys: true,
      editProducts: true,
    };
    expect([...rows, ...officeRows].map(({ act }) => act).toSorted()).toEqual(Object.keys(every).toSorted());
  });

  test("a manager takes so much to the bank alone, and more with another", () => {
    expect(permits("manager", "depositCash", 2_000_000)).toBe("allowed");
    expect(permits("manager", "depositCash", 2_000_001)).toBe("secondPerson");
    expect(permits("owner", "depositCash", 2_000_001)).toBe("allowed");
  });

  test("an act nobody put a size to is the smallest", () => {
    expect(permits("cashier", "discount")).toBe("allowed");
    expect(permits("cashier", "return")).toBe("secondPerson");
  });
});

test.each([
  [1, null],
  [4, null],
  [5, 60],
  [6, null],
  [10, 120],
  [15, 240],
  [30, 1_920],
  [35, 3_600],
  [500, 3_600],
])("after %d wrong PINs the lock is %s seconds", (wrong, seconds) => {
  expect(lockedUntil(wrong, instant(1_000))).toBe(seconds === null ? null : 1_000 + seconds * 1_000);
});

test.each([
  ["123456", true],
  ["12345", false],
  ["123456789012", true],
  ["1234567890123", false],
  ["12345a", false],
  ["١٢٣٤٥٦", false],
  [" 123456", false],
])("%j has a PIN's form: %s", (pin, isPin) => {
  expect(isPinForm(pin)).toBe(isPin);
});
