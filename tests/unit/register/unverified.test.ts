import { expect, test } from "vitest";
import { registerBench, type RegisterBench } from "../../fakes/register-bench.ts";
import { fen, milkCode, state } from "../../fakes/returning-till.ts";

/** A till out of reach of its gateway, whose shop takes payments to its printed code unproved; 12.80 is to be paid. */
async function apart(caps: { readonly each: number; readonly day: number }): Promise<RegisterBench> {
  const bench = await registerBench(() => undefined, false, { unverified: caps as never });
  await bench.register.scan(milkCode);
  await bench.register.beginTender();
  bench.hears({ kind: "connection", v: 1, online: false, lastHeardAt: 0 });
  return bench;
}

test("of a part that was chosen only the part is recorded, and the rest stays to be paid", async () => {
  const bench = await apart({ each: 500, day: 500 });
  bench.register.choosePart(fen(200));
  await bench.register.takeUnverified("wechat", "1234");
  expect(await bench.ledger.database.sale.count()).toBe(0);
  expect(state(bench).sale?.tenders).toMatchObject([{ kind: "unverified", amount: { amount: 200 }, tail: "1234" }]);
  await bench.register.takeUnverified("wechat", "1234");
  expect(state(bench)).toMatchObject({ notice: { kind: "refused", why: "unverifiedCap" } });
});

test.each(["", "123", "12 34", "1234567890123"])(
  "the end of the payment's number is needed: %j is refused",
  async (tail) => {
    const bench = await apart({ each: 5_000, day: 5_000 });
    await bench.register.takeUnverified("wechat", tail);
    expect(state(bench)).toMatchObject({ notice: { kind: "refused", why: "tailNeeded" } });
    expect(await bench.ledger.database.sale.count()).toBe(0);
    await bench.register.takeUnverified("wechat", "A1b2");
    expect(await bench.ledger.database.sale.count()).toBe(1);
  },
);
