import { expect, it } from "vitest";
import { permissionWords } from "../../../src/i18n/permission-words.ts";
import type { Office } from "../../../src/office/office.ts";
import { changeText } from "../../../src/office/people/change-text.ts";

/** An office as far as an entry of the log needs one. */
const office = { language: () => "en" } as unknown as Office;
const told = (entry: Parameters<typeof changeText>[1]): string =>
  changeText(office, entry, permissionWords("en"), (id) => ({ "staff-5": "Li Min" })[id] ?? id);

it("a day closed over what was open says what, and not a row of figures", () => {
  const after = { shifts: 1, sales: 0, payments: 0, breaks: 0, exceptions: 35 };
  expect(told({ act: "dayClosed", subject: "day/2026-11-24", before: null, after })).toBe(
    "1 shift not closed · 35 exceptions",
  );
});

it("what another program may read, and who took the cash, stand in words", () => {
  const key = { name: "Books", scopes: ["sales:read", "books:read"] };
  expect(told({ act: "apiKeyChanged", subject: "k", before: null, after: key })).toBe(
    "Books · Sales, Breaks and vouchers",
  );
  const deposit = { bank: "icbc", slip: "CK-1", takenBy: "staff-5" };
  expect(told({ act: "cashDeposited", subject: "d", before: null, after: deposit })).toBe("icbc · CK-1 · Li Min");
});
