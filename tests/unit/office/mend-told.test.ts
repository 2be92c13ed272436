import { describe, expect, it } from "vitest";
import type { Instant } from "../../../src/domain/clock.ts";
import { mendingsOf, type MendingAction } from "../../../src/domain/reconciliation/mending.ts";
import type { BreakClass } from "../../../src/domain/reconciliation/verdict.ts";
import { languages } from "../../../src/i18n/languages.ts";
import { mendWords } from "../../../src/i18n/mend-words.ts";
import { reconcileWords } from "../../../src/i18n/reconcile-words.ts";
import { actionTold } from "../../../src/office/mend/action-told.ts";
import { isWaitingDay, waitingDays } from "../../../src/office/mend/mend-parameters.ts";

const words = mendWords("en");
const told = (action: MendingAction, type: BreakClass, isOver: boolean | null): string =>
  actionTold(words, action, { class: type, isOver }).text;

describe("what an action says it does", () => {
  it.each([
    ["writeOff", "amountDiffers", true, words.gain.text],
    ["writeOff", "amountDiffers", false, words.actions.writeOff.text],
    ["writeOff", "tenderDiffers", null, words.lossOrGain],
    // always short in the books, whatever its sign
    ["writeOff", "unprovenTender", true, words.actions.writeOff.text],
    ["accept", "footerDiffers", true, words.acceptedAsIs],
    ["accept", "settlementShort", false, words.actions.accept.text],
  ] as const)("is what the books do: %s of %s, over: %s", (action, type, isOver, text) => {
    expect(told(action, type, isOver)).toBe(text);
  });
});

describe("what to do about a break", () => {
  it("names no act that is not offered", () => {
    const { breaks } = reconcileWords("en");
    const acts: readonly (readonly [RegExp, MendingAction])[] = [
      [/give it back|refund it/iu, "refund"],
      [/complete the sale/iu, "completeSale"],
      [/let it wait/iu, "wait"],
      [/not ours/iu, "notOurs"],
      [/charge it to staff/iu, "chargeToStaff"],
      [/write it off|written off/iu, "writeOff"],
      [/accept it/iu, "accept"],
      [/count it as received/iu, "adopt"],
    ];
    const wrong = (Object.keys(breaks) as BreakClass[]).flatMap((type) =>
      acts.flatMap(([named, action]) =>
        named.test(breaks[type]("X", { isOver: false }).next) &&
        !mendingsOf(type).some((offered) => offered.action === action)
          ? [`${type}: ${action}`]
          : [],
      ),
    );
    expect(wrong).toEqual([]);
  });

  it.each(languages)("does not say that the bill has nothing where it has rows that it may be, in %s", (language) => {
    const { unprovenTender } = reconcileWords(language).breaks;
    expect(unprovenTender("X", { candidates: 2 }).text).toContain("2");
    expect(unprovenTender("X", { candidates: 2 }).title).not.toBe(unprovenTender("X").title);
  });
});

describe("the days that may be waited for", () => {
  const zone = "Asia/Shanghai";
  const at = (text: string) => Date.parse(`${text}+08:00`) as Instant;
  it("begin with the next noon and end thirty days from now", () => {
    expect(waitingDays(at("2026-11-30T11:59"), zone)).toEqual({ min: "2026-11-30", max: "2026-12-29" });
    expect(waitingDays(at("2026-11-30T12:00"), zone)).toEqual({ min: "2026-12-01", max: "2026-12-30" });
    const now = at("2026-11-30T18:00");
    const days = ["2026-11-30", "2026-12-01", "2026-12-30", "2026-12-31", ""];
    expect(days.map((day) => isWaitingDay(day, now, zone))).toEqual([false, true, true, false, false]);
  });
});
