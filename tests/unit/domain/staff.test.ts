import { describe, expect, test } from "vitest";
import { instant } from "../../../src/domain/clock.ts";
import type { StaffId } from "../../../src/domain/identifier.ts";
import { isPinForm, lockedUntil, mayApprove, permits, type Act, type Role } from "../../../src/domain/staff.ts";

const roles: readonly Role[] = ["owner", "manager", "supervisor", "cashier", "accountant"];

describe("who may do what", () => {
  test.each([
    ["sell", "allowed", "allowed", "allowed", "allowed", "refused"],
    ["reprint", "allowed", "allowed", "allowed", "allowed", "refused"],
    ["voidSale", "allowed", "allowed", "allowed", "allowed", "refused"],
    ["sellOnFragileStorage", "secondPerson", "secondPerson", "secondPerson", "secondPerson", "refused"],
    ["freeAttemptOffline", "secondPerson", "secondPerson", "secondPerson", "secondPerson", "refused"],
  ] as const)("%s: owner %s, manager %s, supervisor %s, cashier %s, accountant %s", (act, ...expected) => {
    expect(roles.map((role) => permits(role, act))).toEqual(expected);
  });

  test.each([
    ["sell", []],
    ["reprint", []],
    ["sellOnFragileStorage", ["owner", "manager", "supervisor"]],
    ["freeAttemptOffline", ["owner", "manager", "supervisor"]],
  ] as const)("%s is approved by %j, and never by the one who asks", (act: Act, approvers) => {
    const person = (role: Role) => ({ id: "p" as StaffId, name: "", role });
    expect(roles.filter((role) => mayApprove(person(role), "asker" as StaffId, act))).toEqual(approvers);
    expect(roles.filter((role) => mayApprove(person(role), "p" as StaffId, act))).toEqual([]);
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
