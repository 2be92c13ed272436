import { expect, test } from "vitest";
import type { SaleId, TillId } from "../../../src/domain/identifier.ts";
import { createCore, type Core } from "../../../src/register/core.ts";
import type { RegisterPorts } from "../../../src/register/ports.ts";
import { releaseHeld, settleReleased } from "../../../src/register/held/release-held.ts";
import { testSettings } from "../../fakes/activated-ledger.ts";
import { registerBench, type RegisterBench } from "../../fakes/register-bench.ts";
import { fen, milkCode, state } from "../../fakes/returning-till.ts";

const other = "till-a2" as TillId;

type Said = { readonly ticket: object | null };
type Till = {
  readonly bench: RegisterBench;
  readonly mine: SaleId;
  readonly leading: Core;
  readonly said: Said[];
  /** Lets the gateway's answer to what was said as number `nth` arrive: who has the ticket. */
  answer(nth: number, to: TillId | null): void;
  /** Until the gateway has been told this often. */
  told(times: number): Promise<void>;
};

/** A till that holds a ticket, and beside its window the leading one, whose gateway answers when the test says so. */
async function holding(): Promise<Till> {
  const bench = await registerBench();
  await bench.register.scan(milkCode);
  const mine = state(bench).sale?.id ?? ("" as SaleId);
  await bench.register.holdSale();
  const said: Said[] = [];
  const waiting: ((answer: object) => void)[] = [];
  const { clock, ledger } = bench;
  const leading = createCore({
    clock,
    ledger,
    windows: { post: () => undefined, listen: () => () => undefined },
    draft: { window: "leading", isAlive: async () => false },
    client: {
      ask: ({ body }: { readonly body: Said }) =>
        new Promise((resolve) => {
          said.push(body);
          waiting.push(resolve);
        }),
    },
  } as unknown as RegisterPorts);
  leading.state.patch({ settings: testSettings });
  return {
    bench,
    mine,
    leading,
    said,
    answer: (nth, to) => waiting[nth]?.({ kind: "answer", value: { to } }),
    told: async (times) => {
      for (let i = 0; i < 100 && said.length < times; i++) await clock.advance(10);
      expect(said.length).toBe(times);
    },
  };
}

async function sell({ bench: { register }, mine }: Till): Promise<void> {
  await register.takeUp(mine);
  await register.beginTender();
  register.chooseMethod("cash");
  await register.takeCash(fen(1_280));
  expect(register.state.get().counter.kind).toBe("done");
}

test("a late answer brings no ticket back that was taken up and sold since, and no other till gets it", async () => {
  const till = await holding();
  const asked = releaseHeld(till.leading, till.mine, other);
  await till.told(1);
  const askedAgain = settleReleased(till.leading);
  await till.told(2);
  till.answer(0, null);
  await asked;
  await sell(till);
  till.answer(1, null);
  await askedAgain;
  expect(await till.bench.ledger.database.ticket.toArray()).toEqual([]);
  const wanted = releaseHeld(till.leading, till.mine, other);
  await till.told(3);
  till.answer(2, null);
  await wanted;
  expect(till.said[2]).toMatchObject({ ticket: null });
});

test("a late answer about an earlier letting go does not put back a ticket that has been let go anew", async () => {
  const till = await holding();
  const first = releaseHeld(till.leading, till.mine, other);
  await till.told(1);
  const again = settleReleased(till.leading);
  await till.told(2);
  till.answer(0, null);
  await first;
  await till.bench.clock.advance(5);
  const anew = releaseHeld(till.leading, till.mine, other);
  await till.told(3);
  till.answer(1, null);
  await again;
  expect(await till.bench.ledger.database.ticket.get(till.mine)).toMatchObject({ kind: "released", to: other });
  till.answer(2, other);
  await anew;
  expect(await till.bench.ledger.database.ticket.get(till.mine)).toMatchObject({ kind: "given", to: other });
});

test("a ticket that is sold is let go to nobody, whatever stands in the list", async () => {
  const till = await holding();
  const { database } = till.bench.ledger;
  const row = await database.ticket.get(till.mine);
  await sell(till);
  if (row !== undefined) await database.ticket.put(row);
  const wanted = releaseHeld(till.leading, till.mine, other);
  await till.told(1);
  till.answer(0, null);
  await wanted;
  expect(till.said).toMatchObject([{ ticket: null }]);
});
