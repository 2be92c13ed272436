import { expect, it } from "vitest";
import { officeEn } from "../../../src/i18n/locales/office.en.ts";
import { officeJa } from "../../../src/i18n/locales/office.ja.ts";
import { officeZhCN } from "../../../src/i18n/locales/office.zh-CN.ts";
import { mayTryAgain, troubleTold } from "../../../src/office/trouble-word.ts";

const refusals = [
  "forbidden",
  "otherStore",
  "notFound",
  "tooManyTries",
  "taken",
  "badRequest",
  "approvalNeeded",
] as const;

it.each([officeEn, officeJa, officeZhCN])(
  "a refusal is never told as a fault of the gateway, nor tried again (%#)",
  (words) => {
    for (const refusal of refusals) {
      expect([refusal, troubleTold(words, refusal) === words.trouble.broken]).toEqual([refusal, false]);
      expect([refusal, mayTryAgain(refusal)]).toEqual([refusal, false]);
    }
    expect(new Set(refusals.map((refusal) => troubleTold(words, refusal).title)).size).toBe(refusals.length);
    expect([troubleTold(words, "broken"), troubleTold(words, "unreachable")]).toEqual([
      words.trouble.broken,
      words.trouble.unreachable,
    ]);
    expect([mayTryAgain("broken"), mayTryAgain("unreachable")]).toEqual([true, true]);
  },
);
