import { expect, it } from "vitest";
import { neutral } from "../../../src/gateway/reports/files.ts";

it.each([
  ["=1+1", "'=1+1"],
  ["+86 13800000000", "'+86 13800000000"],
  ["-2", "'-2"],
  ["@SUM(A1)", "'@SUM(A1)"],
  ["\t=1", "'\t=1"],
  ["\r=1", "'\r=1"],
  ["0012", "0012"],
  ["牛奶 = 好", "牛奶 = 好"],
  ["", ""],
])("%j is written as %j: no sheet runs it", (text, written) => {
  expect(neutral(text)).toBe(written);
});
