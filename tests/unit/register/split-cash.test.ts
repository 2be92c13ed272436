import { expect, test } from "vitest";
import { fen } from "../../fakes/shift-till.ts";
import { milk, registerBench } from "../../fakes/register-bench.ts";

test("cash in two parts shows both parts and the change of them all, on the till and to the customer", async () => {
  const { register, clock, shown } = await registerBench();
  await register.scan(milk.barcodes[0] ?? "");
  await register.beginTender();
  register.chooseMethod("cash");
  await register.takeCash(fen(700), "part");
  register.chooseMethod("cash");
  await register.takeCash(fen(2_000));
  await clock.advance(10);
  const figures = { total: { amount: 1_280 }, given: { amount: 2_700 }, change: { amount: 1_420 } };
  const { given, change } = figures;
  expect(register.state.get().counter).toMatchObject({ kind: "done", cash: { given, change } });
  expect(shown.at(-1)?.view).toMatchObject({ kind: "paid", ...figures });
});
