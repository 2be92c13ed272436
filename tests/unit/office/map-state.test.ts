import { expect, it } from "vitest";
import type { AccountMap, MappedAccountBody } from "../../../src/contract/accounting.ts";
import { suggestedAccounts } from "../../../src/domain/accounting/suggested-accounts.ts";
import { accounts } from "../../../src/gateway/books/ledger.ts";
import { isCode, withUsual } from "../../../src/office/close/map-state.ts";

const plain = { name: "", asks: [], department: "", customer: "", cashFlow: "" };
const usual = suggestedAccounts("general").map((each) => ({ ...each, asks: [...each.asks] }));
const map: AccountMap = {
  version: "",
  accounts: [],
  unmapped: [],
  used: ["drawer/till-a1"],
  names: [],
  suggested: { general: usual, small: [] },
};
const rows: readonly MappedAccountBody[] = [
  { ...plain, pattern: "drawer", code: "" },
  { ...plain, pattern: "safe", code: "1001" },
  { ...plain, pattern: "drawer/till-a1", code: "" },
];

it("the usual accounts have a code for every kind that our books can use, used already or not", () => {
  const filled = withUsual(rows, map);
  for (const account of Object.values(accounts)) {
    const [kind] = (typeof account === "string" ? account : account("1" as never)).split("/");
    expect(filled.find(({ pattern }) => pattern === kind)?.code, kind).not.toBe("");
    expect(
      filled.some(({ pattern }) => pattern === kind),
      kind,
    ).toBe(true);
  }
  expect(filled.find(({ pattern }) => pattern === "safe")?.code).toBe("1001");
  expect(new Set(filled.map(({ pattern }) => pattern)).size).toBe(filled.length);
});

it.each([
  ["1001", true],
  ["", true],
  [" 1001 ", true],
  ["2221-01.06_a", true],
  ["1001;<x>", false],
  ["科目", false],
  ["1234567890123456", false],
])("a code %j is one: %s", (code, is) => {
  expect(isCode(code)).toBe(is);
});
