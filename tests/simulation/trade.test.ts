import { expect, test, vi } from "vitest";
import { printTrade } from "../trade/print.ts";
import { playTrade } from "../trade/trade.ts";

// Dexie says so in a window whose database was taken away, which is what a closed window is
vi.spyOn(console, "warn").mockImplementation(() => undefined);

test("planted differences are all found, nothing is invented, and every account is what is counted outside", async () => {
  // other days: npm run -s trade -- --seed 3 --days 7
  const trade = await playTrade({ seed: 2, days: 3, customers: 2 });
  expect(trade.isRight, printTrade(trade).join("\n")).toBe(true);
  expect(trade.judgement.items.length).toBeGreaterThan(20);
  expect(trade.judgement.items.every(({ seen, wanted }) => seen !== null || wanted.may)).toBe(true);
});
