import { expect, test } from "vitest";
import { quantity } from "../../../src/domain/quantity.ts";
import { apples, registerBench } from "../../fakes/register-bench.ts";
import { state } from "../../fakes/returning-till.ts";

test("a weight typed without its point is asked about once, by what it would cost, and taken when it is typed again", async () => {
  const bench = await registerBench();
  const { register, clock } = bench;
  await register.add(apples, quantity(735_000, "kg"));
  expect(state(bench)).toMatchObject({ notice: { kind: "slip", typed: { amount: 733_530 }, due: null } });
  expect(state(bench).sale).toBeNull();
  await register.add(apples, quantity(735_000, "kg"));
  expect(state(bench).sale).toBeNull();
  await clock.advance(1_000);
  await register.add(apples, quantity(735_000, "kg"));
  expect(state(bench).sale?.lines).toMatchObject([{ amount: { amount: 733_530 } }]);
});

test("a weight that a counter's scale carries is not asked about", async () => {
  const bench = await registerBench();
  await bench.register.add(apples, quantity(15_000, "kg"));
  expect(state(bench).sale?.lines).toHaveLength(1);
});
