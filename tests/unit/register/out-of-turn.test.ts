import { expect, test } from "vitest";
import { makeId, type SaleId, type StaffId } from "../../../src/domain/identifier.ts";
import { milk, registerBench } from "../../fakes/register-bench.ts";
import { pin } from "../../fakes/shift-till.ts";

const [milkCode = ""] = milk.barcodes;
const aTurn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

test("a line counted while its ticket is being held: what waits is what was on the screen last", async () => {
  const { register, ledger } = await registerBench();
  for (const turns of [0, 1, 2, 3, 4, 6]) {
    await register.scan(milkCode);
    const id = register.state.get().sale?.id;
    const held = register.holdSale();
    for (let turn = 0; turn < turns; turn++) await aTurn();
    const isOpen = register.state.get().sale !== null;
    register.setQuantity(1, 3);
    const shown = register.state.get().sale?.lines[0]?.quantity.thousandths;
    await held;
    expect(register.state.get()).toMatchObject({ sale: null, undo: null });
    const row = id === undefined ? undefined : await ledger.database.ticket.get(id);
    if (isOpen) expect(row?.sale.lines[0]?.quantity.thousandths, `after ${turns} turns`).toBe(shown);
  }
});

test("signing off while a held ticket is taken up waits for it: no ticket opens with nobody signed on", async () => {
  const { register } = await registerBench();
  for (const turns of [0, 1, 2, 3, 4, 6]) {
    await register.scan(milkCode);
    const { sale } = register.state.get();
    if (sale === null) throw new Error("a ticket is open");
    await register.holdSale();
    const taken = register.takeUp(sale.id);
    for (let turn = 0; turn < turns; turn++) await aTurn();
    await Promise.all([taken, register.signOff()]);
    expect(register.state.get(), `after ${turns} turns`).toMatchObject({
      who: { id: "staff-1" },
      sale: { id: sale.id, staff: "staff-1" },
      notice: { why: "notNow" },
    });
    await register.voidSale();
  }
});

test("signing off does not wait for another till's answer, and what comes of it opens behind nobody", async () => {
  const theirs = makeId<SaleId>(1 as never, "B1" as never, { bytes: (count) => new Uint8Array(count) });
  const bench = await registerBench((method, path) =>
    method === "POST" && path.startsWith("/v1/held-sales/") ? { status: 200, body: { v: 1, ticket: null } } : undefined,
  );
  const { register, clock } = bench;
  const asked = register.takeUpElsewhere(theirs);
  const left = register.signOff();
  await clock.advance(400);
  expect(register.state.get()).toMatchObject({ who: null, phase: "signOn" });
  await clock.advance(10_000);
  await Promise.all([asked, left]);
  expect(register.state.get()).toMatchObject({ who: null, phase: "signOn", sale: null });
  await register.signOn("staff-1" as StaffId, pin);
  expect(register.state.get().phase).toBe("selling");
});
