import { describe } from "vitest";
import { bills } from "./bills.ts";
import { consumerPresented } from "./consumer-presented.ts";
import { keysAndClock } from "./keys-and-clock.ts";
import { merchantPresented } from "./merchant-presented.ts";
import { notifications } from "./notifications.ts";
import type { ProviderFacts, ProviderStage } from "./provider-stage.ts";
import { refunds } from "./refunds.ts";

/** What every payment provider promises, whatever its wire looks like. `open` makes a fresh stage. */
export function providerConformance(name: string, facts: ProviderFacts, open: () => ProviderStage): void {
  describe(`${name}: the customer's code`, () => consumerPresented(open, facts));
  describe(`${name}: the shop's code`, () => merchantPresented(open, facts));
  describe(`${name}: refunds`, () => refunds(open, facts));
  describe(`${name}: notifications`, () => notifications(open, facts));
  describe(`${name}: bills`, () => bills(open));
  describe(`${name}: keys and clock`, () => keysAndClock(open, facts));
}
