import { describe, expect, test, vi } from "vitest";
import { createInstallOffer } from "../../../src/page/install-offer.ts";
import type { Counter, RegisterState } from "../../../src/register/state.ts";

function stage(wasDeclined = false, early: Event | null = null) {
  const target = new EventTarget();
  let declined = wasDeclined;
  let isOffered = false;
  const onInstalled = vi.fn<() => void>();
  const offer = createInstallOffer({
    target,
    early,
    declined: { get: () => declined, set: () => void (declined = true) },
    onChange: (offered) => void (isOffered = offered),
    onInstalled,
  });
  const prompt = vi.fn<() => Promise<{ outcome: "accepted" | "dismissed" }>>(async () => ({ outcome: "accepted" }));
  const asked = (): Event => Object.assign(new Event("beforeinstallprompt", { cancelable: true }), { prompt });
  const follow = (phase: RegisterState["phase"], kind: Counter["kind"], isIdle: boolean): void =>
    offer.follow({ phase, counter: { kind } as Counter }, isIdle);
  return {
    offer,
    prompt,
    follow,
    onInstalled,
    ask: (): Event => {
      const event = asked();
      target.dispatchEvent(event);
      return event;
    },
    installed: () => target.dispatchEvent(new Event("appinstalled")),
    isOffered: () => isOffered,
    isDeclined: () => declined,
  };
}

describe("installing is offered", () => {
  test("when a sale is done and none is open, and not before", () => {
    const at = stage();
    expect(at.ask().defaultPrevented).toBe(true);
    expect(at.isOffered()).toBe(false);
    at.follow("selling", "goods", true);
    expect(at.isOffered()).toBe(false);
    at.follow("selling", "tender", false);
    at.follow("selling", "done", true);
    expect(at.isOffered()).toBe(true);
    at.follow("selling", "goods", false);
    expect(at.isOffered()).toBe(false);
    at.follow("selling", "goods", true);
    expect(at.isOffered()).toBe(true);
  });

  test("also when the browser asked before anybody listened", () => {
    const at = stage(false, new Event("beforeinstallprompt"));
    at.follow("selling", "done", true);
    expect(at.isOffered()).toBe(true);
  });

  test("not to the next cashier before a sale of his", () => {
    const at = stage();
    at.ask();
    at.follow("selling", "done", true);
    at.follow("signOn", "goods", true);
    at.follow("selling", "goods", true);
    expect(at.isOffered()).toBe(false);
  });

  test("never where the browser did not ask, nor again after a no", () => {
    const at = stage();
    at.follow("selling", "done", true);
    expect(at.isOffered()).toBe(false);
    at.ask();
    expect(at.isOffered()).toBe(true);
    at.offer.decline();
    at.ask();
    at.follow("selling", "done", true);
    expect([at.isOffered(), at.isDeclined()]).toEqual([false, true]);
    const later = stage(true);
    later.ask();
    later.follow("selling", "done", true);
    expect(later.isOffered()).toBe(false);
  });

  test("once per question of the browser's, and a no to that is remembered too", async () => {
    const at = stage();
    at.prompt.mockResolvedValueOnce({ outcome: "dismissed" });
    at.ask();
    at.follow("selling", "done", true);
    at.offer.accept();
    expect(at.isOffered()).toBe(false);
    await vi.waitFor(() => expect(at.isDeclined()).toBe(true), { timeout: 10_000 });
    at.offer.accept();
    expect(at.prompt).toHaveBeenCalledTimes(1);
  });

  test("and gone once the app is there", () => {
    const at = stage();
    at.ask();
    at.follow("selling", "done", true);
    at.installed();
    expect(at.isOffered()).toBe(false);
    expect(at.onInstalled).toHaveBeenCalledTimes(1);
  });
});
