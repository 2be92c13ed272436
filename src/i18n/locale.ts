import type { Instant } from "../domain/clock.ts";
import type { Language } from "../domain/item.ts";
import { minorDigits, type Money } from "../domain/money.ts";
import type { Quantity } from "../domain/quantity.ts";

/** How a language writes amounts, quantities and times. */
export type Formats = {
  /** ¥1,234.50; a minus before the sign. */
  readonly money: (amount: Money) => string;
  /** 1,234.50 without the currency. */
  readonly amount: (amount: Money) => string;
  /** 3, or 1.284 kg. */
  readonly quantity: (quantity: Quantity) => string;
  /** a, b, c; in Chinese and Japanese with their own comma. */
  readonly list: (parts: readonly string[]) => string;
  /** 14:06 in `zone`. */
  readonly time: (at: Instant, zone: string) => string;
  /** 14:06:21 in `zone`. */
  readonly timeToSecond: (at: Instant, zone: string) => string;
  /** 2026-11-24 14:06:21 in `zone`: the same in every language, as on paper. */
  readonly dateTime: (at: Instant, zone: string) => string;
};

const signs = { CNY: "¥", JPY: "¥", USD: "$" } as const;

/** The formats of `language`. */
export function formatsOf(language: Language): Formats {
  const numbers = new Map<number, Intl.NumberFormat>();
  const digitsFormat = (digits: number): Intl.NumberFormat => {
    const format =
      numbers.get(digits) ??
      new Intl.NumberFormat(language, { minimumFractionDigits: digits, maximumFractionDigits: digits });
    numbers.set(digits, format);
    return format;
  };
  const plain = (amount: number, currency: Money["currency"]): string => {
    const digits = minorDigits[currency];
    return digitsFormat(digits).format(amount / 10 ** digits);
  };
  return {
    money: ({ amount, currency }) => `${amount < 0 ? "−" : ""}${signs[currency]}${plain(Math.abs(amount), currency)}`,
    amount: ({ amount, currency }) => `${amount < 0 ? "−" : ""}${plain(Math.abs(amount), currency)}`,
    quantity: ({ thousandths, unit }) => {
      const sign = thousandths < 0 ? "−" : "";
      const many = Math.abs(thousandths) / 1000;
      return unit === "piece" ? sign + digitsFormat(0).format(many) : `${sign}${digitsFormat(3).format(many)} kg`;
    },
    list: (parts) => parts.join(language === "en" ? ", " : "、"),
    time: (at, zone) => wallClock(at, zone).slice(11, 16),
    timeToSecond: (at, zone) => wallClock(at, zone).slice(11),
    dateTime: (at, zone) => wallClock(at, zone),
  };
}

/** As far as it is used here; browsers before it (and Node) lack it. */
type TemporalLike = {
  readonly Instant: {
    fromEpochMilliseconds(at: number): {
      toZonedDateTimeISO(zone: string): {
        toPlainDateTime(): {
          toString(options: { readonly smallestUnit: "second"; readonly roundingMode: "floor" }): string;
        };
      };
    };
  };
};

const temporal = (globalThis as { readonly Temporal?: TemporalLike }).Temporal;
const clocks = new Map<string, Intl.DateTimeFormat>();

/**
 * "2026-11-24 14:06:21", the clock on the wall in `zone`. Intl's first use costs a page 40 to 70 ms, and the first screen has a
 * clock: Temporal goes before it.
 */
function wallClock(at: Instant, zone: string): string {
  if (temporal !== undefined)
    return temporal.Instant.fromEpochMilliseconds(at)
      .toZonedDateTimeISO(zone)
      .toPlainDateTime()
      .toString({ smallestUnit: "second", roundingMode: "floor" })
      .replace("T", " ");
  const clock =
    clocks.get(zone) ??
    new Intl.DateTimeFormat("sv-SE", {
      timeZone: zone,
      year: "numeric",
      month: "2-digit",
      day: "2-digit",
      hour: "2-digit",
      minute: "2-digit",
      second: "2-digit",
      hourCycle: "h23",
    });
  clocks.set(zone, clock);
  return clock.format(at);
}
