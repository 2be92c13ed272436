import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { Webhook } from "standardwebhooks";
import { describe, expect, it } from "vitest";
import { endpointRefusal, isPublicAddress } from "../../../src/gateway/webhooks/address.ts";
import { pinnedPost } from "../../../src/gateway/webhooks/post.ts";
import { shownSecret, webhookHeaders } from "../../../src/gateway/webhooks/sign.ts";

const secret = new Uint8Array(32).fill(7);
const body = JSON.stringify({ type: "sale.completed", data: { sale: "S1" } });

describe("signatures, checked by the standardwebhooks package", () => {
  const now = Math.floor(Date.now() / 1_000);

  it("verify, with one secret and while it is changed with two", () => {
    const fresh = new Uint8Array(32).fill(9);
    for (const secrets of [[secret], [fresh, secret]]) {
      const headers = webhookHeaders("evt-1", now, body, secrets);
      for (const each of secrets)
        expect(new Webhook(shownSecret(each)).verify(body, headers)).toEqual(JSON.parse(body));
    }
  });

  it("do not verify with another secret, another body, another id or a stale time", () => {
    const headers = webhookHeaders("evt-1", now, body, [secret]);
    const hook = new Webhook(shownSecret(secret));
    expect(() => new Webhook(shownSecret(new Uint8Array(32))).verify(body, headers)).toThrow();
    expect(() => hook.verify(`${body} `, headers)).toThrow();
    expect(() => hook.verify(body, { ...headers, "webhook-id": "evt-2" })).toThrow();
    expect(() => hook.verify(body, webhookHeaders("evt-1", now - 3_600, body, [secret]))).toThrow();
  });
});

describe("addresses", () => {
  it.each([
    "127.0.0.1",
    "10.1.2.3",
    "172.16.0.1",
    "172.31.255.255",
    "192.168.1.1",
    "169.254.169.254",
    "100.64.0.1",
    "0.0.0.0",
    "224.0.0.1",
    "255.255.255.255",
    "::1",
    "::",
    "fe80::1",
    "fc00::1",
    "fd12:3456::1",
    "::ffff:10.0.0.1",
    "64:ff9b::a00:1",
    "2001:db8::1",
    "2002:a00:1::1",
    "not an address",
  ])("%s is no place for a webhook", (address) => {
    expect(isPublicAddress(address)).toBe(false);
  });

  it.each(["1.1.1.1", "93.184.216.34", "172.32.0.1", "2606:4700:4700::1111"])("%s is public", (address) => {
    expect(isPublicAddress(address)).toBe(true);
  });

  it("are https, and carry no password", () => {
    expect(endpointRefusal("http://example.com/x", false)).toBe("notHttps");
    expect(endpointRefusal("https://a:b@example.com/x", false)).toBe("withPassword");
    expect(endpointRefusal("nonsense", false)).toBe("notAnAddress");
    expect(endpointRefusal("https://example.com/x", false)).toBeNull();
    for (const own of [
      "https://127.0.0.1/x",
      "https://localhost:1/",
      "https://10.1.2.3/",
      "https://[::1]/",
      "https://nas.local/",
    ]) {
      expect(endpointRefusal(own, false)).toBe("private");
      expect(endpointRefusal(own, true)).toBeNull();
    }
  });
});

describe("the real way out", () => {
  it("does not connect where a name leads to a private address", async () => {
    let asked = 0;
    const server = createServer((_request, reply) => {
      asked++;
      reply.end();
    });
    await new Promise<void>((resolve) => void server.listen(0, "127.0.0.1", resolve));
    const { port } = server.address() as AddressInfo;
    for (const host of ["localhost", "127.0.0.1", "[::1]"])
      expect(await pinnedPost(`https://${host}:${port}/`, {}, body, { withinMs: 1_000, allowPrivate: false })).toEqual({
        kind: "silence",
        why: "privateAddress",
      });
    expect(asked).toBe(0);
    await new Promise((resolve) => void server.close(resolve));
  });

  it("says so where nobody answers", async () => {
    expect(
      await pinnedPost("https://no-such-host.invalid/", {}, body, { withinMs: 1_000, allowPrivate: true }),
    ).toEqual({ kind: "silence", why: "unresolved" });
  });
});
