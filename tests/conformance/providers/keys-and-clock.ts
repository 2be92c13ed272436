import { expect, it } from "vitest";
import { captured, charge, scanned, signal } from "./acts.ts";
import type { ProviderFacts, ProviderStage } from "./provider-stage.ts";

const account = "account";

/** The provider changes its key; the shop's clock is wrong. */
export function keysAndClock(open: () => ProviderStage, { deviations }: ProviderFacts): void {
  it("a key the provider changes to is believed at once, in answers and notifications, without a stop", async () => {
    const stage = open();
    const { request } = await captured(stage);
    stage.rotateKeys();
    expect(await stage.provider.query(request, signal)).toMatchObject({ kind: "captured" });
    const later = await captured(stage);
    expect(stage.truth(later.request)?.moved).toBe(later.request.amount.amount);
    await scanned(stage, "paysAtOnce");
    await stage.clock.advance(5_000);
    const [message] = stage.notifications();
    if (message === undefined) throw new Error("no notification came");
    expect(await stage.provider.readNotification(account, message)).toMatchObject({ kind: "payment" });
  });

  it.each([-240_000, 240_000])("a shop's clock that is wrong by %i ms still charges", async (ms) => {
    const stage = open();
    stage.skewShopClock(ms);
    expect((await captured(stage)).capture.kind).toBe("captured");
  });

  if (deviations.anyRequestTime === undefined) {
    it.each([-600_000, 600_000])("a shop's clock that is wrong by %i ms is refused, and no money moves", async (ms) => {
      const stage = open();
      stage.skewShopClock(ms);
      const request = stage.charge("paysAtOnce");
      expect((await charge(stage, request)).kind).not.toBe("captured");
      expect(stage.truth(request)?.moved ?? 0).toBe(0);
    });
  }
}
