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
      const text = shownText(office, permissionWords(language), { act: "discount", shown: [line], till: null }, line);
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

test("the reason chosen at a till stands in the words it was chosen by, and one that a person wrote as it is", () => {
  const told = (till: string | null, text: string): readonly string[] =>
    languages.map((language) => {
      const office = { language: () => language } as unknown as Office;
      const line = { label: "why", text } as const;
      return shownText(office, permissionWords(language), { act: "openDrawer", shown: [line], till }, line);
    });
  expect(told("A1", "checkCash").toSorted()).toEqual(["Check the cash", "查现金", "現金確認"].toSorted());
  expect(new Set(told("A1", "the lock sticks"))).toEqual(new Set(["the lock sticks"]));
  expect(new Set(told(null, "checkCash"))).toEqual(new Set(["checkCash"]));
});
