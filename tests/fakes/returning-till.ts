import { expect } from "vitest";
import { parseEntry } from "../../src/contract/journal.ts";
import type { StaffId } from "../../src/domain/identifier.ts";
import type { CompletedSale } from "../../src/domain/journal.ts";
import { money } from "../../src/domain/money.ts";
import type { ReturnPick } from "../../src/register/returning/return-goods.ts";
import type { RegisterState } from "../../src/register/state.ts";
import { counterGateway, type CounterGateway } from "./counter-gateway.ts";
import { milk, registerBench, type RegisterBench } from "./register-bench.ts";

export const supervisor = "staff-4" as StaffId;
export const pin = "123456";
export const fen = (amount: number) => money(amount, "CNY");
export const milkCode = milk.barcodes[0] ?? "";
export const state = ({ register }: RegisterBench): RegisterState => register.state.get();

export type Counter = { readonly gateway: CounterGateway; readonly bench: RegisterBench };

/** A till in front of a gateway that knows these sales. */
export async function counter(...known: readonly CompletedSale[]): Promise<Counter> {
  const gateway = counterGateway();
  for (const sale of known) gateway.knows(sale);
  const bench = await registerBench(gateway.answering);
  gateway.now = () => bench.clock.now();
  return { gateway, bench };
}

/** Finds the sale by its receipt and puts these picks on the ticket. */
export async function bringBack(bench: RegisterBench, receipt: string, picks: readonly ReturnPick[]): Promise<void> {
  await bench.register.findSale(receipt);
  const { counter: view } = state(bench);
  if (view.kind !== "return") throw new Error(`the sale is not open: ${view.kind}`);
  await bench.register.returnGoods(view.sale, picks);
}

/** Pays or gives back, with the supervisor's yes. */
export async function settle(bench: RegisterBench): Promise<void> {
  await bench.register.beginTender();
  expect(state(bench).counter).toMatchObject({ kind: "secondPerson", act: "return" });
  await bench.register.approve(supervisor, pin);
}

/** The sale that was completed last, as the journal has it. */
export async function completed({ ledger }: RegisterBench): Promise<CompletedSale> {
  const bodies = (await ledger.database.entry.toArray()).flatMap(({ text }) => {
    const parsed = parseEntry(text);
    return parsed.ok && parsed.value.kind === "saleCompleted" ? [parsed.value.body] : [];
  });
  const last = bodies.at(-1);
  if (last === undefined) throw new Error("no sale is in the journal");
  return last;
}

/** So much of the first line. */
export const one = (thousandths: number): readonly ReturnPick[] => [{ line: 1, thousandths }];
