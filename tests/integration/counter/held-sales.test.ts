import { afterAll, beforeAll, expect, it } from "vitest";
import type { SaleId } from "../../../src/domain/identifier.ts";
import { counterStage, newId, ticketOf, type CounterStage } from "./counter-stage.ts";

let stage: CounterStage;
beforeAll(async () => {
  stage = await counterStage();
});
afterAll(() => stage.stop());

const hold = (till: CounterStage["tills"]["a1"], sale: SaleId, fen: number, heldAt: number) =>
  till.ask({ method: "PUT", path: `/v1/held-sales/${sale}`, body: ticketOf(till, sale, fen, heldAt) });
const claim = (till: CounterStage["tills"]["a1"], sale: SaleId) =>
  till.ask({ method: "POST", path: `/v1/held-sales/${sale}/claims`, body: { v: 1 } });
const listed = async (till: CounterStage["tills"]["a1"]) =>
  (await till.ask({ path: "/v1/held-sales" })).json<{ held: { id: string }[]; taken: { id: string; by: string }[] }>();

it("a ticket held at one till is seen by the other with its amount, and taken up once, whoever asks at once", async () => {
  const { a1, a2 } = stage.tills;
  const sale = newId<SaleId>(a1);
  expect((await hold(a1, sale, 1_250, 1_000)).statusCode).toBe(200);
  expect((await listed(a2)).held).toMatchObject([
    { id: sale, till: "till-a1", tillLabel: "A1", total: { amount: 1_250 }, itemCount: 1, heldAt: 1_000 },
  ]);
  const answers = await Promise.all([claim(a1, sale), claim(a2, sale)]);
  expect(answers.map(({ statusCode }) => statusCode).toSorted()).toEqual([200, 409]);
  const winner = answers[0]?.statusCode === 200 ? "till-a1" : "till-a2";
  const list = await listed(a2);
  expect(list.held).toEqual([]);
  expect(list.taken).toEqual([{ id: sale, by: winner }]);
});

it("the till that took it up gets it again after a crash, and may hold it anew", async () => {
  const { a1, a2 } = stage.tills;
  const sale = newId<SaleId>(a1);
  await hold(a1, sale, 300, 1_000);
  expect((await claim(a2, sale)).statusCode).toBe(200);
  expect((await claim(a2, sale)).json()).toMatchObject({ ticket: { id: sale, lastLine: 1 } });
  expect((await hold(a1, sale, 300, 900)).statusCode).toBe(200);
  expect((await listed(a1)).held).toEqual([]);
  expect((await hold(a2, sale, 450, 2_000)).statusCode).toBe(200);
  expect((await listed(a1)).held).toMatchObject([{ id: sale, till: "till-a2", total: { amount: 450 } }]);
});

it("a ticket of a tag that is not the till's own is refused", async () => {
  const { a1, a2 } = stage.tills;
  const answer = await hold(a2, newId<SaleId>(a1), 100, 1_000);
  expect(answer.json()).toMatchObject({ code: "otherTag" });
});
