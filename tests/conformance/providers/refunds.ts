import { describe, expect, it } from "vitest";
import type { Capture } from "../../../src/gateway/provider-outcome.ts";
import { captured, charge, hung, refundEnd, scanned, queriedCapture, signal } from "./acts.ts";
import type { Lie, ProviderFacts, ProviderStage } from "./provider-stage.ts";

/** Money back: whole, in parts, again, too much, short, and through silence. */
export function refunds(open: () => ProviderStage, facts: ProviderFacts): void {
  describe("given", () => given(open, facts));
  describe("refused", () => refused(open, facts));
  describe("silence", () => silences(open, facts));
}

const ask = (stage: ProviderStage, request: Parameters<ProviderStage["provider"]["refund"]>[0]) =>
  stage.provider.refund(request, signal);

function given(open: () => ProviderStage, { deviations }: ProviderFacts): void {
  it("the whole payment goes back, and the order reads as refunded", async () => {
    const stage = open();
    const { request, capture } = await captured(stage);
    const refund = stage.refund(request, capture, request.amount.amount);
    expect(await refundEnd(stage, refund, await ask(stage, refund))).toMatchObject({
      kind: "succeeded",
      asked: request.amount.amount,
      taken: request.amount.amount,
    });
    expect(stage.truth(request)).toEqual({ moved: request.amount.amount, givenBack: request.amount.amount });
    const kind = deviations.refundedReadsReversed === undefined ? "refunded" : "reversed";
    expect(await stage.provider.query(request, signal)).toMatchObject({ kind });
  });

  it("a payment by a shown code goes back like any other", async () => {
    const stage = open();
    const request = await scanned(stage, "paysAtOnce");
    const refund = stage.refund(request, await queriedCapture(stage, request), 100);
    expect(await refundEnd(stage, refund, await ask(stage, refund))).toMatchObject({ kind: "succeeded", asked: 100 });
    expect(stage.truth(request)).toEqual({ moved: request.amount.amount, givenBack: 100 });
  });

  it("in three parts exactly the whole goes back, and not a part more", async () => {
    const stage = open();
    const { request, capture } = await captured(stage);
    const parts = [1, 4_000, request.amount.amount - 4_001];
    for (const part of parts) {
      const refund = stage.refund(request, capture, part);
      expect(await refundEnd(stage, refund, await ask(stage, refund))).toMatchObject({
        kind: "succeeded",
        asked: part,
      });
    }
    expect(await ask(stage, stage.refund(request, capture, 1))).toMatchObject({
      kind: "failed",
      reason: "aboveWhatIsLeft",
    });
    expect(stage.truth(request)).toEqual({ moved: request.amount.amount, givenBack: request.amount.amount });
  });

  it("the same number sent again gives the money back once", async () => {
    const stage = open();
    const { request, capture } = await captured(stage);
    const refund = stage.refund(request, capture, 500);
    for (let turn = 0; turn < 3; turn++) {
      expect(["accepted", "succeeded"]).toContain((await ask(stage, refund)).kind);
      await stage.clock.advance(15_000);
    }
    expect(await stage.provider.queryRefund(refund, signal)).toMatchObject({ kind: "succeeded", asked: 500 });
    expect(stage.truth(request)).toEqual({ moved: request.amount.amount, givenBack: 500 });
  });

  it("others' coupon leaves the receivable with the refund, the shop's own does not", async () => {
    const stage = open();
    const half = async (play: "couponOfOthers" | "couponOfShop") => {
      const { request, capture } = await captured(stage, play);
      const refund = stage.refund(request, capture, request.amount.amount);
      const outcome = await refundEnd(stage, refund, await ask(stage, refund));
      return { capture, outcome };
    };
    const others = await half("couponOfOthers");
    expect(others.capture.amounts.receivable).toBe(others.capture.amounts.order);
    expect(others.outcome).toMatchObject({ kind: "succeeded", taken: others.capture.amounts.order });
    const shop = await half("couponOfShop");
    expect(shop.capture.amounts.receivable).toBeLessThan(shop.capture.amounts.order);
    expect(shop.outcome).toMatchObject({
      kind: "succeeded",
      asked: shop.capture.amounts.order,
      taken: shop.capture.amounts.receivable,
    });
  });

  if (deviations.refundsEndAtOnce === undefined) {
    it.each([
      ["closed", { kind: "failed", reason: "closed" }],
      ["abnormal", { kind: "abnormal" }],
      ["stays", { kind: "accepted" }],
    ] as const)(
      "a refund taken on that ends as %s is told by its query, and no money went back",
      async (play, told) => {
        const stage = open();
        const { request, capture } = await captured(stage);
        await stage.playRefund(play);
        const refund = stage.refund(request, capture, 500);
        expect(await ask(stage, refund)).toMatchObject({ kind: "accepted" });
        await stage.clock.advance(15_000);
        expect(await stage.provider.queryRefund(refund, signal)).toMatchObject(told);
        expect(stage.truth(request)).toEqual({ moved: request.amount.amount, givenBack: 0 });
      },
    );
  }
}

function refused(open: () => ProviderStage, { deviations }: ProviderFacts): void {
  it("more than is left is refused, and nothing moves", async () => {
    const stage = open();
    const { request, capture } = await captured(stage);
    const first = stage.refund(request, capture, request.amount.amount - 10);
    await refundEnd(stage, first, await ask(stage, first));
    expect(await ask(stage, stage.refund(request, capture, 11))).toMatchObject({
      kind: "failed",
      reason: "aboveWhatIsLeft",
    });
    expect(stage.truth(request)?.givenBack).toBe(request.amount.amount - 10);
  });

  it("a number used for one amount is refused for another, and the first stands", async () => {
    const stage = open();
    const { request, capture } = await captured(stage);
    const first = stage.refund(request, capture, 500);
    await refundEnd(stage, first, await ask(stage, first));
    const other = stage.refund(request, capture, 501, { id: first.id });
    expect(await ask(stage, other)).toMatchObject({ kind: "failed", reason: "numberUsed" });
    expect(stage.truth(request)?.givenBack).toBe(500);
  });

  it("what was never paid is not given back", async () => {
    const stage = open();
    const request = await scanned(stage, "neverAnswers");
    const nothing: Capture = {
      kind: "captured",
      amounts: {
        order: request.amount.amount,
        receivable: request.amount.amount,
        paid: request.amount.amount,
        discounts: [],
      },
      providerTransactionId: "4200000000202611210000009999",
      at: stage.clock.now(),
    };
    expect(await ask(stage, stage.refund(request, nothing, 1))).toMatchObject({ kind: "failed", reason: "notPaid" });
    expect(stage.truth(request)?.givenBack ?? 0).toBe(0);
  });

  it("a reversed payment is not given back a second time", async () => {
    const stage = open();
    const { request, capture } = await captured(stage);
    await stage.provider.reverse(request, signal);
    expect((await ask(stage, stage.refund(request, capture, request.amount.amount))).kind).toBe("failed");
    expect(stage.truth(request)).toEqual({ moved: request.amount.amount, givenBack: request.amount.amount });
  });

  it("the shop's balance too short is a refusal of its own, and the same number works later", async () => {
    const stage = open();
    const { request, capture } = await captured(stage);
    await stage.playRefund("shopBalance");
    const refund = stage.refund(request, capture, 500);
    expect(await ask(stage, refund)).toMatchObject({ kind: "failed", reason: "shopBalance" });
    expect(stage.truth(request)?.givenBack).toBe(0);
    expect(await refundEnd(stage, refund, await ask(stage, refund))).toMatchObject({ kind: "succeeded" });
    expect(stage.truth(request)?.givenBack).toBe(500);
  });

  if (deviations.neverBusy === undefined) {
    it("asked too often is silence, and the same number works later", async () => {
      const stage = open();
      const { request, capture } = await captured(stage);
      await stage.playRefund("busy");
      const refund = stage.refund(request, capture, 500);
      expect(await ask(stage, refund)).toMatchObject({ kind: "silence", why: "busy" });
      expect(await refundEnd(stage, refund, await ask(stage, refund))).toMatchObject({ kind: "succeeded" });
    });
  }

  it("a refund nobody asked for is not known", async () => {
    const stage = open();
    const { request, capture } = await captured(stage);
    expect(await stage.provider.queryRefund(stage.refund(request, capture, 500), signal)).toEqual({ kind: "notKnown" });
  });

  it("each method is exactly one exchange", async () => {
    const stage = open();
    const { request, capture } = await captured(stage);
    const refund = stage.refund(request, capture, 500);
    await ask(stage, refund);
    await stage.provider.queryRefund(refund, signal);
    expect(stage.requests()).toBe(3);
  });
}

function silences(open: () => ProviderStage, { lies }: ProviderFacts): void {
  it.each(lies.refund)("a refund whose answer suffers %s is silence, and the money goes back once", async (lie) => {
    const stage = open();
    const { request, capture } = await captured(stage);
    const refund = stage.refund(request, capture, 500);
    stage.lie(lie);
    expect(await hung(stage, ask(stage, refund))).toMatchObject({ kind: "silence" });
    expect(await stage.provider.queryRefund(refund, signal)).toMatchObject({ kind: "succeeded" });
    await ask(stage, refund);
    await stage.clock.advance(15_000);
    expect(stage.truth(request)).toEqual({ moved: request.amount.amount, givenBack: 500 });
  });

  it.each<Lie>(["requestLost", "hangs"])(
    "a refund that suffers %s is silence, not known afterwards, and the same number works",
    async (lie) => {
      const stage = open();
      const { request, capture } = await captured(stage);
      const refund = stage.refund(request, capture, 500);
      stage.lie(lie);
      expect(await hung(stage, ask(stage, refund))).toMatchObject({ kind: "silence" });
      expect(await stage.provider.queryRefund(refund, signal)).toEqual({ kind: "notKnown" });
      expect(await refundEnd(stage, refund, await ask(stage, refund))).toMatchObject({ kind: "succeeded" });
      expect(stage.truth(request)?.givenBack).toBe(500);
    },
  );

  it.each(lies.queryRefund)(
    "a refund's query whose answer suffers %s is silence, and the next one is true",
    async (lie) => {
      const stage = open();
      const { request, capture } = await captured(stage);
      const refund = stage.refund(request, capture, 500);
      await ask(stage, refund);
      await stage.clock.advance(15_000);
      stage.lie(lie);
      expect(await hung(stage, stage.provider.queryRefund(refund, signal))).toMatchObject({ kind: "silence" });
      expect(await stage.provider.queryRefund(refund, signal)).toMatchObject({ kind: "succeeded", asked: 500 });
    },
  );

  it("a system error at the charge does not keep the payment from being given back", async () => {
    const stage = open();
    const request = stage.charge("systemErrorPaid");
    await charge(stage, request);
    const refund = stage.refund(request, await queriedCapture(stage, request), request.amount.amount);
    expect(await refundEnd(stage, refund, await ask(stage, refund))).toMatchObject({ kind: "succeeded" });
  });
}
