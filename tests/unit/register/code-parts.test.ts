import { describe, expect, test } from "vitest";
import { displayMessage } from "../../../src/contract/display.ts";
import type { PaymentBody } from "../../../src/contract/payment.ts";
import { money } from "../../../src/domain/money.ts";
import type { RegisterState } from "../../../src/register/state.ts";
import { milk, registerBench, type RegisterBench } from "../../fakes/register-bench.ts";

const code = "130000000000000001";
const fen = (amount: number) => money(amount, "CNY");
const state = ({ register }: RegisterBench): RegisterState => register.state.get();

type Asked = { readonly amount: number; readonly channel: "wechat" };

/** A till whose gateway captures whatever is asked for, at once. */
async function paying(): Promise<{ readonly bench: RegisterBench; readonly asked: Asked[] }> {
  const asked: Asked[] = [];
  const bench = await registerBench((method, path, body) => {
    if (method !== "PUT" || !path.startsWith("/v1/payments/")) return undefined;
    const request = body as Asked & { readonly sale: { readonly id: string } };
    asked.push({ amount: request.amount, channel: request.channel });
    return { status: 200, body: captured(path.split("/")[3] ?? "", request) };
  });
  await bench.register.scan(milk.barcodes[0] ?? "");
  await bench.register.beginTender();
  return { bench, asked };
}

function captured(
  id: string,
  { amount, channel, sale }: Asked & { readonly sale: { readonly id: string } },
): PaymentBody {
  return {
    id,
    version: 1,
    till: "till-a1",
    sale: sale.id,
    channel,
    amount: fen(amount),
    state: "captured",
    reason: null,
    capture: {
      order: fen(amount),
      receivable: fen(amount),
      paid: fen(amount),
      providerTransactionId: `42${id}`,
      capturedAt: 1,
    },
    presentment: "consumer",
    prompt: null,
    tip: null,
    givenBack: false,
    abandoned: false,
    freed: false,
    startedAt: 1,
    reverseAt: null,
  } as never;
}

async function scan(bench: RegisterBench, digits: string): Promise<void> {
  await bench.register.scan(digits);
  for (let i = 0; i < 10; i++) await bench.clock.advance(10);
}

describe("a part by code", () => {
  test("two phones pay one sale: the first what was chosen, the second what is left", async () => {
    const { bench, asked } = await paying();
    bench.register.choosePart(fen(500));
    await scan(bench, code);
    expect(state(bench)).toMatchObject({ counter: { kind: "tender" }, sale: { tenders: [{ amount: fen(500) }] } });
    await scan(bench, "130000000000000002");
    expect(asked).toEqual([
      { amount: 500, channel: "wechat" },
      { amount: 780, channel: "wechat" },
    ]);
    const taken = [500, 780].map((amount) => ({ by: "wechat", amount: fen(amount) }));
    expect(state(bench).counter).toMatchObject({ kind: "done", cash: null, taken });
    const [row] = await bench.ledger.database.sale.toArray();
    expect(row?.body.tenders).toMatchObject([
      { kind: "payment", channel: "wechat", amount: fen(500) },
      { kind: "payment", channel: "wechat", amount: fen(780) },
    ]);
  });

  test("is what the customer is asked for, beside the sale's total", async () => {
    const { bench } = await paying();
    const lastShown = () => {
      const parsed = displayMessage.parse(bench.shown.at(-1));
      return parsed.kind === "view" ? parsed.view : null;
    };
    bench.register.choosePart(fen(500));
    expect(lastShown()).toMatchObject({ kind: "selling", due: fen(500), total: fen(1_280) });
    bench.register.chooseMethod("cash");
    expect(lastShown()).toMatchObject({ kind: "selling", due: fen(1_280), total: fen(1_280) });
    bench.register.chooseMethod("code");
    await scan(bench, code);
    expect(lastShown()).toMatchObject({ kind: "selling", due: fen(780), total: fen(1_280) });
  });

  test("cash may close what a wallet began", async () => {
    const { bench } = await paying();
    bench.register.choosePart(fen(280));
    await scan(bench, code);
    bench.register.chooseMethod("cash");
    await bench.register.takeCash(fen(1_000));
    expect(state(bench).counter.kind).toBe("done");
  });

  test.each([
    ["as much as is due", 1_280],
    ["more than is due", 1_281],
    ["nothing", 0],
  ])("that is %s is no part: all of it is asked for", async (_, amount) => {
    const { bench, asked } = await paying();
    bench.register.choosePart(fen(amount));
    expect(state(bench).part).toBe(null);
    await scan(bench, code);
    expect(asked).toEqual([{ amount: 1_280, channel: "wechat" }]);
  });

  test("chosen of another balance says nothing of this one", async () => {
    const { bench, asked } = await paying();
    bench.register.choosePart(fen(500));
    bench.register.chooseMethod("cash");
    await bench.register.takeCash(fen(100), "part");
    await scan(bench, code);
    expect(asked).toEqual([{ amount: 1_180, channel: "wechat" }]);
  });
});

test("what is no payment code by its form is said to be none where one is asked for; an unknown barcode stays goods", async () => {
  const { bench, asked } = await paying();
  await scan(bench, "123");
  expect(state(bench).notice).toEqual({ kind: "noPaymentCode", text: "123" });
  await scan(bench, "6900000000007");
  expect(state(bench).notice).toEqual({ kind: "unknownCode", text: "6900000000007" });
  bench.register.chooseMethod("cash");
  await scan(bench, "123");
  expect(state(bench).notice).toMatchObject({ kind: "unknownCode" });
  expect(asked).toEqual([]);
});
