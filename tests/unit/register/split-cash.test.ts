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
  const taken = [
    { by: "cash", amount: fen(700) },
    { by: "cash", amount: fen(580) },
  ];
  expect(register.state.get().counter).toMatchObject({ kind: "done", cash: { given, change }, taken });
  expect(shown.at(-1)?.view).toMatchObject({ kind: "paid", ...figures });
});

test("Enter pressed twice for a part in cash takes one part; the same part asked for again takes another", async () => {
  const { register } = await registerBench();
  await register.scan(milk.barcodes[0] ?? "");
  await register.beginTender();
  register.chooseMethod("cash");
  await Promise.all([register.takeCash(fen(500), "part"), register.takeCash(fen(500), "part")]);
  expect(register.state.get().sale?.tenders).toMatchObject([{ amount: fen(500) }]);
  register.chooseMethod("cash");
  await register.takeCash(fen(500), "part");
  expect(register.state.get().sale?.tenders).toMatchObject([{ amount: fen(500) }, { amount: fen(500) }]);
});

test("× pressed twice takes one part off, also where an equal one moves up under the finger", async () => {
  const { register, clock } = await registerBench();
  await register.scan(milk.barcodes[0] ?? "");
  await register.beginTender();
  for (const part of [500, 500, 100]) await register.takeCash(fen(part), "part");
  await Promise.all([register.removeTender(0), register.removeTender(0)]);
  await clock.advance(200);
  await register.removeTender(0);
  const amounts = (): unknown => register.state.get().sale?.tenders.map(({ amount }) => amount.amount);
  expect(amounts()).toEqual([500, 100]);
  await clock.advance(400);
  await register.removeTender(0);
  expect(amounts()).toEqual([100]);
});
