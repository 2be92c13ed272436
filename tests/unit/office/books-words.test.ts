import { expect, it } from "vitest";
import { breakClasses } from "../../../src/contract/item-classes.ts";
import { accounts } from "../../../src/gateway/books/ledger.ts";
import { languages } from "../../../src/i18n/languages.ts";
import { ledgerAccount } from "../../../src/i18n/ledger-accounts.ts";
import { ledgerWords } from "../../../src/i18n/ledger-words.ts";
import { officeStoryEn } from "../../../src/i18n/locales/office-story.en.ts";
import { officeStoryJa } from "../../../src/i18n/locales/office-story.ja.ts";
import { officeStoryZh } from "../../../src/i18n/locales/office-story.zh-CN.ts";
import { reconcileWords } from "../../../src/i18n/reconcile-words.ts";

it.each(languages)(
  "every class of break has a mark of its own, a title, what it means and what to do in %s",
  (language) => {
    const told = breakClasses.map((type) => reconcileWords(language).breaks[type]("X"));
    expect(new Set(told.map(({ mark }) => mark)).size).toBe(breakClasses.length);
    expect(new Set(told.map(({ title }) => title)).size).toBe(breakClasses.length);
    for (const { mark, title, text, next } of told) {
      expect(mark.length).toBeLessThanOrEqual(26);
      expect([title, text, next].every((sentence) => sentence.length > 3)).toBe(true);
    }
  },
);

it.each(languages)("every account that is posted to has a word in %s", (language) => {
  const words = ledgerWords(language);
  for (const account of Object.values(accounts)) {
    const name = typeof account === "string" ? account : (account as (of: never) => string)("1300" as never);
    expect(ledgerAccount(name, words).kind, name).not.toBe(name);
  }
});

it.each([
  ["zh-CN", officeStoryZh],
  ["en", officeStoryEn],
  ["ja", officeStoryJa],
] as const)("an account is called in the ledger what a story calls it in %s", (language, story) => {
  const { kinds } = ledgerWords(language);
  const first = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);
  for (const [kind, told] of Object.entries(story.account))
    expect(kinds[kind as keyof typeof kinds], kind).toBe(first(told("").replace(/ ?%?$/, "").trim()));
});

it("a rate is written in percent, and an account that nobody named keeps its own name", () => {
  const words = ledgerWords("en");
  expect(ledgerAccount("revenue/1300", words)).toEqual({ kind: "Revenue", of: "at 13%" });
  expect(ledgerAccount("receivable/wechat", words, (_, rest) => rest.toUpperCase())).toEqual({
    kind: "Provider receivable",
    of: "WECHAT",
  });
  expect(ledgerAccount("moon/1", words)).toEqual({ kind: "moon/1", of: "" });
});
