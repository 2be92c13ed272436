import { describe, expect, it } from "vitest";
import { charge, hung, signal } from "./acts.ts";
import type { Lie, Play, ProviderFacts, ProviderStage } from "./provider-stage.ts";

/** How a payment that was undone may read afterwards. */
const ended = ["reversed", "closed"];

/** The customer shows a code: charge, silence, reversal, replay. */
export function consumerPresented(open: () => ProviderStage, facts: ProviderFacts): void {
  describe("the charge", () => answersToCharge(open, facts));
  describe("silence", () => silences(open, facts));
  describe("the reversal", () => reversals(open, facts));
  describe("the same id again", () => replays(open));
}

function answersToCharge(open: () => ProviderStage, { deviations }: ProviderFacts): void {
  it("a paid code is captured with its three amounts, number and time", async () => {
    const stage = open();
    const request = stage.charge("paysAtOnce");
    const amount = request.amount.amount;
    expect(await charge(stage, request)).toEqual({
      kind: "captured",
      amounts: { order: amount, receivable: amount, paid: amount, discounts: [] },
      providerTransactionId: expect.stringMatching(/^\w{10,64}$/u),
      at: stage.clock.now(),
    });
    expect(stage.truth(request)).toEqual({ moved: amount, givenBack: 0 });
  });

  it.each<[Play, string]>([
    ["cannotPay", "notEnough"],
    ["codeRefused", "codeInvalid"],
  ])("%s is declined as %s and no money moves", async (play, reason) => {
    const stage = open();
    const request = stage.charge(play);
    expect(await charge(stage, request)).toMatchObject({ kind: "declined", reason });
    expect(stage.truth(request)?.moved ?? 0).toBe(0);
  });

  it("a password asked keeps the attempt open until the payer confirms, then a query captures it", async () => {
    const stage = open();
    const request = stage.charge("paysAfterPassword");
    expect(await charge(stage, request)).toEqual({ kind: "payerPrompted" });
    expect(await stage.provider.query(request, signal)).toEqual({ kind: "payerPrompted" });
    await stage.clock.advance(10_000);
    expect(await stage.provider.query(request, signal)).toMatchObject({
      kind: "captured",
      amounts: { order: request.amount.amount },
    });
  });

  it("a payer who cancels the password is told by query as a certain no", async () => {
    const stage = open();
    const request = stage.charge("cancels");
    expect(await charge(stage, request)).toEqual({ kind: "payerPrompted" });
    await stage.clock.advance(10_000);
    expect(await stage.provider.query(request, signal)).toMatchObject(
      deviations.cancelReadsClosed === undefined ? { kind: "declined", reason: "notPaid" } : { kind: "closed" },
    );
    expect(stage.truth(request)).toEqual({ moved: 0, givenBack: 0 });
  });

  it("a number the provider does not know is no refusal: the payment may still be on its way", async () => {
    const stage = open();
    expect(await stage.provider.query(stage.charge("paysAtOnce"), signal)).toMatchObject({
      kind: "silence",
      why: "notFound",
    });
  });

  it("an aborted signal ends the exchange as silence at once", async () => {
    const stage = open();
    const stop = new AbortController();
    stage.lie("hangs");
    const outcome = stage.provider.charge(stage.charge("paysAtOnce"), stop.signal);
    stop.abort();
    expect(await outcome).toEqual({ kind: "silence", why: "network" });
  });
}

function silences(open: () => ProviderStage, { lies }: ProviderFacts): void {
  it.each<[Play, number]>([
    ["systemErrorPaid", 1],
    ["cutPaid", 1],
    ["wronglySigned", 1],
    ["systemErrorUnpaid", 0],
    ["cutUnpaid", 0],
  ])("%s is silence, and a query with the same id finds what happened", async (play, isPaid) => {
    const stage = open();
    const request = stage.charge(play);
    expect(await charge(stage, request)).toMatchObject({ kind: "silence" });
    const asked = await stage.provider.query(request, signal);
    expect(asked.kind).toBe(isPaid === 1 ? "captured" : "silence");
    expect(stage.truth(request)?.moved ?? 0).toBe(isPaid * request.amount.amount);
  });

  it("an answer later than the exchange's own limit is silence, and the query finds the payment", async () => {
    const stage = open();
    const request = stage.charge("answersLate");
    expect(await hung(stage, charge(stage, request))).toEqual({ kind: "silence", why: "timeout" });
    expect(await stage.provider.query(request, signal)).toMatchObject({ kind: "captured" });
  });

  it.each(lies.charge)("a charge whose answer suffers %s is silence, never a yes and never a no", async (lie) => {
    const stage = open();
    const request = stage.charge("paysAtOnce");
    stage.lie(lie);
    expect(await hung(stage, charge(stage, request))).toMatchObject({ kind: "silence" });
    expect(await stage.provider.query(request, signal)).toMatchObject({ kind: "captured" });
  });

  it.each(lies.query)("a query whose answer suffers %s is silence, and the next one is true", async (lie) => {
    const stage = open();
    const request = stage.charge("paysAtOnce");
    await charge(stage, request);
    stage.lie(lie);
    expect(await hung(stage, stage.provider.query(request, signal))).toMatchObject({ kind: "silence" });
    expect(await stage.provider.query(request, signal)).toMatchObject({ kind: "captured" });
  });

  it.each<Lie>(["requestLost", "hangs"])(
    "a charge that suffers %s moves nothing, and its id can be closed",
    async (lie) => {
      const stage = open();
      const request = stage.charge("paysAtOnce");
      stage.lie(lie);
      expect(await hung(stage, charge(stage, request))).toMatchObject({ kind: "silence" });
      expect(await stage.provider.reverse(request, signal)).toMatchObject({ kind: "reversed" });
      expect(await charge(stage, request)).toEqual({ kind: "closed" });
      expect(stage.truth(request)?.moved ?? 0).toBe(0);
    },
  );
}

function reversals(open: () => ProviderStage, { lies, deviations }: ProviderFacts): void {
  it("a paid attempt is given back in full and reads reversed with money moved", async () => {
    const stage = open();
    const request = stage.charge("paysAtOnce");
    await charge(stage, request);
    const told = await stage.provider.reverse(request, signal);
    expect(told.kind === "reversed" && told.hadMoved).not.toBe(false);
    expect(ended).toContain((await stage.provider.query(request, signal)).kind);
    expect(stage.truth(request)).toEqual({ moved: request.amount.amount, givenBack: request.amount.amount });
  });

  it("an unpaid attempt is closed by it, and a confirmation that comes later moves nothing", async () => {
    const stage = open();
    const request = stage.charge("paysAfterPassword");
    await charge(stage, request);
    expect(await stage.provider.reverse(request, signal)).toMatchObject({ kind: "reversed" });
    await stage.clock.advance(20_000);
    const asked = await stage.provider.query(request, signal);
    expect(ended).toContain(asked.kind);
    expect(asked.kind === "reversed" && asked.hadMoved).not.toBe(true);
    expect(stage.truth(request)).toEqual({ moved: 0, givenBack: 0 });
  });

  it("an id the provider never saw is closed for ever: a charge that arrives later is refused", async () => {
    const stage = open();
    const request = stage.charge("paysAtOnce");
    expect(await stage.provider.reverse(request, signal)).toMatchObject({ kind: "reversed" });
    expect(await charge(stage, request)).toEqual({ kind: "closed" });
    expect(stage.truth(request)?.moved ?? 0).toBe(0);
  });

  if (deviations.neverTypes === undefined) {
    it("while the payer types it is not yet, and the next one works", async () => {
      const stage = open();
      const request = stage.charge("typingAtReverse");
      await charge(stage, request);
      expect(await stage.provider.reverse(request, signal)).toEqual({ kind: "notYet" });
      expect(await stage.provider.reverse(request, signal)).toMatchObject({ kind: "reversed" });
    });
  }

  it("a reversal that fails is repeated until it works, and repeating a done one changes nothing", async () => {
    const stage = open();
    const request = stage.charge("reverseFailsTwice");
    await charge(stage, request);
    const told: string[] = [];
    for (let turn = 0; turn < 4; turn++) told.push((await stage.provider.reverse(request, signal)).kind);
    expect(told).toEqual(["silence", "silence", "reversed", "reversed"]);
  });

  it("a payment made in the moment of the reversal is given back once", async () => {
    const stage = open();
    const request = stage.charge("paysAtReverse");
    await charge(stage, request);
    await stage.provider.reverse(request, signal);
    await stage.provider.reverse(request, signal);
    expect(stage.truth(request)).toEqual({ moved: request.amount.amount, givenBack: request.amount.amount });
  });

  it.each(lies.reverse)("a reversal whose answer suffers %s is silence, and repeating it is safe", async (lie) => {
    const stage = open();
    const request = stage.charge("paysAtOnce");
    await charge(stage, request);
    stage.lie(lie);
    expect(await hung(stage, stage.provider.reverse(request, signal))).toMatchObject({ kind: "silence" });
    expect(await stage.provider.reverse(request, signal)).toMatchObject({ kind: "reversed" });
    expect(stage.truth(request)).toEqual({ moved: request.amount.amount, givenBack: request.amount.amount });
  });
}

function replays(open: () => ProviderStage): void {
  it("charging an id twice takes the money once and says nothing certain the second time", async () => {
    const stage = open();
    const request = stage.charge("paysAtOnce");
    await charge(stage, request);
    expect(await charge(stage, { ...request, code: stage.charge("paysAtOnce").code })).toMatchObject({
      kind: "silence",
      why: "numberUsed",
    });
    expect(stage.truth(request)).toEqual({ moved: request.amount.amount, givenBack: 0 });
  });

  it("an id used for another amount never captures that amount", async () => {
    const stage = open();
    const request = stage.charge("paysAtOnce");
    await charge(stage, request);
    const other = {
      ...stage.charge("paysAtOnce", {
        amount: { ...request.amount, amount: (request.amount.amount + 1) as typeof request.amount.amount },
      }),
      id: request.id,
    };
    expect(await charge(stage, other)).toMatchObject({ kind: "silence" });
    expect(await stage.provider.query(other, signal)).toMatchObject({ kind: "silence", why: "body" });
  });

  it("a code pays once: the second id it is used for is declined", async () => {
    const stage = open();
    const request = stage.charge("paysAtOnce");
    await charge(stage, request);
    expect(await charge(stage, { ...stage.charge("paysAtOnce"), code: request.code })).toMatchObject({
      kind: "declined",
      reason: "codeInvalid",
    });
  });

  it("each method is exactly one exchange", async () => {
    const stage = open();
    const request = stage.charge("paysAtOnce");
    await charge(stage, request);
    await stage.provider.query(request, signal);
    await stage.provider.reverse(request, signal);
    expect(stage.requests()).toBe(3);
  });
}
