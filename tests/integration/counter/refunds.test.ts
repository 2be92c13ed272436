import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { SoldSaleFound } from "../../../src/contract/returns.ts";
import type { RefundId } from "../../../src/domain/identifier.ts";
import { money } from "../../../src/domain/money.ts";
import {
  counterStage,
  newId,
  pay,
  codeOf,
  providers,
  returnOf,
  sold,
  tell,
  untilRefund,
  yesTo,
  type CounterStage,
} from "./counter-stage.ts";
import { until } from "./until.ts";

/** A payer whose wallet has a coupon that the shop funds. */
const shopsCoupon = "0602";
let stage: CounterStage;
beforeAll(async () => {
  stage = await counterStage({ lateQueryMs: 60_000 });
});
afterAll(() => stage.stop());

const claimed = (till: CounterStage["tills"]["a1"], claim: object) =>
  till.ask({ method: "POST", path: "/v1/returns", body: claim });
const pinOf = (name: string) => stage.bench.pins.find((shown) => shown.name === name)!.pin;

describe.each(providers)("a return, %s", (channel) => {
  it("of the whole sale goes back to the payment once, and the books say where it was", async () => {
    const original = await sold(stage.tills.a1, 11_300, channel);
    const back = returnOf(original, 11_300, stage.tills.a1, channel);
    expect((await claimed(stage.tills.a1, back.claim)).statusCode).toBe(200);
    await tell(stage.tills.a1, { kind: "saleCompleted", body: back.completed });
    await untilRefund(stage.tills.a1, back.refund, "succeeded");
    expect(stage.truth(channel, original.attempt)).toEqual({ moved: 11_300, givenBack: 11_300 });
    const rows = await stage.bench.parts.database
      .selectFrom("ledger_transfer")
      .select(["debit", "credit", "amount"])
      .where("subject", "in", [back.sale, back.refund])
      .orderBy("at")
      .orderBy("n")
      .execute();
    expect(rows).toEqual([
      { debit: "returns/1300", credit: `refundsOwed/${channel}-sandbox`, amount: 10_000 },
      { debit: "outputTax/1300", credit: `refundsOwed/${channel}-sandbox`, amount: 1_300 },
      { debit: `refundsOwed/${channel}-sandbox`, credit: `receivable/${channel}-sandbox`, amount: 11_300 },
    ]);
  });

  it("in parts never gives back more than was paid, whatever two tills ask at once", async () => {
    const original = await sold(stage.tills.a1, 1_000, channel);
    const first = returnOf(original, 600, stage.tills.a1, channel);
    const second = returnOf(original, 600, stage.tills.a2, channel);
    const answers = await Promise.all([claimed(stage.tills.a1, first.claim), claimed(stage.tills.a2, second.claim)]);
    expect(answers.map(({ statusCode }) => statusCode).toSorted()).toEqual([200, 409]);
  });

  it("promised twice offline is executed once; the other waits for a person", async () => {
    const original = await sold(stage.tills.a1, 2_000, channel);
    const first = returnOf(original, 2_000, stage.tills.a1, channel);
    const second = returnOf(original, 2_000, stage.tills.a2, channel);
    await tell(stage.tills.a1, { kind: "saleCompleted", body: first.completed });
    await tell(stage.tills.a2, { kind: "saleCompleted", body: second.completed });
    await untilRefund(stage.tills.a1, first.refund, "succeeded");
    expect(stage.truth(channel, original.attempt)?.givenBack).toBe(2_000);
    const exceptions = await stage.bench.parts.database
      .selectFrom("exception_item")
      .select("kind")
      .where("subject", "=", second.refund)
      .execute();
    expect(exceptions).toEqual([{ kind: "refundAboveLeft" }]);
  });

  it("whose shop's balance is short stays owed and is paid by a later try", async () => {
    const original = await sold(stage.tills.a1, 700, channel);
    await stage.control("/refunds", { provider: channel, next: "shopBalance", order: original.attempt });
    const back = returnOf(original, 700, stage.tills.a1, channel);
    await tell(stage.tills.a1, { kind: "saleCompleted", body: back.completed });
    await until(
      async () => (await stage.tills.a1.ask({ path: `/v1/refunds/${back.refund}` })).json(),
      (body) => (body as { state: string }).state === "failed",
    );
    expect(stage.truth(channel, original.attempt)?.givenBack).toBe(0);
    const { database } = stage.bench.parts;
    await until(
      async () => {
        await database.updateTable("job").set({ due_at: 0 }).where("subject", "=", back.refund).execute();
        return stage.truth(channel, original.attempt)?.givenBack;
      },
      (givenBack) => givenBack === 700,
    );
    await untilRefund(stage.tills.a1, back.refund, "succeeded");
    expect(stage.truth(channel, original.attempt)?.givenBack).toBe(700);
  });

  it("is found by receipt, our number, the provider's number and the receipt's last digits, with what is left", async () => {
    const original = await sold(stage.tills.a1, 900, channel);
    const back = returnOf(original, 400, stage.tills.a1, channel);
    await tell(stage.tills.a1, { kind: "saleCompleted", body: back.completed });
    const [tender] = original.completed.tenders;
    const numbers = [
      original.completed.receipt,
      original.sale,
      original.attempt,
      tender?.kind === "payment" ? tender.providerTransactionId : "",
    ];
    for (const number of numbers) {
      const found = (await stage.tills.a2.ask({ path: `/v1/sales?number=${number}` })).json<{
        sales: SoldSaleFound[];
      }>();
      expect(found.sales.map((each) => each.body.sale.id)).toEqual([original.sale]);
      expect(found.sales[0]).toMatchObject({
        returned: [{ line: 1, thousandths: 0, amount: 400 }],
        left: [{ kind: "payment", attempt: original.attempt, left: { amount: 500 } }],
      });
    }
  });

  it("taken off an open sale goes back out of suspense", async () => {
    const begun = await pay(stage.tills.a1, 450, channel, codeOf(channel));
    const refund = newId<RefundId>(stage.tills.a1);
    const body = { attempt: begun.attempt, sale: begun.sale, refund, amount: money(450, "CNY"), channel };
    await tell(stage.tills.a1, { kind: "tenderReturned", body }, yesTo("returnTender", begun.sale, 450));
    await untilRefund(stage.tills.a1, refund, "succeeded");
    expect(stage.truth(channel, begun.attempt)).toEqual({ moved: 450, givenBack: 450 });
  });
});

it.runIf("wechat" === "wechat")(
  "that the provider closed goes on under a new number until it is paid, once",
  async () => {
    const original = await sold(stage.tills.a1, 830, "wechat");
    await stage.control("/refunds", { provider: "wechat", next: "closed", order: original.attempt });
    const back = returnOf(original, 830, stage.tills.a1, "wechat");
    await tell(stage.tills.a1, { kind: "saleCompleted", body: back.completed });
    const { database } = stage.bench.parts;
    await until(
      async () => {
        await database.updateTable("job").set({ due_at: 0 }).where("kind", "=", "refund").execute();
        return stage.truth("wechat", original.attempt)?.givenBack;
      },
      (givenBack) => givenBack === 830,
    );
    const refunds = await database
      .selectFrom("refund")
      .select(["id", "state"])
      .where("attempt", "=", original.attempt)
      .execute();
    expect(refunds.length).toBe(2);
    expect(
      await database.selectFrom("exception_item").select("kind").where("subject", "=", back.refund).execute(),
    ).toEqual([]);
  },
);

describe("the second person of a return", () => {
  const ask = async (over: object) => {
    const original = await sold(stage.tills.a1, 300, "wechat");
    const back = returnOf(original, 300, stage.tills.a1, "wechat");
    return claimed(stage.tills.a1, { ...back.claim, ...over });
  };
  it.each<[string, () => object, number, string | null]>([
    ["a cashier alone", () => ({ asker: "staff-1" }), 403, "approvalNeeded"],
    ["a wrong PIN", () => ({ asker: "staff-1", approval: { by: "staff-4", pin: "000000" } }), 401, "wrongPin"],
    ["one's own PIN", () => ({ asker: "staff-1", approval: { by: "staff-1", pin: pinOf("王芳") } }), 403, "forbidden"],
    [
      "a second cashier",
      () => ({ asker: "staff-1", approval: { by: "staff-2", pin: pinOf("陈亮") } }),
      403,
      "forbidden",
    ],
    ["the supervisor", () => ({ asker: "staff-1", approval: { by: "staff-4", pin: pinOf("赵磊") } }), 200, null],
    ["somebody of another store", () => ({ asker: "staff-3" }), 403, "forbidden"],
  ])("%s", async (_who, over, status, code) => {
    const answer = await ask(over());
    expect(answer.statusCode).toBe(status);
    if (code !== null) expect(answer.json()).toMatchObject({ code });
    else expect(answer.json()).toMatchObject({ approval: { act: "return", by: "staff-4", amount: { amount: 300 } } });
  });
});

it("a refund that is only taken on leaves the receivable at once by what the provider takes: the shop's own coupon never was in it", async () => {
  const original = await sold(stage.tills.a1, 5_000, "wechat", shopsCoupon);
  await stage.control("/refunds", { provider: "wechat", next: "stays", order: original.attempt });
  const back = returnOf(original, 5_000, stage.tills.a1, "wechat");
  await tell(stage.tills.a1, { kind: "saleCompleted", body: back.completed });
  await untilRefund(stage.tills.a1, back.refund, "processing");
  const rows = await stage.bench.parts.database
    .selectFrom("ledger_transfer")
    .select(["debit", "credit", "amount"])
    .where("subject", "in", [original.attempt, back.refund])
    .execute();
  const receivable = "receivable/wechat-sandbox";
  const moved = rows.map(({ debit, credit, amount }) =>
    debit === receivable ? amount : credit === receivable ? -amount : 0,
  );
  expect(Math.max(...moved)).toBeLessThan(5_000);
  expect(moved.reduce((sum, amount) => sum + amount, 0)).toBe(0);
});
