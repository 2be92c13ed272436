import { describe, expect, it } from "vitest";
import type { NotificationMessage } from "../../../src/gateway/provider.ts";
import { captured, scanned, signal } from "./acts.ts";
import type { ProviderFacts, ProviderStage } from "./provider-stage.ts";

const dayMs = 86_400_000;
const account = "account";

/** What the provider tells by itself. */
export function notifications(open: () => ProviderStage, facts: ProviderFacts): void {
  describe("of a payment", () => payments(open));
  if (facts.deviations.noRefundNotification === undefined) describe("of a refund", () => ofRefunds(open));
  describe("that are not to be believed", () => forgeries(open, facts));
}

/** A paid shown code and the first notification of it. */
async function paid(stage: ProviderStage) {
  const request = await scanned(stage, "paysAtOnce");
  await stage.clock.advance(5_000);
  return { request, message: only(stage.notifications()) };
}

function only(messages: readonly NotificationMessage[]): NotificationMessage {
  const [message] = messages;
  if (message === undefined || messages.length > 1) throw new Error(`${messages.length} notifications came`);
  return message;
}

function payments(open: () => ProviderStage): void {
  it("a payment is told with number and amounts, and says what a query says", async () => {
    const stage = open();
    const { request, message } = await paid(stage);
    expect(await stage.provider.readNotification(account, message)).toEqual({
      kind: "payment",
      notification: expect.stringMatching(/^[\w-]{6,64}$/u),
      id: request.id,
      outcome: await stage.provider.query(request, signal),
    });
  });

  it("read twice it is the same notification with the same outcome", async () => {
    const stage = open();
    const { message } = await paid(stage);
    const first = await stage.provider.readNotification(account, message);
    expect(await stage.provider.readNotification(account, message)).toEqual(first);
  });

  it("taken, it is not sent again", async () => {
    const stage = open();
    await paid(stage);
    await stage.clock.advance(2 * dayMs);
    expect(stage.notifications()).toHaveLength(1);
  });

  it.each(["refused", "later"] as const)(
    "answered %s it comes again and reads the same; taken, it stops",
    async (verdict) => {
      const stage = open();
      stage.answerNotifications(verdict);
      const { message } = await paid(stage);
      const first = await stage.provider.readNotification(account, message);
      for (let step = 0; step < 40 && stage.notifications().length < 2; step++) await stage.clock.advance(15_000);
      const [, again] = stage.notifications();
      if (again === undefined) throw new Error("it did not come again");
      expect(await stage.provider.readNotification(account, again)).toEqual(first);
      stage.answerNotifications("taken");
      await stage.clock.advance(2 * dayMs);
      expect(stage.notifications()).toHaveLength(3);
    },
  );
}

function ofRefunds(open: () => ProviderStage): void {
  async function refunded(stage: ProviderStage) {
    const { request, capture } = await captured(stage);
    const refund = stage.refund(request, capture, 500);
    await stage.provider.refund(refund, signal);
    await stage.clock.advance(10_000);
    return { request, refund, message: only(stage.notifications()) };
  }

  it("a refund is told with the payment's number and its own, and is asked about or believed", async () => {
    const stage = open();
    const { request, refund, message } = await refunded(stage);
    const reading = await stage.provider.readNotification(account, message);
    expect(reading).toMatchObject({ kind: "refund", payment: request.id, refund: refund.id });
    expect(reading.kind === "refund" && ["accepted", "succeeded"].includes(reading.outcome.kind)).toBe(true);
  });

  it("a refund's notification changed by a byte is refused", async () => {
    const stage = open();
    const { message } = await refunded(stage);
    expect(await stage.provider.readNotification(account, stage.forged(message, "byteChanged"))).toMatchObject({
      kind: "refused",
    });
  });
}

function forgeries(open: () => ProviderStage, facts: ProviderFacts): void {
  it.each(facts.forgeries)(
    "one that is forged by %s is refused, and the true one is still believed",
    async (forgery) => {
      const stage = open();
      const { message } = await paid(stage);
      expect(await stage.provider.readNotification(account, stage.forged(message, forgery))).toMatchObject({
        kind: "refused",
      });
      expect(await stage.provider.readNotification(account, message)).toMatchObject({ kind: "payment" });
    },
  );

  it("one for another account of ours is refused there", async () => {
    const stage = open();
    const { message } = await paid(stage);
    expect(await stage.provider.readNotification(stage.otherAccount, message)).toMatchObject({ kind: "refused" });
  });

  it.each(["", "{}", "[]", "null", "\u0000", "<xml></xml>"])(
    "the body %j is refused, not thrown about",
    async (body) => {
      const stage = open();
      const { message } = await paid(stage);
      const told = await stage.provider.readNotification(account, { ...message, body: Buffer.from(body) });
      expect(told).toMatchObject({ kind: "refused" });
    },
  );

  it("the answers are 2xx for taken and never for the others", () => {
    const { provider } = open();
    expect(provider.notificationAnswer("taken").status).toBe(200);
    expect(provider.notificationAnswer("refused")).not.toEqual(provider.notificationAnswer("taken"));
    expect(provider.notificationAnswer("later")).not.toEqual(provider.notificationAnswer("taken"));
  });
}
