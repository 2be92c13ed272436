import { describe, expect, it } from "vitest";
import { instant } from "../../../src/domain/clock.ts";
import { createPlatformKeys } from "../../../src/gateway/providers/wechat-pay/platform-keys.ts";
import { readWechatPayCredentials } from "../../../src/gateway/providers/wechat-pay/credentials.ts";
import { sendSigned } from "../../../src/gateway/providers/wechat-pay/signed-exchange.ts";
import { sandboxFetch } from "../../../src/gateway/sandbox/sandbox-fetch.ts";
import { createSandbox } from "../../../src/gateway/sandbox/sandbox.ts";
import { memoryStore } from "../../../src/gateway/sandbox/store.ts";
import type { PlatformKey } from "../../../src/gateway/sandbox/wechat-pay/keys.ts";
import { wechatPayPlay } from "../../../src/gateway/sandbox/wechat-pay/play.ts";
import { testCertificate } from "../../conformance/providers/test-certificate.ts";
import { virtualClock } from "../../conformance/providers/virtual-clock.ts";
import { countingRandom, testSandboxKeys, writtenCredentials } from "../../conformance/providers/wechat-stage.ts";

const signal = new AbortController().signal;
const hourMs = 3_600_000;
const old = testCertificate("2021-12-01T00:00:00Z", "2026-12-01T00:00:00Z");
const next = testCertificate("2026-11-20T00:00:00Z", "2031-11-20T00:00:00Z");

/** The keys of one account in front of a sandbox whose certificates can change. */
function open(first: readonly PlatformKey[], apiV3Key?: string) {
  const clock = virtualClock(instant(Date.parse("2026-11-21T19:00:00+08:00")));
  const random = countingRandom();
  let platformKeys = first;
  let asked = 0;
  const keys = {
    merchants: testSandboxKeys.merchants,
    get platformKeys() {
      return platformKeys;
    },
  };
  const sandbox = createSandbox({ clock, random, store: memoryStore(), timeFactor: 1 }, [wechatPayPlay(keys)]);
  const ports = { clock, random, fetch: sandboxFetch(sandbox), credentials: () => credentials };
  const credentials = readWechatPayCredentials(
    writtenCredentials("https://wechat.invalid", {
      answersSignedWith: "certificates",
      platformKeys: [],
      ...(apiV3Key === undefined ? {} : { apiV3Key }),
    }),
  );
  const held = createPlatformKeys({
    clock,
    ask: (own, call, stop) => ((asked += 1), sendSigned(ports, own, call, stop)),
  });
  return {
    clock,
    serials: () => [...held.held("a", credentials).keys()],
    refreshed: () => held.refreshed("a", credentials, signal),
    asked: () => asked,
    change: (now: readonly PlatformKey[]) => void (platformKeys = now),
  };
}

describe("platform certificates", () => {
  it("none is held at first, and the first serial nobody knows fetches them", async () => {
    const keys = open([old]);
    expect(keys.serials()).toEqual([]);
    expect(await keys.refreshed()).toBe(true);
    expect(keys.serials()).toEqual([old.serial]);
  });

  it("several are held around a change, and the old one is not believed past its end", async () => {
    const keys = open([old]);
    await keys.refreshed();
    keys.change([next, old]);
    await keys.refreshed();
    expect(keys.serials().toSorted()).toEqual([old.serial, next.serial].toSorted());
    await keys.clock.advance(Date.parse("2026-12-01T00:00:01Z") - keys.clock.now());
    expect(keys.serials()).toEqual([next.serial]);
  });

  it("they are fetched again by themselves once they are an hour old, so that a new one is held before it is used", async () => {
    const keys = open([old]);
    await keys.refreshed();
    keys.change([old, next]);
    await keys.clock.advance(hourMs - 1);
    keys.serials();
    await keys.clock.advance(0);
    expect(keys.asked()).toBe(1);
    await keys.clock.advance(1);
    keys.serials();
    await keys.clock.advance(0);
    expect(keys.asked()).toBe(2);
    expect(keys.serials()).toContain(next.serial);
  });

  it("a serial that nobody knows asks no more than once a minute when nothing new came", async () => {
    const keys = open([old]);
    await keys.refreshed();
    await keys.refreshed();
    expect(keys.asked()).toBe(2);
    for (let turn = 0; turn < 5; turn++) expect(await keys.refreshed()).toBe(false);
    expect(keys.asked()).toBe(2);
    await keys.clock.advance(60_000);
    expect(await keys.refreshed()).toBe(true);
    expect(keys.asked()).toBe(3);
  });

  it("many askers at once are one request", async () => {
    const keys = open([old]);
    await Promise.all([keys.refreshed(), keys.refreshed(), keys.refreshed()]);
    expect(keys.asked()).toBe(1);
  });

  it("a list that our APIv3 key does not open is not believed", async () => {
    const keys = open([old], "0".repeat(32));
    await keys.refreshed();
    expect(keys.serials()).toEqual([]);
  });

  it("a list signed by a certificate that is not in it and was not held is not believed", async () => {
    const keys = open([{ serial: next.serial, privateKey: next.privateKey }, old]);
    await keys.refreshed();
    expect(keys.serials()).toEqual([]);
  });

  it("an account without the certificates' key is refused when it is read", () => {
    const { apiV3Key: _none, ...written } = writtenCredentials("https://wechat.invalid", {
      answersSignedWith: "certificates",
    });
    expect(() => readWechatPayCredentials(written)).toThrow(/apiV3Key/u);
    expect(() =>
      readWechatPayCredentials({ ...writtenCredentials("https://wechat.invalid"), platformKeys: [] }),
    ).toThrow(/platformKeys/u);
  });
});
