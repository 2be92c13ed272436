import { invariant } from "./assert.ts";

/**
 * How a shop's scale writes its labels, as a picture of the digits: literal digits, `P` the article's number (PLU), `A` the
 * amount in minor units, `W` the weight in thousandths of a kilogram, `N` a count of pieces, `V` a digit that says nothing, and
 * `C` last: the check digit (weights 3 and 1 from the right, as GS1's). `21PPPPPAAAAAC` is the usual EAN-13 with a price;
 * `26PPPPPAAAAAWWWWWC` the usual 18 digits of Code 128.
 */
export type LabelRule = string;

export type ScaleLabel = {
  readonly plu: string;
  /** Minor units; null when the label says no amount. */
  readonly amount: number | null;
  /** Thousandths of a kilogram; null when it says no weight. */
  readonly weight: number | null;
  readonly count: number | null;
};

/** Rules of one shop at most. */
export const labelRulesMax = 20;
const rulePattern = /^\d{1,3}(?=.*P)[PAWNV]+C$/;

/** True for a rule that can be read: a prefix, an article number, letters each in one run, 13 or 18 digits, a check digit. */
export function isLabelRule(rule: LabelRule): boolean {
  if (!rulePattern.test(rule) || (rule.length !== 13 && rule.length !== 18)) return false;
  const runs = rule.replace(/\d+|C/gu, "").replace(/(.)\1*/gu, "$1");
  return new Set(runs).size === runs.length;
}

/** What the first rule that fits reads from `digits`; null when none fits or the check digit is wrong. */
export function readLabel(digits: string, rules: readonly LabelRule[]): ScaleLabel | null {
  for (const rule of rules) {
    const label = readBy(digits, rule);
    if (label !== null) return label;
  }
  return null;
}

/** Whether the shop has labels of 18 digits, which have the form of payment codes. */
export function hasLongLabels(rules: readonly LabelRule[]): boolean {
  return rules.some((rule) => rule.length === 18);
}

/** The label that `rule` writes; for tests and for a shop that tries its rules. */
export function writeLabel(rule: LabelRule, label: ScaleLabel): string {
  const fields: Readonly<Record<string, number | string>> = {
    P: label.plu,
    A: label.amount ?? 0,
    W: label.weight ?? 0,
    N: label.count ?? 0,
    V: 0,
  };
  const payload = rule.slice(0, -1).replace(/([PAWNV])\1*/gu, (run, letter: string) => {
    const text = String(fields[letter]).padStart(run.length, "0");
    invariant(text.length === run.length, `${letter} of ${text} fits ${run.length} digits`);
    return text;
  });
  return payload + checkDigit(payload);
}

function readBy(digits: string, rule: LabelRule): ScaleLabel | null {
  if (digits.length !== rule.length || !/^\d+$/u.test(digits)) return null;
  const prefix = /^\d+/u.exec(rule)?.[0] ?? "";
  if (!digits.startsWith(prefix) || checkDigit(digits.slice(0, -1)) !== digits.slice(-1)) return null;
  const field = (letter: string): string => {
    const from = rule.indexOf(letter);
    return from < 0 ? "" : digits.slice(from, rule.lastIndexOf(letter) + 1);
  };
  const number = (letter: string): number | null => (field(letter) === "" ? null : Number(field(letter)));
  return { plu: field("P"), amount: number("A"), weight: number("W"), count: number("N") };
}

function checkDigit(payload: string): string {
  let sum = 0;
  for (let i = 0; i < payload.length; i++) {
    const digit = payload.charCodeAt(payload.length - 1 - i) - 48;
    sum += i % 2 === 0 ? digit * 3 : digit;
  }
  return String((10 - (sum % 10)) % 10);
}
