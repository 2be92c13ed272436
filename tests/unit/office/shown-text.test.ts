import { expect, test } from "vitest";
import type { ApprovalLine } from "../../../src/contract/approvals.ts";
import { languages } from "../../../src/i18n/languages.ts";
import { permissionWords } from "../../../src/i18n/permission-words.ts";
import type { Office } from "../../../src/office/office.ts";
import { moreText, shownText } from "../../../src/office/people/shown-text.ts";

const milk = { "zh-CN": "鲜牛奶", en: "Fresh milk", ja: "牛乳" };
const plum = { "zh-CN": "酸梅汤", en: "Plum drink", ja: "梅ジュース" };

test("goods on an approval stand in the language of whoever reads it, and as they came where a till sent one language alone", () => {
  const told = (line: ApprovalLine): readonly string[] =>
    languages.map((language) => {
      const office = { language: () => language } as unknown as Office;
      const text = shownText(office, permissionWords(language), { act: "discount", shown: [line] }, line);
      return `${text} / ${moreText(office, line) ?? ""}`;
    });
  const line = { label: "what", text: milk["zh-CN"], more: `${plum["zh-CN"]} · …` } as const;
  expect(told({ ...line, goods: [milk, plum] }).toSorted()).toEqual([
    "Fresh milk / Plum drink · …",
    "牛乳 / 梅ジュース · …",
    "鲜牛奶 / 酸梅汤 · …",
  ]);
  expect(new Set(told(line))).toEqual(new Set(["鲜牛奶 / 酸梅汤 · …"]));
});
