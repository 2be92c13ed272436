import { expect, test } from "vitest";
import { money } from "../../../src/domain/money.ts";
import { apples, milk, registerBench } from "../../fakes/register-bench.ts";

test("a line on the ticket keeps its price when the product's changes; the next one is another line", async () => {
  const { register } = await registerBench();
  await register.scan("6901234567892");
  await register.add({ ...milk, price: 990 as never });
  await register.scan("6901234567892");
  const lines = register.state.get().sale?.lines.map(({ unitPrice, quantity }) => [unitPrice, quantity.thousandths]);
  expect(lines).toEqual([
    [money(1_280, "CNY"), 2_000],
    [money(990, "CNY"), 1_000],
  ]);
});

test("favourites and coverage are shown from the stored head, search and categories once the catalogue is read", async () => {
  const { register } = await registerBench();
  const { catalog } = register.state.get();
  expect([catalog.products, catalog.total, catalog.favourites.map(({ id }) => id)]).toEqual([2, 2, [milk.id]]);
  expect(register.inCategory("fruit")).toEqual([apples]);
  expect(await register.search("06901234567892")).toEqual([milk]);
  expect((await register.search("hpg")).map(({ id }) => id)).toEqual([apples.id]);
});
