import { expect, test } from "vitest";
import type { Register } from "../../../src/register/register.ts";
import { paymentAnswer, paymentIn, type PaymentAsked } from "../../fakes/payment-answer.ts";
import { milk, registerBench, type RegisterBench } from "../../fakes/register-bench.ts";
import { fen, milkCode, pin, state, supervisor } from "../../fakes/returning-till.ts";
import { lastOf } from "../../fakes/shift-till.ts";

/** A till whose shop takes tips and whose gateway captures whatever is asked for; one ticket of 12.80 is being paid. */
async function tipping() {
  const asked: PaymentAsked[] = [];
  const gateway = { declines: false };
  const bench = await registerBench(
    (method, path, body) => {
      if (method !== "PUT" || !path.startsWith("/v1/payments/")) return undefined;
      asked.push(body as PaymentAsked);
      const said = gateway.declines ? "declined" : "captured";
      return { status: 200, body: paymentAnswer(paymentIn(path), body as PaymentAsked, said) };
    },
    false,
    { tips: [1_000] },
  );
  await begin(bench);
  return { bench, gateway, charged: () => asked.map(({ amount, tip }) => [amount, tip]) };
}

async function begin({ register }: RegisterBench): Promise<void> {
  await register.scan(milkCode);
  await register.beginTender();
}

let nth = 0;
async function payByCode({ register, clock }: RegisterBench): Promise<void> {
  await register.scan(`13000000000000000${nth++ % 10}`);
  for (let i = 0; i < 10; i++) await clock.advance(10);
}

test.each<[string, (register: Register) => Promise<void>]>([
  ["voided", (register) => register.voidSale()],
  ["held", (register) => register.holdSale()],
])("a tip chosen for a ticket that was %s is not charged to the next customer", async (_name, leave) => {
  const { bench, charged } = await tipping();
  bench.register.chooseTip(fen(128));
  bench.register.backToGoods();
  await leave(bench.register);
  await begin(bench);
  await payByCode(bench);
  expect(charged()).toEqual([[1_280, 0]]);
});

test("a tip is charged with one part of a sale that is paid in two, and stands in that tender alone", async () => {
  const { bench, charged } = await tipping();
  bench.register.chooseTip(fen(128));
  bench.register.choosePart(fen(500));
  await payByCode(bench);
  await payByCode(bench);
  expect(charged()).toEqual([
    [628, 128],
    [780, 0],
  ]);
  const [row] = await bench.ledger.database.sale.toArray();
  expect(row?.body.tenders).toMatchObject([
    { amount: fen(500), tip: fen(128) },
    { amount: fen(780), tip: fen(0) },
  ]);
});

test("whoever pays the rest may give a tip of his own", async () => {
  const { bench, charged } = await tipping();
  bench.register.chooseTip(fen(128));
  bench.register.choosePart(fen(500));
  await payByCode(bench);
  bench.register.chooseTip(fen(78));
  await payByCode(bench);
  expect(charged()).toEqual([
    [628, 128],
    [858, 78],
  ]);
});

test("a tip that no capture has taken waits for the next try of what is due; of anything else it says nothing", async () => {
  const { bench, charged, gateway } = await tipping();
  bench.register.chooseTip(fen(128));
  gateway.declines = true;
  await payByCode(bench);
  await payByCode(bench);
  gateway.declines = false;
  bench.register.chooseMethod("cash");
  await bench.register.takeCash(fen(500), "part");
  await payByCode(bench);
  expect(charged()).toEqual([
    [1_408, 128],
    [1_408, 128],
    [780, 0],
  ]);
  expect(state(bench).counter.kind).toBe("done");
});

test("a tip chosen before the ticket was changed is not charged, and no screen asks for it", async () => {
  const { bench, charged } = await tipping();
  bench.register.chooseTip(fen(128));
  bench.register.backToGoods();
  await begin(bench);
  expect(lastView(bench)).toMatchObject({ due: { amount: 2_560 } });
  await payByCode(bench);
  expect(charged()).toEqual([[2_560, 0]]);
});

test("without the network the customer's window asks for no tip: nothing that is noted takes one", async () => {
  const { bench } = await tipping();
  bench.register.chooseTip(fen(128));
  bench.hears({ kind: "connection", v: 1, online: false, lastHeardAt: 0 });
  bench.register.chooseMethod("shown");
  expect(lastView(bench)).toMatchObject({ due: { amount: 1_280 } });
});

test("after a part was taken off, its part and tip are not asked for again, and it is said where the money goes", async () => {
  const { bench, charged } = await tipping();
  bench.register.chooseTip(fen(50));
  bench.register.choosePart(fen(500));
  await payByCode(bench);
  await bench.register.removeTender(0);
  await bench.register.approve(supervisor, pin);
  expect(state(bench)).toMatchObject({
    notice: { kind: "goesBack", amount: fen(550), channel: "wechat", online: true },
  });
  await payByCode(bench);
  expect(charged()).toEqual([
    [550, 50],
    [1_280, 0],
  ]);
});

test("a tip that was taken off again is not charged", async () => {
  const { bench, charged } = await tipping();
  bench.register.chooseTip(fen(milk.price / 10));
  bench.register.chooseTip(null);
  await payByCode(bench);
  expect(charged()).toEqual([[1_280, 0]]);
});

test("the customer's window names what is charged, tip included, while it is asked for and when it is paid", async () => {
  const { bench, charged } = await tipping();
  bench.register.chooseTip(fen(128));
  expect(lastView(bench)).toMatchObject({ kind: "selling", due: { amount: 1_408 } });
  bench.register.chooseMethod("cash");
  expect(lastView(bench)).toMatchObject({ kind: "selling", due: { amount: 1_280 } });
  bench.register.chooseMethod("code");
  await payByCode(bench);
  expect(charged()).toEqual([[1_408, 128]]);
  expect(lastView(bench)).toMatchObject({ kind: "paid", total: { amount: 1_408 } });
  expect(state(bench).counter).toMatchObject({ kind: "done", total: { amount: 1_408 } });
});

test("a part with a tip that is taken off is allowed, and goes back, with its tip", async () => {
  const { bench } = await tipping();
  bench.register.chooseTip(fen(50));
  bench.register.choosePart(fen(500));
  await payByCode(bench);
  await bench.register.removeTender(0);
  expect(state(bench).counter).toMatchObject({ kind: "secondPerson", size: 550, amount: fen(550) });
  await bench.register.approve(supervisor, pin);
  expect(await lastOf(bench, "tenderReturned")).toMatchObject({ body: { amount: fen(550) }, approval: { size: 550 } });
});

/** What the customer's window was told last. */
function lastView({ shown }: RegisterBench): unknown {
  return shown.at(-1)?.view;
}
