import { beforeEach, expect, test, vi } from "vitest";
import { brokenPromises } from "./checks.ts";
import { chargesLate, goesUnasked, claimsForgotten, answersInvented } from "./plants.ts";
import { playReturnRace } from "./return-race.ts";
import { playDay, type ShopDay } from "./shop-day.ts";

/** Redelivered entries are taken as new ones while it is set. */
const doubles = vi.hoisted(() => ({ isPlanted: false }));

vi.mock("../../src/gateway/journal/intake.ts", async (original) => {
  const intake = await original<typeof import("../../src/gateway/journal/intake.ts")>();
  const { takenAgain } = await import("./taken-again.ts");
  return { ...intake, takeBatch: takenAgain(intake.takeBatch, () => doubles.isPlanted) };
});

// Dexie says so in a window whose database was taken away, which is what a killed window is
vi.spyOn(console, "warn").mockImplementation(() => undefined);
beforeEach(() => void (doubles.isPlanted = false));

const seedsMax = 8;

/** The first promise that breaks on the first seed where one does, `invariant` among them. */
async function caughtBy(invariant: RegExp, day: Omit<ShopDay, "seed">): Promise<string> {
  for (let seed = 1; seed <= seedsMax; seed++) {
    const broken = brokenPromises(await playDay({ seed, ...day }));
    const named = broken.filter((sentence) => invariant.test(sentence));
    if (named[0] !== undefined) {
      console.log(`seed ${seed}: ${named[0]}`);
      return named[0];
    }
    expect(broken, `seed ${seed} breaks something, but not ${invariant.source}`).toEqual([]);
  }
  return "nothing";
}

test("an answer that was dropped and is taken for a yes: entries the gateway never had count as sent (e)", async () => {
  const day = { sales: 6, plant: { till: answersInvented } };
  expect(await caughtBy(/^e: .*arrived/, day)).toMatch(/^e: \d+ entries of till-a\d arrived, \d+ are acknowledged$/);
});

test("a journal drained twice is taken twice where entries have no number of their own (e)", async () => {
  doubles.isPlanted = true;
  expect(await caughtBy(/^e: .*arrived/, { sales: 6 })).toMatch(/^e: \d+ entries of till-a\d arrived/);
});

test("a charge that leaves after its deadline, because a broken connection has it sent again (d)", async () => {
  const day = { sales: 10, mix: { cash: 0, shownCodes: 0, splits: 0, returns: 0 }, plant: { provider: chargesLate } };
  expect(await caughtBy(/^d: /, day)).toMatch(/^d: \w+ was charged \d+ ms after its deadline$/);
});

test("two tills give the same goods back when neither sees the other's claim (c)", async () => {
  expect(brokenPromises(await playReturnRace())).toEqual([]);
  const broken = brokenPromises(await playReturnRace({ sql: claimsForgotten }));
  expect(broken.filter((sentence) => sentence.startsWith("c: of line"))).toEqual([
    expect.stringMatching(/^c: of line \w+\/1 2000 came back of 1000$/),
  ]);
});

test("a payment whose notification is lost, and which nobody asks about, is money without a sale (c)", async () => {
  const day = { sales: 10, mix: { cash: 0, shownCodes: 100, splits: 0, returns: 0 }, plant: { provider: goesUnasked } };
  expect(await caughtBy(/^c: /, day)).toMatch(/^c: \w+: \d+ moved, 0 went back, sales count 0$/);
});
