import { describe, expect, it } from "vitest";
import { plusMs } from "../../../src/domain/clock.ts";
import { hung, queriedCapture, scanned, shown, signal } from "./acts.ts";
import type { Lie, ProviderFacts, ProviderStage } from "./provider-stage.ts";

/** The shop shows a code and the customer scans it: prompt, expiry, close, silence. */
export function merchantPresented(open: () => ProviderStage, facts: ProviderFacts): void {
  describe("the scan", () => scans(open, facts));
  describe("its end", () => ends(open));
  describe("silence", () => silences(open, facts));
}

/** What a query may say of a code that nobody has paid yet. */
const unpaid = ({ deviations }: ProviderFacts) =>
  deviations.noOrderBeforeScan === undefined ? { kind: "payerPrompted" } : { kind: "silence", why: "notFound" };

function scans(open: () => ProviderStage, facts: ProviderFacts): void {
  it("a code nobody scanned is open, and one that was scanned and paid is captured with its three amounts", async () => {
    const stage = open();
    const request = stage.prompt();
    const content = await shown(stage, request);
    expect(await stage.provider.query(request, signal)).toMatchObject(unpaid(facts));
    await stage.scan(content, "paysAtOnce");
    const amount = request.amount.amount;
    expect(await queriedCapture(stage, request)).toMatchObject({
      amounts: { order: amount, receivable: amount, paid: amount, discounts: [] },
      at: stage.clock.now(),
    });
    expect(stage.truth(request)).toEqual({ moved: amount, givenBack: 0 });
  });

  it("while the payer is asked for the password it is open, then captured", async () => {
    const stage = open();
    const request = await scanned(stage, "paysAfterPassword");
    expect(await stage.provider.query(request, signal)).toEqual({ kind: "payerPrompted" });
    await stage.clock.advance(10_000);
    expect(await queriedCapture(stage, request)).toMatchObject({ amounts: { order: request.amount.amount } });
  });

  it.each(["cancels", "cannotPay"] as const)(
    "a payer who %s leaves it unpaid, and another may still pay it",
    async (play) => {
      const stage = open();
      const request = stage.prompt();
      const content = await shown(stage, request);
      await stage.scan(content, play);
      await stage.clock.advance(10_000);
      expect(["payerPrompted", "declined"]).toContain((await stage.provider.query(request, signal)).kind);
      expect(stage.truth(request)?.moved ?? 0).toBe(0);
      expect(await stage.scan(content, "paysAtOnce")).toBe(true);
      expect(await queriedCapture(stage, request)).toMatchObject({ kind: "captured" });
    },
  );

  it("asked for twice it is one order: either code pays it, and only once", async () => {
    const stage = open();
    const request = stage.prompt();
    const [first, second] = [await shown(stage, request), await shown(stage, request)];
    expect(await stage.scan(first, "paysAtOnce")).toBe(true);
    expect(await stage.scan(second, "paysAtOnce")).toBe(false);
    expect(stage.truth(request)).toEqual({ moved: request.amount.amount, givenBack: 0 });
    expect((await stage.provider.prompt(request, signal)).kind).not.toBe("codeReady");
  });

  if (facts.deviations.promptRebinds === undefined) {
    it("a number that is shown for one amount shows no code for another", async () => {
      const stage = open();
      const request = stage.prompt();
      await shown(stage, request);
      const amount = { ...request.amount, amount: (request.amount.amount + 1) as typeof request.amount.amount };
      expect((await stage.provider.prompt({ ...request, amount }, signal)).kind).not.toBe("codeReady");
    });
  }

  it("the shop's own coupon lowers what it receives of a scanned payment", async () => {
    const stage = open();
    const request = await scanned(stage, "couponOfShop");
    const { order, receivable } = (await queriedCapture(stage, request)).amounts;
    expect(order).toBe(request.amount.amount);
    expect(receivable).toBeLessThan(order);
  });

  it("each method is exactly one exchange", async () => {
    const stage = open();
    const request = await scanned(stage, "neverAnswers");
    await stage.provider.query(request, signal);
    await stage.provider.close(request, signal);
    expect(stage.requests()).toBe(3);
  });
}

function ends(open: () => ProviderStage): void {
  it("a code past its time is not paid any more, and closing it is certain", async () => {
    const stage = open();
    const request = stage.prompt({ expiresAt: plusMs(stage.clock.now(), 120_000) });
    const content = await shown(stage, request);
    await stage.clock.advance(120_001);
    expect(await stage.scan(content, "paysAtOnce")).toBe(false);
    expect(await stage.provider.close(request, signal)).toMatchObject({ kind: "closed" });
    expect(stage.truth(request)?.moved ?? 0).toBe(0);
  });

  it("closed unpaid, nobody can pay it, closing it again says the same, and its number shows no code", async () => {
    const stage = open();
    const request = stage.prompt();
    const content = await shown(stage, request);
    expect(await stage.provider.close(request, signal)).toEqual({ kind: "closed" });
    expect(await stage.scan(content, "paysAtOnce")).toBe(false);
    expect(await stage.provider.close(request, signal)).toEqual({ kind: "closed" });
    expect((await stage.provider.prompt(request, signal)).kind).not.toBe("codeReady");
    expect(stage.truth(request)?.moved ?? 0).toBe(0);
  });

  it("closed while the payer is asked for the password, a confirmation that comes later moves nothing", async () => {
    const stage = open();
    const request = await scanned(stage, "paysAfterPassword");
    expect(await stage.provider.close(request, signal)).toMatchObject({ kind: "closed" });
    await stage.clock.advance(20_000);
    expect(stage.truth(request)?.moved ?? 0).toBe(0);
  });

  it.each(["paysAtOnce", "paysAtReverse"] as const)(
    "paid before the closing arrives (%s) it is captured, or given back in full: never closed",
    async (play) => {
      const stage = open();
      const request = await scanned(stage, play);
      const outcome = await stage.provider.close(request, signal);
      expect(outcome.kind === "reversed").toBe(stage.provider.closeGivesBack);
      if (outcome.kind === "reversed") {
        expect(stage.truth(request)).toEqual({ moved: request.amount.amount, givenBack: request.amount.amount });
        return;
      }
      expect(["captured", "silence"]).toContain(outcome.kind);
      expect(await queriedCapture(stage, request)).toMatchObject({ amounts: { order: request.amount.amount } });
      expect(stage.truth(request)).toEqual({ moved: request.amount.amount, givenBack: 0 });
    },
  );

  it("closing a number the provider never saw captures nothing", async () => {
    const stage = open();
    const request = stage.prompt();
    expect(["closed", "silence"]).toContain((await stage.provider.close(request, signal)).kind);
    expect(stage.truth(request)?.moved ?? 0).toBe(0);
  });
}

function silences(open: () => ProviderStage, { lies }: ProviderFacts): void {
  const lost: readonly Lie[] = ["requestLost", "hangs"];

  it.each([...lies.prompt, ...lost])(
    "asking for a code and suffering %s is silence, and asking again is safe",
    async (lie) => {
      const stage = open();
      const request = stage.prompt();
      stage.lie(lie);
      expect(await hung(stage, stage.provider.prompt(request, signal))).toMatchObject({ kind: "silence" });
      expect(await stage.scan(await shown(stage, request), "paysAtOnce")).toBe(true);
      expect(stage.truth(request)).toEqual({ moved: request.amount.amount, givenBack: 0 });
    },
  );

  it.each([...lies.close, ...lost])(
    "a closing that suffers %s is silence, and the next one is certain",
    async (lie) => {
      const stage = open();
      const request = stage.prompt();
      await shown(stage, request);
      stage.lie(lie);
      expect(await hung(stage, stage.provider.close(request, signal))).toMatchObject({ kind: "silence" });
      expect(await stage.provider.close(request, signal)).toMatchObject({ kind: "closed" });
      expect(stage.truth(request)?.moved ?? 0).toBe(0);
    },
  );
}
