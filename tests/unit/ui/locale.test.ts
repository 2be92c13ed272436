import { expect, test } from "vitest";
import { instant } from "../../../src/domain/clock.ts";
import { formatsOf } from "../../../src/i18n/locale.ts";

test.each([
  ["2026-11-24T06:06:21.999Z", "Asia/Shanghai", "2026-11-24 14:06:21"],
  ["2026-11-23T16:00:00.000Z", "Asia/Shanghai", "2026-11-24 00:00:00"],
  ["2026-03-29T00:59:59.000Z", "Europe/Berlin", "2026-03-29 01:59:59"],
  ["2026-03-29T01:00:00.000Z", "Europe/Berlin", "2026-03-29 03:00:00"],
  ["2026-01-01T00:00:00.000Z", "Asia/Kolkata", "2026-01-01 05:30:00"],
])("%s is %s's %s, in every language", (at, zone, shown) => {
  for (const language of ["zh-CN", "en", "ja"] as const) {
    const { dateTime, time, timeToSecond } = formatsOf(language);
    const moment = instant(Date.parse(at));
    expect(dateTime(moment, zone)).toBe(shown);
    expect(time(moment, zone)).toBe(shown.slice(11, 16));
    expect(timeToSecond(moment, zone)).toBe(shown.slice(11));
  }
});
