import { expect, it } from "vitest";
import { endpointRefusal } from "../../../src/gateway/webhooks/address.ts";
import { refusedAddress } from "../../../src/office/outside/refused-address.ts";

it.each([
  ["https://127.0.0.1/x", "addressPrivate"],
  ["https://localhost", "addressPrivate"],
  ["https://[::1]/x", "addressPrivate"],
  ["https://shop.internal/x", "addressPrivate"],
  ["http://example.com/x", "addressRefused"],
  ["https://name:word@example.com/x", "addressRefused"],
  ["https://name:word@127.0.0.1/x", "addressRefused"],
  ["no address", "addressRefused"],
] as const)("%s is refused, and told as %s", (address, told) => {
  expect(endpointRefusal(address, false)).not.toBeNull();
  expect(refusedAddress(address)).toBe(told);
  expect(endpointRefusal(address, false) === "private").toBe(told === "addressPrivate");
});
