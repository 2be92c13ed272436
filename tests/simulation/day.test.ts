import { afterAll, describe, expect, test, vi } from "vitest";
import { brokenPromises } from "./checks.ts";
import type { Evidence } from "./evidence.ts";
import { playDay } from "./shop-day.ts";

/** Another run: `SEED=17 SEEDS=40 SALES=200 npx vitest run tests/simulation`. */
const { SEED, SEEDS = "1", SALES = "200" } = process.env;
const days =
  SEED === undefined
    ? [{ seed: 1, sales: 200 }, ...[3, 5, 6].map((seed) => ({ seed, sales: 40 }))]
    : Array.from({ length: Number(SEEDS) }, (_, nth) => ({ seed: Number(SEED) + nth, sales: Number(SALES) }));
const startedAt = Date.now();
let played = 0;

// Dexie says so in a window whose database was taken away, which is what a killed window is
vi.spyOn(console, "warn").mockImplementation(() => undefined);

async function play(day: { readonly seed: number; readonly sales: number }): Promise<Evidence> {
  const evidence = await playDay(day);
  played++;
  return evidence;
}

describe("whatever fails, provider, books, sales and journal agree to the fen at the end of the day", () => {
  test.each(days)("seed $seed, $sales customers", async (day) => {
    const evidence = await play(day);
    console.log(
      `seed ${day.seed}: ${JSON.stringify(evidence.faults)}, ${evidence.till.sales.length} sales, ${evidence.provider.ledger.orders.size} orders`,
    );
    expect(brokenPromises(evidence), `SEED=${day.seed} SALES=${day.sales} npx vitest run tests/simulation`).toEqual([]);
    expect(evidence.till.sales.length).toBeGreaterThan(day.sales / 2);
    if (day.sales >= 200) expectEverythingHappened(evidence);
  });
});

test("a seed gives the same bytes again: journal, provider's ledger and ledger transfers", async () => {
  const day = { seed: 3, sales: 20 };
  const [first, second] = [bytesOf(await play(day)), bytesOf(await play(day))];
  expect(second).toEqual(first);
});

afterAll(() => {
  console.log(`${((played * 60_000) / (Date.now() - startedAt)).toFixed(1)} days a minute`);
});

/** A whole day that did not meet each kind of fault, and the cut of the business day, would prove less than it says. */
function expectEverythingHappened({ faults, gateway }: Evidence): void {
  const kinds = [
    "lostBefore",
    "lostAfter",
    "hangsBefore",
    "hangsAfter",
    "doubled",
    "retried",
    "late",
    "away",
    "streamCut",
    "tillRestarts",
    "gatewayRestarts",
  ];
  expect(kinds.filter((kind) => (faults[kind] ?? 0) === 0)).toEqual([]);
  const texts = gateway.entries.map(({ text }) => text);
  for (const kind of ["sessionClosed", "saleParked", "attemptAbandoned", "paymentAttempted", "saleVoided"]) {
    expect(
      texts.some((text) => text.includes(`"kind":"${kind}"`)),
      kind,
    ).toBe(true);
  }
}

function bytesOf({ till, gateway, provider }: Evidence) {
  return {
    journal: till.entries.map(({ text }) => text),
    atGateway: gateway.entries,
    ledger: provider.lines,
    transfers: gateway.transfers,
    attempts: gateway.attempts,
  };
}
