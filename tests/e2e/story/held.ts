import { expect } from "vitest";
import type { Counter } from "./counter.ts";

/** Sets a ticket of these goods aside. */
export async function hold(counter: Counter, count: number): Promise<void> {
  await counter.take(count);
  await counter.page.page.keyboard.press("F6");
  await counter.page.see("ticket-empty");
}

/** Takes up the first ticket that waits, here or at another till. */
export async function takeUp(counter: Counter, list: "held-mine" | "held-others", lines: number): Promise<void> {
  await counter.page.page.keyboard.press("Shift+F6");
  await counter.page.see("held");
  // what another till has taken up in the meantime leaves the list with the gateway's answer
  await counter.page.at("held-asking").waitFor({ state: "detached", timeout: 20_000 });
  await counter.page.at(list).locator("li button").first().click({ timeout: 20_000 });
  await expect.poll(() => counter.page.lineCount(), { timeout: 10_000 }).toBe(lines);
}
