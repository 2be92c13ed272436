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
  const first = counter.page.at(list).locator("li button").first();
  // what another till has just set aside comes with the gateway's next answer: the list is opened again until it is there
  for (let look = 0; look < 10; look++) {
    await counter.page.page.keyboard.press("Shift+F6");
    await counter.page.see("held");
    await counter.page.at("held-asking").waitFor({ state: "detached", timeout: 20_000 });
    if ((await first.count()) > 0) break;
    await counter.page.page.keyboard.press("Escape");
    await counter.page.page.waitForTimeout(1_000);
  }
  await first.click({ timeout: 20_000 });
  await expect.poll(() => counter.page.lineCount(), { timeout: 10_000 }).toBe(lines);
}
