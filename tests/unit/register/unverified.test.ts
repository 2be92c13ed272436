import { expect, test } from "vitest";
import { registerBench, type RegisterBench } from "../../fakes/register-bench.ts";
import { fen, milkCode, pin, state, supervisor } from "../../fakes/returning-till.ts";
import { lastOf } from "../../fakes/shift-till.ts";

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

test("in parts it stays within the caps of a payment and of a day", async () => {
  for (const caps of [
    { each: 700, day: 5_000 },
    { each: 5_000, day: 700 },
  ]) {
    const bench = await apart(caps);
    bench.register.choosePart(fen(640));
    await bench.register.takeUnverified("wechat", "1234");
    await bench.register.takeUnverified("wechat", "1235");
    expect(state(bench)).toMatchObject({ notice: { kind: "refused", why: "unverifiedCap" } });
    expect(await bench.ledger.database.sale.count()).toBe(0);
  }
});

test("what waits part-paid counts for the day, too", async () => {
  const bench = await apart({ each: 5_000, day: 700 });
  bench.register.choosePart(fen(640));
  await bench.register.takeUnverified("wechat", "1234");
  const other = await bench.beside();
  await other.register.scan(milkCode);
  await other.register.beginTender();
  other.hears({ kind: "connection", v: 1, online: false, lastHeardAt: 0 });
  other.register.choosePart(fen(100));
  await other.register.takeUnverified("wechat", "1235");
  expect(state(other)).toMatchObject({ notice: { kind: "refused", why: "unverifiedCap" } });
});

test("taken off again it needs a second person, and leaves behind what finds its money in the bill", async () => {
  const bench = await apart({ each: 700, day: 700 });
  bench.register.choosePart(fen(640));
  await bench.register.takeUnverified("wechat", "1234");
  await bench.clock.advance(1_000);
  await bench.register.removeTender(0);
  expect(state(bench)).toMatchObject({ counter: { kind: "secondPerson", act: "returnTender" } });
  await bench.register.approve(supervisor, pin);
  expect(state(bench).sale?.tenders).toEqual([]);
  expect(await lastOf(bench, "unverifiedRemoved")).toMatchObject({
    body: { amount: fen(640), channel: "wechat", tail: "1234" },
    approval: { act: "returnTender", by: supervisor },
  });
  expect(state(bench)).toMatchObject({ notice: { kind: "notedOff", amount: fen(640), channel: "wechat" } });
});
