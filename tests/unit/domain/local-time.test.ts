import { expect, test } from "vitest";
import type { Instant } from "../../../src/domain/clock.ts";
import { zonedText } from "../../../src/domain/local-time.ts";

test.each([
  ["2026-11-30T13:40:02.900Z", "Asia/Shanghai", "2026-11-30T21:40:02+08:00"],
  ["2026-11-30T16:00:00.000Z", "Asia/Tokyo", "2026-12-01T01:00:00+09:00"],
  ["2026-07-01T12:00:00.000Z", "America/New_York", "2026-07-01T08:00:00-04:00"],
  ["2026-12-01T03:30:59.000Z", "America/St_Johns", "2026-12-01T00:00:59-03:30"],
  ["2026-11-30T23:45:00.000Z", "UTC", "2026-11-30T23:45:00+00:00"],
])("%s is in %s %s, and the same instant", (utc, zone, text) => {
  const at = Date.parse(utc) as Instant;
  expect(zonedText(at, zone)).toBe(text);
  expect(Date.parse(text)).toBe(Math.floor(at / 1_000) * 1_000);
});
