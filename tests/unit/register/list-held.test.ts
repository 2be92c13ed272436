import { describe, expect, test } from "vitest";
import type { HeldSale } from "../../../src/contract/held.ts";
import type { SaleId } from "../../../src/domain/identifier.ts";
import type { RegisterState } from "../../../src/register/state.ts";
import { counterGateway, heldElsewhere, id } from "../../fakes/counter-gateway.ts";
import { milk, registerBench, type RegisterBench } from "../../fakes/register-bench.ts";

const state = ({ register }: RegisterBench): RegisterState => register.state.get();

function othersOn(bench: RegisterBench): readonly HeldSale[] {
  const { counter } = state(bench);
  return counter.kind === "held" ? counter.others : [];
}

async function pass(bench: RegisterBench, seconds: number): Promise<void> {
  for (let i = 0; i < seconds * 2; i++) await bench.clock.advance(500);
}

describe("held tickets", () => {
  test("come and go in the open list by themselves, and those that stay are the same rows", async () => {
    const gateway = counterGateway();
    const bench = await registerBench(gateway.answering);
    await bench.register.scan(milk.barcodes[0] ?? "");
    await bench.register.holdSale();
    const [first, second] = [id<SaleId>(), id<SaleId>()];
    gateway.held.push(heldElsewhere(first));
    await bench.register.showHeld();
    const [row] = othersOn(bench);
    const [own] = state(bench).tickets;
    gateway.held.push(heldElsewhere(second));
    await pass(bench, 4);
    expect(othersOn(bench).map((each) => each.id)).toEqual([first, second]);
    expect([othersOn(bench)[0], state(bench).tickets[0]]).toEqual([row, own]);
    expect(othersOn(bench)[0] === row && state(bench).tickets[0] === own).toBe(true);
    gateway.held.splice(0, 1);
    await bench.ledger.database.ticket.clear();
    await pass(bench, 4);
    expect(othersOn(bench).map((each) => each.id)).toEqual([second]);
    expect(state(bench).tickets).toEqual([]);
  });

  test("are asked for again only while the list is open, and by its last opening alone", async () => {
    const gateway = counterGateway();
    const bench = await registerBench(gateway.answering);
    const asked = () => gateway.heard.filter((each) => each === "GET /v1/held-sales").length;
    await bench.register.showHeld();
    await bench.register.showHeld();
    await pass(bench, 10);
    expect(asked()).toBe(2 + 3);
    bench.register.backToGoods();
    await pass(bench, 10);
    expect(asked()).toBe(2 + 3);
  });

  test("that another till asked for stay in sight, to be taken up by nobody, until the gateway says who has them", async () => {
    let isThere = true;
    const bench = await registerBench((method, path) => {
      if (!isThere) return undefined;
      if (path.endsWith("/releases")) return { status: 200, body: { to: "till-a1" } };
      return path === "/v1/held-sales" && method === "GET"
        ? { status: 200, body: { held: [], taken: [] } }
        : { status: 204, body: null };
    });
    const { database } = bench.ledger;
    await bench.register.scan(milk.barcodes[0] ?? "");
    await bench.register.holdSale();
    isThere = false;
    const [row] = await database.ticket.toArray();
    if (row === undefined) throw new Error("a ticket is held");
    await database.ticket.put({ ...row, kind: "released", to: "till-a2" as never, releasedAt: bench.clock.now() });
    await bench.register.showHeld();
    expect(state(bench).tickets).toMatchObject([{ kind: "leaving", sale: row.id }]);
    await bench.register.takeUp(row.id);
    expect(state(bench).sale).toBeNull();
    await bench.register.showHeld();
    isThere = true;
    await pass(bench, 8);
    expect(state(bench).tickets).toMatchObject([{ kind: "held", sale: row.id }]);
    await bench.register.takeUp(row.id);
    expect(state(bench).sale?.id).toBe(row.id);
  });
});
