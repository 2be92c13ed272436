import { minorUnits, type MinorUnits } from "../money.ts";
import { instant, type Instant } from "../clock.ts";

/** Ten digits before the point are `amountMax` of fen: with five decimals every figure stays exact. */
const wholeDigitsMax = 10;
const minus = 45;
const plus = 43;
const point = 46;
const zero = 48;

/**
 * The figure in `text` from `start` up to `end`, times 10^`decimals`: `-0.34` with 2 is -34. Further decimals may only be zeros.
 * NaN for anything else: spaces, grouping, more than ten whole digits.
 */
export function scaledIn(text: string, start: number, end: number, decimals: number): number {
  const first = start < end ? text.charCodeAt(start) : 0;
  let at = first === minus || first === plus ? start + 1 : start;
  const wholeFrom = at;
  let value = 0;
  for (; at < end; at++) {
    const digit = text.charCodeAt(at) - zero;
    if (digit < 0 || digit > 9) break;
    value = value * 10 + digit;
  }
  if (at === wholeFrom || at - wholeFrom > wholeDigitsMax) return Number.NaN;
  let left = decimals;
  if (at < end) {
    if (text.charCodeAt(at) !== point || at + 1 === end) return Number.NaN;
    for (at += 1; at < end; at++) {
      const digit = text.charCodeAt(at) - zero;
      if (digit < 0 || digit > 9) return Number.NaN;
      if (left > 0) {
        value = value * 10 + digit;
        left -= 1;
      } else if (digit !== 0) return Number.NaN;
    }
  }
  for (; left > 0; left--) value *= 10;
  return first === minus && value !== 0 ? -value : value;
}

/** The rate in `text` from `start` up to `end` in parts per million: `0.60%` is 6000. NaN for anything but 0 to 100 %. */
export function rateIn(text: string, start: number, end: number): number {
  if (end <= start || text.charAt(end - 1) !== "%") return Number.NaN;
  const rate = scaledIn(text, start, end - 1, 4);
  return rate >= 0 && rate <= 1_000_000 ? rate : Number.NaN;
}

const timeLength = "2026-11-20 09:01:02".length;
const dash = 45;
const space = 32;
const colon = 58;
const dayMs = 86_400_000;
/** China has one time zone and no summer time. */
const beijingAheadMs = 8 * 3_600_000;

/** The instant of a Beijing time `yyyy-MM-dd HH:mm:ss` in `text` from `start` up to `end`; NaN for anything else. */
export function beijingIn(text: string, start: number, end: number): number {
  if (end - start !== timeLength) return Number.NaN;
  if (text.charCodeAt(start + 4) !== dash || text.charCodeAt(start + 7) !== dash) return Number.NaN;
  if (text.charCodeAt(start + 10) !== space) return Number.NaN;
  if (text.charCodeAt(start + 13) !== colon || text.charCodeAt(start + 16) !== colon) return Number.NaN;
  const year = pairIn(text, start) * 100 + pairIn(text, start + 2);
  const month = pairIn(text, start + 5);
  const day = pairIn(text, start + 8);
  const hour = pairIn(text, start + 11);
  const minute = pairIn(text, start + 14);
  const second = pairIn(text, start + 17);
  const isDay = year >= 1970 && month >= 1 && month <= 12 && day >= 1 && day <= daysOf(year, month);
  if (!isDay || !(hour < 24 && minute < 60 && second < 60)) return Number.NaN;
  return daysSince1970(year, month, day) * dayMs + ((hour * 60 + minute) * 60 + second) * 1000 - beijingAheadMs;
}

/** The two digits at `at`, or NaN. */
function pairIn(text: string, at: number): number {
  const tens = text.charCodeAt(at) - zero;
  const ones = text.charCodeAt(at + 1) - zero;
  return tens >= 0 && tens <= 9 && ones >= 0 && ones <= 9 ? tens * 10 + ones : Number.NaN;
}

function daysOf(year: number, month: number): number {
  if (month === 2) return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : 28;
  return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31;
}

/** Days from 1970-01-01 in the Gregorian calendar, counted in years that begin with March. */
function daysSince1970(year: number, month: number, day: number): number {
  const marchYear = month <= 2 ? year - 1 : year;
  const dayOfYear = Math.floor((153 * (month + (month > 2 ? -3 : 9)) + 2) / 5) + day - 1;
  const leapDays = Math.floor(marchYear / 4) - Math.floor(marchYear / 100) + Math.floor(marchYear / 400);
  return marchYear * 365 + leapDays + dayOfYear - 719_468;
}

/** Fen in a yuan text, or null: `56.00`, `-28`, no more than two decimals. */
export function fenOfYuan(yuan: string): MinorUnits | null {
  const fen = scaledIn(yuan, 0, yuan.length, 2);
  return Number.isNaN(fen) ? null : minorUnits(fen);
}

/** Midnight in Beijing that begins the day `YYYY-MM-DD`, or null when it names none. */
export function beijingMidnight(day: string): Instant | null {
  const at = beijingIn(`${day} 00:00:00`, 0, timeLength);
  return day.length !== timeLength - 9 || Number.isNaN(at) ? null : instant(at);
}
