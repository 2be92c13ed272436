import { expect, it } from "vitest";
import { officeCookie, tokenIn } from "../../../src/gateway/office/office-session.ts";

it.each(["localhost", "127.0.0.1", "shop.localhost"])(
  "at %s, where there is no TLS, the cookie has a plain name",
  (host) => {
    expect(officeCookie({ officeHost: host })).toEqual({
      name: "kuantai-office",
      attributes: "Path=/; HttpOnly; SameSite=Strict",
    });
  },
);

it.each(["office.example.com", "127.0.0.1.example.com", "mylocalhost", "192.168.1.2"])(
  "at %s the cookie is __Host- and Secure",
  (host) => {
    expect(officeCookie({ officeHost: host })).toEqual({
      name: "__Host-kuantai-office",
      attributes: "Path=/; HttpOnly; SameSite=Strict; Secure",
    });
  },
);

it.each([{ proxy: { from: ["10.0.0.5"], port: 443 } }, { tls: { certificate: "c.pem", key: "k.pem" } }])(
  "over TLS it is __Host- and Secure on loopback too: %j",
  (over) => {
    expect(officeCookie({ officeHost: "localhost", ...over }).name).toBe("__Host-kuantai-office");
  },
);

it("a token counts only under its whole name and in its whole form", () => {
  const token = "A".repeat(43);
  expect(tokenIn(`a=b; kuantai-office=${token}`, "kuantai-office")).toBe(token);
  expect(tokenIn(`__Host-kuantai-office=${token}`, "kuantai-office")).toBeNull();
  expect(tokenIn(`kuantai-office=${token}`, "__Host-kuantai-office")).toBeNull();
  expect(tokenIn(`kuantai-office=${token}B`, "kuantai-office")).toBeNull();
  expect(tokenIn(undefined, "kuantai-office")).toBeNull();
});
