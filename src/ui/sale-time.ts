import { plusMs, type Instant } from "../domain/clock.ts";
import type { Formats } from "../i18n/locale.ts";

const dayMs = 86_400_000;

/** When a sale was: today and yesterday in words, before that with its date. */
export function saleTime(
  at: Instant,
  now: Instant,
  zone: string,
  formats: Formats,
  words: { readonly today: (time: string) => string; readonly yesterday: (time: string) => string },
): string {
  const date = (when: Instant): string => formats.dateTime(when, zone).slice(0, 10);
  const time = formats.time(at, zone);
  if (date(at) === date(now)) return words.today(time);
  if (date(at) === date(plusMs(now, -dayMs))) return words.yesterday(time);
  return `${date(at)} ${time}`;
}
