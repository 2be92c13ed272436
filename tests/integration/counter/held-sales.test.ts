import { afterAll, beforeAll, expect, it } from "vitest";
import type { HoldRequest } from "../../../src/contract/held.ts";
import type { SaleId } from "../../../src/domain/identifier.ts";
import { wantedOf } from "../../../src/gateway/held/claim-held.ts";
import { counterStage, newId, ticketOf, type CounterStage } from "./counter-stage.ts";

type Till = CounterStage["tills"]["a1"];

let stage: CounterStage;
beforeAll(async () => {
  stage = await counterStage();
});
afterAll(() => stage.stop());

const hold = (till: Till, sale: SaleId, fen: number, heldAt: number) =>
  till.ask({ method: "PUT", path: `/v1/held-sales/${sale}`, body: ticketOf(till, sale, fen, heldAt) });
const claim = (till: Till, sale: SaleId, ends = false) =>
  till.ask({ method: "POST", path: `/v1/held-sales/${sale}/claims`, body: { v: 1, ends } });
const release = async (till: Till, sale: SaleId, to: Till, ticket: HoldRequest["ticket"] | null) =>
  (
    await till.ask({
      method: "POST",
      path: `/v1/held-sales/${sale}/releases`,
      body: { v: 1, to: to.answer.settings.till, ticket },
    })
  ).json<{ to: string | null }>().to;
const listed = async (till: Till) =>
  (await till.ask({ path: "/v1/held-sales" })).json<{ held: { id: string }[]; taken: { id: string; by: string }[] }>();
const passOf = ({ answer }: Till) => ({
  kind: "till" as const,
  id: answer.settings.till,
  store: answer.settings.store.id,
  tag: answer.settings.tag,
  series: 1,
});

it("a ticket held at one till is seen by the other with its amount, and is given to it when its own till lets it go", async () => {
  const { a1, a2 } = stage.tills;
  const sale = newId<SaleId>(a1);
  expect((await hold(a1, sale, 1_250, 1_000)).statusCode).toBe(200);
  expect((await listed(a2)).held).toMatchObject([
    { id: sale, till: "till-a1", tillLabel: "A1", total: { amount: 1_250 }, itemCount: 1, heldAt: 1_000 },
  ]);
  expect((await claim(a2, sale)).json()).toEqual({ ticket: null });
  expect(await wantedOf(stage.bench.parts.database, passOf(a1) as never, Date.now() as never)).toMatchObject([
    { sale, by: "till-a2" },
  ]);
  // as it is now: the list may know an older one
  const { ticket } = ticketOf(a1, sale, 1_500, 1_000);
  expect(await release(a1, sale, a2, ticket)).toBe("till-a2");
  expect((await claim(a2, sale)).json()).toMatchObject({
    ticket: { id: sale, lines: [{ amount: { amount: 1_500 } }] },
  });
  const list = await listed(a1);
  expect(list.held).toEqual([]);
  expect(list.taken).toEqual([{ id: sale, by: "till-a2" }]);
  expect(await release(a1, sale, a2, ticket)).toBe("till-a2");
});

it("a ticket that its own till has taken up, and nobody was told, is given to nobody", async () => {
  const { a1, a2 } = stage.tills;
  const sale = newId<SaleId>(a1);
  await hold(a1, sale, 500, 1_000);
  await claim(a2, sale);
  expect(await release(a1, sale, a2, null)).toBe("till-a1");
  expect((await claim(a2, sale)).json()).toMatchObject({ code: "taken" });
  expect((await listed(a2)).held.map(({ id }) => id)).not.toContain(sale);
});

it("nothing is given to a till that waits no more, and the holder keeps it", async () => {
  const { a1, a2 } = stage.tills;
  const sale = newId<SaleId>(a1);
  await hold(a1, sale, 500, 1_000);
  await claim(a2, sale);
  expect((await claim(a2, sale, true)).json()).toEqual({ ticket: null });
  const { ticket } = ticketOf(a1, sale, 500, 1_000);
  expect(await release(a1, sale, a2, ticket)).toBe(null);
  expect((await listed(a2)).held).toContainEqual(expect.objectContaining({ id: sale }));
  // let go in the very moment of giving up: it is there
  await claim(a2, sale);
  await release(a1, sale, a2, ticket);
  expect((await claim(a2, sale, true)).json()).toMatchObject({ ticket: { id: sale } });
});

it("what was given is in the list of the till it was given to, and of no other, until that till says that it has it", async () => {
  const { a1, a2 } = stage.tills;
  const sale = newId<SaleId>(a1);
  await hold(a1, sale, 640, 1_000);
  await claim(a2, sale);
  await release(a1, sale, a2, ticketOf(a1, sale, 640, 1_000).ticket);
  const ids = async (till: Till) => (await listed(till)).held.map(({ id }) => id);
  expect(await ids(a2)).toContain(sale);
  expect(await ids(a1)).not.toContain(sale);
  const got = { v: 1, ends: true, got: true };
  expect((await a2.ask({ method: "POST", path: `/v1/held-sales/${sale}/claims`, body: got })).json()).toMatchObject({
    ticket: { id: sale },
  });
  expect(await ids(a2)).not.toContain(sale);
});

it("the till that got it gets it again after a crash, and may hold it anew, again and again; an older holding changes nothing", async () => {
  const { a1, a2 } = stage.tills;
  const sale = newId<SaleId>(a1);
  await hold(a1, sale, 300, 1_000);
  await claim(a2, sale);
  await release(a1, sale, a2, ticketOf(a1, sale, 300, 1_000).ticket);
  expect((await claim(a2, sale)).json()).toMatchObject({ ticket: { id: sale, lastLine: 1 } });
  expect((await hold(a1, sale, 300, 900)).statusCode).toBe(200);
  expect((await listed(a1)).held.map(({ id }) => id)).not.toContain(sale);
  for (const [fen, heldAt] of [
    [450, 2_000],
    [475, 3_000],
    [450, 2_000],
  ] as const)
    expect((await hold(a2, sale, fen, heldAt)).statusCode).toBe(200);
  expect((await listed(a1)).held).toContainEqual(
    expect.objectContaining({ id: sale, till: "till-a2", total: { amount: 475, currency: "CNY" } }),
  );
});

it("a ticket of a tag that is not the till's own is refused", async () => {
  const { a1, a2 } = stage.tills;
  const answer = await hold(a2, newId<SaleId>(a1), 100, 1_000);
  expect(answer.json()).toMatchObject({ code: "otherTag" });
});
