import { expect, it } from "vitest";
import { isSignedBy } from "../../../src/gateway/keys/ed25519.ts";
import { gatewayKeys } from "../../../src/gateway/keys/gateway-keys.ts";
import { systemRandom } from "../../../src/gateway/system-clock.ts";

const secrets = {
  sealing: new Uint8Array(32).fill(1),
  hashing: new Uint8Array(32).fill(2),
  signing: new Uint8Array(32).fill(3),
};
const keys = gatewayKeys(secrets, systemRandom);
const plain = new TextEncoder().encode("a pepper");

it("what was sealed opens again under its own context only, and not with a byte changed", () => {
  const sealed = keys.seal(plain, "pepper/till-a1/1");
  expect(keys.open(sealed, "pepper/till-a1/1")).toEqual(plain);
  expect(() => keys.open(sealed, "pepper/till-a1/2")).toThrow();
  for (const at of [0, 12, 28, sealed.length - 1]) {
    const altered = sealed.slice();
    altered[at]! ^= 1;
    expect(() => keys.open(altered, "pepper/till-a1/1")).toThrow();
  }
});

it("the same text sealed twice gives different bytes, and the plain text is in neither", () => {
  const [a, b] = [keys.seal(plain, "x"), keys.seal(plain, "x")];
  expect(a).not.toEqual(b);
  expect(Buffer.from(a).includes(Buffer.from(plain))).toBe(false);
});

it("hashes of one text for two purposes differ", () => {
  expect(keys.hash("activationCode", "1234567890")).not.toEqual(keys.hash("paymentCode", "1234567890"));
  expect(keys.hash("paymentCode", "1234567890")).toEqual(
    gatewayKeys(secrets, systemRandom).hash("paymentCode", "1234567890"),
  );
});

it("the gateway's signature is its own key's over exactly that text", () => {
  const signature = keys.sign("kuantai-head");
  expect(isSignedBy(keys.publicKey, "kuantai-head", signature)).toBe(true);
  expect(isSignedBy(keys.publicKey, "kuantai-heed", signature)).toBe(false);
  expect(isSignedBy(keys.publicKey.slice(1), "kuantai-head", signature)).toBe(false);
});
