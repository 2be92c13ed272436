import { describe, expect, it, test } from "vitest";
import * as z from "zod/mini";
import { roleField } from "../../../src/contract/fields.ts";
import { permissionsField } from "../../../src/contract/permissions.ts";
import { staffList } from "../../../src/contract/sign-on.ts";
import type { StaffId } from "../../../src/domain/identifier.ts";
import {
  isYesOf,
  mayApprove,
  alwaysTwo,
  maySetLimit,
  mayBeAlone,
  permissionsOver,
  permits,
  type Permissions,
  type Rule,
} from "../../../src/domain/permissions.ts";
import type { Act, Role } from "../../../src/domain/staff.ts";

/** A shop's own rule for a cashier's returns, and what becomes of a size: allowed, with another, alone (or with another), not. */
const ruleTable = `
| up to | alone each | 0 | 100 | 101 | 500 | 501 |
|---|---|---|---|---|---|---|
| any | – | allowed | allowed | allowed | allowed | allowed |
| 100 | – | allowed | allowed | second | second | second |
| 100 | 500 | allowed | allowed | alone | alone | second |
| never | – | second | second | second | second | second |
| never | 500 | alone | alone | alone | alone | second |
| refused | – | no | no | no | no | no |
| refused | 500 | no | no | no | no | no |
| any | 500 | allowed | allowed | allowed | allowed | allowed |
`;
const words = { allowed: "allowed", second: "secondPerson", alone: "alone", no: "refused" } as const;
const [head = [], , ...rows] = ruleTable
  .trim()
  .split("\n")
  .map((row) =>
    row
      .split("|")
      .slice(1, -1)
      .map((cell) => cell.trim()),
  );
const own = (role: Role, act: Act, rule: Rule): Permissions => ({ [role]: { [act]: rule } });

describe("a shop's own rule", () => {
  test.each(rows.map(([upTo = "", each = "", ...cells]) => ({ upTo, each, cells })))(
    "up to $upTo, alone $each",
    ({ upTo, each, cells }) => {
      const limit = /^\d+$/.test(upTo) ? Number(upTo) : (upTo as "any");
      const rule: Rule = { upTo: limit, alone: each === "–" ? null : { each: Number(each), times: 1 } };
      const shop = own("cashier", "return", rule);
      expect(head.slice(2).map((size) => permits("cashier", "return", Number(size), shop))).toEqual(
        cells.map((cell) => words[cell as "no"]),
      );
      expect(permits("supervisor", "return", 0, shop)).toBe("allowed");
      expect(permits("cashier", "discount", 1_001, shop)).toBe("secondPerson");
    },
  );

  it("never lets anybody do alone what is done in the office, whatever it says", () => {
    const office = [
      "writeOff",
      "editStaff",
      "editPermissions",
      "replaceKeys",
      "reviewAlone",
      "mend",
      "correctRate",
    ] as const;
    for (const act of [...office, "countSafe", "closeStore", "depositCash", "lockMonth"] as const)
      expect([
        act,
        permits("manager", act, 0, own("manager", act, { upTo: "never", alone: { each: 1e6, times: 9 } })),
        mayBeAlone(act),
      ]).toEqual([act, "secondPerson", false]);
    expect(mayBeAlone("return")).toBe(true);
  });

  it("gives what is two people's to nobody alone, at any size, even by a rule that was kept before", () => {
    for (const act of alwaysTwo)
      for (const upTo of ["any", 1_000_000] as const) {
        expect([act, maySetLimit(act, upTo)]).toEqual([act, false]);
        expect([act, permits("owner", act, 0, own("owner", act, { upTo, alone: null }))]).toEqual([
          act,
          "secondPerson",
        ]);
      }
    expect([...alwaysTwo].every((act) => maySetLimit(act, "never") && maySetLimit(act, "refused"))).toBe(true);
    expect(maySetLimit("return", "any")).toBe(true);
  });

  it("bounds what a yes is good for, and takes it away where the role may not do it at all", () => {
    const by = { id: "boss" as StaffId, name: "", role: "manager" as const };
    const asker = "asker" as StaffId;
    const shop = own("manager", "return", { upTo: 1_000, alone: null });
    expect([1_000, 1_001].map((size) => mayApprove(by, asker, "return", size, shop))).toEqual([true, false]);
    expect(mayApprove(by, asker, "return", 0, own("manager", "return", { upTo: "refused", alone: null }))).toBe(false);
    expect(
      mayApprove(
        { ...by, role: "cashier" },
        asker,
        "return",
        0,
        own("cashier", "return", { upTo: "any", alone: null }),
      ),
    ).toBe(false);
  });

  it("lets one's own yes count only as alone, only one's own, only where and as far as the rule says", () => {
    const shop = own("cashier", "return", { upTo: "never", alone: { each: 500, times: 1 } });
    const yes = (method: "pin" | "alone", by: string, size: number, rules = shop) =>
      isYesOf({ by: by as StaffId, method }, "cashier", "asker" as StaffId, "return", size, rules);
    expect(yes("alone", "asker", 500)).toBe(true);
    expect(yes("alone", "asker", 501)).toBe(false);
    expect(yes("alone", "other", 500)).toBe(false);
    expect(yes("pin", "asker", 500)).toBe(false);
    expect(yes("alone", "asker", 500, {})).toBe(false);
  });

  it("of a store goes before the chain's, rule by rule", () => {
    const chain: Permissions = { cashier: { return: { upTo: 100, alone: null }, discount: { upTo: 1, alone: null } } };
    const both = permissionsOver(chain, own("cashier", "return", { upTo: "any", alone: null }));
    expect([permits("cashier", "return", 1e6, both), permits("cashier", "discount", 2, both)]).toEqual([
      "allowed",
      "secondPerson",
    ]);
    expect(permissionsOver({}, {})).toEqual({});
  });
});

describe("what travels to a till", () => {
  it("leaves out roles, acts and rules that this build does not know, and keeps the others", () => {
    const raw = {
      cashier: {
        return: { upTo: 5, alone: null, later: 1 },
        teleport: { upTo: "any", alone: null },
        discount: { upTo: "sometimes" },
      },
      robot: { return: { upTo: "any", alone: null } },
    };
    expect(permissionsField.parse(raw)).toEqual({ cashier: { return: { upTo: 5, alone: null } } });
  });

  it("a list of a gateway that knows no table means the house's own", () => {
    expect(staffList.parse({ validUntil: 1, staff: [] }).permissions).toEqual({});
  });

  it("a till of the build before the table reads the list of a newer gateway", () => {
    const before = z.object({
      validUntil: z.number(),
      staff: z.array(
        z.object({ id: z.string(), name: z.string(), role: roleField, salt: z.string(), verifier: z.string() }),
      ),
    });
    const person = { id: "staff-1", name: "王芳", role: "cashier", salt: "AA", verifier: "AA" };
    const sent = { validUntil: 1, staff: [person], permissions: { cashier: { return: { upTo: 5, alone: null } } } };
    expect(before.parse(sent)).toEqual({ validUntil: 1, staff: [person] });
  });

  it("the list holds nothing besides people, table and how long it is good", () => {
    const now = staffList.parse({
      validUntil: 1,
      staff: [],
      permissions: { cashier: { return: { upTo: 5, alone: null } } },
    });
    expect(Object.keys(now).toSorted()).toEqual(["permissions", "staff", "validUntil"]);
  });
});
