import { describe, expect, test } from "vitest";
import { completed, counter, fen, milkCode, state } from "../../fakes/returning-till.ts";
import type { RegisterBench } from "../../fakes/register-bench.ts";

describe("the steps of a sale are the presses after its last item", () => {
  test.each<[string, (bench: RegisterBench) => Promise<void>, number]>([
    [
      "Pay, cash, exact",
      async ({ register }) => {
        await register.beginTender();
        register.chooseMethod("cash");
        await register.takeCash(fen(1_280));
      },
      3,
    ],
    [
      "the key for cash, exact",
      async ({ register }) => {
        await register.payBy("cash");
        await register.takeCash(fen(1_280));
      },
      2,
    ],
  ])("%s", async (_presses, pay, steps) => {
    const { bench } = await counter();
    await bench.register.scan(milkCode);
    await pay(bench);
    expect((await completed(bench)).steps.steps).toBe(steps);
  });

  test("those of the sale before are not counted to a ticket that is taken up", async () => {
    const { bench } = await counter();
    await bench.register.scan(milkCode);
    const held = state(bench).sale?.id;
    await bench.register.holdSale();
    await bench.register.scan(milkCode);
    await bench.register.payBy("cash");
    await bench.register.takeCash(fen(1_280));
    bench.register.nextCustomer();
    if (held !== undefined) await bench.register.takeUp(held);
    await bench.register.payBy("cash");
    await bench.register.takeCash(fen(1_280));
    expect((await completed(bench)).steps.steps).toBe(2);
  });
});
