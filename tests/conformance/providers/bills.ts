import { expect, it } from "vitest";
import type { BillKind, BillPart, FlowRow, TradeRow } from "../../../src/domain/bills/bill.ts";
import { footerDifferences } from "../../../src/domain/bills/totals.ts";
import { captured, charge, refundEnd, signal } from "./acts.ts";
import { sourceOf } from "../../fakes/bill-source.ts";
import type { ProviderStage } from "./provider-stage.ts";

/** The stage's clock begins on this day, at 19:00 in Beijing. */
const day = "2026-11-21";
const dayMs = 86_400_000;

/** The provider's bills, from the asking to the last row. */
export function bills(open: () => ProviderStage): void {
  it("of a day that is not over there is none yet", async () => {
    const stage = open();
    await captured(stage);
    for (const kind of stage.provider.bills.kinds)
      expect(["none", "notReady"]).toContain((await fetched(stage, kind)).kind);
  });

  it("of a day without payments there is none", async () => {
    const stage = open();
    await stage.clock.advance(dayMs);
    expect(await fetched(stage, "trade")).toMatchObject({ kind: "none" });
  });

  it("name every payment, refund and reversal of ours by our number, with the amounts that were told, and add up", async () => {
    const stage = open();
    const plain = await captured(stage);
    const coupon = await captured(stage, "couponOfShop");
    const refund = stage.refund(plain.request, plain.capture, 500);
    await refundEnd(stage, refund, await stage.provider.refund(refund, signal));
    const undone = await captured(stage);
    await stage.clock.advance(20_000);
    expect(await stage.provider.reverse(undone.request, signal)).toMatchObject({ kind: "reversed" });
    const declined = stage.charge("cannotPay");
    await charge(stage, declined);
    await stage.clock.advance(dayMs);

    const { rows, parts } = await readTrade(stage);
    expect(footerDifferences(parts.counted, parts.footer)).toEqual([]);
    for (const { request, capture } of [plain, coupon])
      expect(rows.filter(({ order, kind }) => order === request.id && kind === "payment")).toMatchObject([
        {
          transaction: capture.providerTransactionId,
          amount: capture.amounts.order,
          receivable: capture.amounts.receivable,
        },
      ]);
    expect(rows.filter((row) => row.refund === refund.id)).toMatchObject([
      { kind: "refund", order: plain.request.id, amount: 500, receivable: 500 },
    ]);
    const ofUndone = rows.filter(({ order, kind }) => order === undone.request.id && kind !== "payment");
    expect(ofUndone).toMatchObject([{ refund: "", amount: undone.request.amount.amount }]);
    expect(rows.some(({ order }) => order === declined.id)).toBe(false);
  });

  it("the fund flow tells the same money: payments and refunds less their fees", async () => {
    const stage = open();
    const { request, capture } = await captured(stage);
    const refund = stage.refund(request, capture, 500);
    await refundEnd(stage, refund, await stage.provider.refund(refund, signal));
    await stage.clock.advance(dayMs);
    const { parts } = await readTrade(stage);
    const flow = await readFlow(stage);
    expect(footerDifferences(flow.end.counted, flow.end.footer)).toEqual([]);
    const { receivable, taken, fee } = parts.counted;
    const moved = flow.rows.reduce((all, row) => all + row.amount, 0);
    expect(moved * 1_000).toBe(((receivable ?? 0) - (taken ?? 0)) * 1_000 - (fee ?? 0));
    expect(flow.rows.map(({ kind }) => kind)).not.toContain("other");
    const last = flow.rows.at(-1);
    const first = flow.rows[0];
    expect((last?.balance ?? 0) - (first?.balance ?? 0) + (first?.amount ?? 0)).toBe(moved);
  });
}

function fetched(stage: ProviderStage, kind: BillKind) {
  const request = { accountId: "account", kind, day, withinMs: 10_000, downloadWithinMs: 60_000 };
  return stage.provider.fetchBill(request, signal);
}

async function partsOf(stage: ProviderStage, kind: BillKind): Promise<readonly BillPart[]> {
  const outcome = await fetched(stage, kind);
  if (outcome.kind !== "file") throw new Error(`no file: ${JSON.stringify(outcome)}`);
  const pieces: Uint8Array[] = [];
  for await (const piece of outcome.bytes) pieces.push(piece);
  const owner = { account: await stage.provider.billAccount("account"), day };
  const source = { ...sourceOf(Buffer.concat(pieces)), announced: outcome.announced, owner };
  const parts: BillPart[] = [];
  for await (const part of stage.provider.readBill(kind, source)) parts.push(part);
  return parts;
}

async function readTrade(stage: ProviderStage) {
  const all = await partsOf(stage, "trade");
  const rows: readonly TradeRow[] = all.flatMap((part) => (part.kind === "trade" ? [...part.rows] : []));
  const parts = all.at(-1);
  if (parts?.kind !== "end") throw new Error("no end");
  return { rows, parts };
}

async function readFlow(stage: ProviderStage) {
  const all = await partsOf(stage, "fundFlow");
  const rows: readonly FlowRow[] = all.flatMap((part) => (part.kind === "flow" ? [...part.rows] : []));
  const end = all.at(-1);
  if (end?.kind !== "end") throw new Error("no end");
  return { rows, end };
}
