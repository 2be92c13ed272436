import { expect, it } from "vitest";
import { formatsOf } from "../../../src/i18n/locale.ts";
import { permissionWords } from "../../../src/i18n/permission-words.ts";
import type { Office } from "../../../src/office/office.ts";
import { actTold, subjectText } from "../../../src/office/people/audit-subject.ts";
import { changeText } from "../../../src/office/people/change-text.ts";

/** An office as far as an entry of the log needs one. */
const office = { language: () => "en", formats: () => formatsOf("en") } as unknown as Office;
const names: Readonly<Record<string, string>> = { "staff-5": "Li Min", icbc: "ICBC", "wechat-sandbox": "WeChat Pay" };
const nameOf = (id: string): string => names[id] ?? id;
const told = (entry: Parameters<typeof changeText>[1]): string =>
  changeText(office, entry, permissionWords("en"), nameOf);

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
  expect(told({ act: "cashDeposited", subject: "d", before: null, after: deposit })).toBe("ICBC · CK-1 · Li Min");
});

it.each([
  ["safeCounted", null, { counted: 83_650, expected: 100_000 }, "Counted ¥836.50 · Should be ¥1,000.00"],
  ["safeCounted", null, { counted: 100, expected: 0, opening: 100 }, "At the start ¥1.00"],
  ["mended", { amount: -350, currency: "CNY" }, { action: "writeOff", state: "done", failed: [] }, "-¥3.50 · "],
  ["mended", { amount: 350, currency: "" }, { action: "writeOff", state: "done", failed: [] }, "¥3.50 · "],
  ["depositTakenBack", { slip: "S1", amount: 999_900 }, null, "S1 · ¥9,999.00"],
  ["signInRefused", null, { address: "::1", why: "signedOut" }, "::1 · Wrong name or password"],
  ["statementTakenBack", { name: "a.csv", lines: 3 }, null, "a.csv · 3 lines"],
  ["statementHandedIn", null, { name: "a.csv", lines: 3, fresh: 1 }, "a.csv · 3 lines · 1 new"],
  [
    "accountMapped",
    null,
    { pattern: "bank", code: "1002", name: "银行存款", asks: ["customer"] },
    "1002 · 银行存款 · Customer",
  ],
  ["billHandedIn", null, { account: "wechat-sandbox", kind: "trade", day: "2026-11-29" }, "2026-11-29"],
] as const)("%s is told in money and words", (act, before, after, expected) => {
  const text = told({ act, subject: "x", before, after });
  expect(text.replaceAll("−", "-")).toContain(expected);
  expect(text).not.toMatch(/CNY|trade\b|writeOff|signedOut|pattern|→|undefined|NaN|\[object/);
});

it("an approval of mending says by which action, and any other what may be done by its permission", () => {
  const after = { act: "writeOff", size: 350, amount: null, askedBy: "staff-5", method: "pin" };
  const given = { act: "approvalGiven", subject: "mending/7K/d1", before: null, after } as const;
  expect(told({ ...given, action: "chargeToStaff" })).toBe("Charge to staff · Li Min · PIN");
  expect(told({ ...given, action: null })).toBe("Write a difference off · Li Min · PIN");
});

it("what was agreed to at a till says what, how much, where and how; a recount and a hand-over what was before", () => {
  const after = { act: "discount", size: 1_500, till: "A1", method: "pin" };
  const agreed = { act: "tillApproved", subject: "01KA1B2C3DTA10AAAAAAAAAAAA", before: null, after };
  expect(told(agreed)).toBe("Discount · 15% · A1 · PIN");
  const [counted, handed] = [
    { before: { counted: 19_000 }, after: { counted: 19_900 } },
    { before: { inDrawer: 19_900 }, after: { inDrawer: 9_900 } },
  ];
  expect(told({ act: "drawerRecounted", subject: "till-a1", ...counted })).toBe("¥190.00 → ¥199.00");
  expect(told({ act: "cashHandedOver", subject: "till-a1", ...handed })).toBe(
    "In the drawer ¥199.00 → In the drawer ¥99.00",
  );
});

const about = (act: string, subject: string) =>
  subjectText(office, { act, subject, subjectName: null }, permissionWords("en"), nameOf);

it.each([
  ["billHandedIn", "bank/icbc", "ICBC", "bankKept"],
  ["billHandedIn", "statement/icbc", "ICBC", "statementHandedIn"],
  ["billHandedIn", "wechat-sandbox/trade/2026-11-29/1", "WeChat Pay", "billHandedIn"],
  ["bankKept", "icbc", "ICBC", "bankKept"],
  ["rateCorrected", "wechat-sandbox", "WeChat Pay", "rateCorrected"],
  ["approvalGiven", "mending/7K", "", "approvalGiven"],
  ["approvalGiven", "staff-5#ab12", "Li Min", "approvalGiven"],
  ["accountMapped", "staffReceivable/staff-5", "Owed by staff Li Min", "accountMapped"],
])("%s of %s is about %j, and told as %s", (act, subject, name, as) => {
  expect(about(act, subject)).toBe(name);
  expect(actTold({ act, subject })).toBe(as);
});

it("a bank account that was once written as a bill reads as what it was, and a second press as nothing", () => {
  const bank = { id: "icbc", store: "heping", name: "ICBC", columns: null, through: null, lines: 0 };
  const entry = { act: "billHandedIn", subject: "bank/icbc" };
  expect(told({ ...entry, before: bank, after: { name: "ICBC" } })).toBe("");
  expect(told({ ...entry, before: bank, after: { name: "Bank" } })).toBe("ICBC → Bank");
  expect(told({ ...entry, before: null, after: { name: "ICBC" } })).toBe("ICBC");
});
