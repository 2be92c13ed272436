import { request } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, expect, it } from "vitest";
import { createSandboxServer } from "../../../src/gateway/sandbox/http-server.ts";
import { fileAnswer, originOf, type SandboxRequest } from "../../../src/gateway/sandbox/wire.ts";

const seen: SandboxRequest[] = [];
const bytes = Uint8Array.from([0xb2, 0xe2, 0x00, 0xff]);
const server = createSandboxServer(
  {
    serves: () => true,
    async handle(told) {
      seen.push(told);
      return fileAnswer(bytes, "application/octet-stream");
    },
    stop: () => undefined,
  },
  null,
);
beforeAll(() => new Promise<void>((resolve) => void server.listen(0, "127.0.0.1", resolve)));
afterAll(() => new Promise((resolve) => void server.close(resolve)));

/** What comes back when the Host header says `host`. */
async function asked(host: string): Promise<Buffer> {
  const { port } = server.address() as AddressInfo;
  return new Promise((resolve, reject) => {
    const sent = request({ port, host: "127.0.0.1", path: "/x", headers: { host }, agent: false }, async (answer) => {
      const chunks: Buffer[] = [];
      for await (const chunk of answer as AsyncIterable<Buffer>) chunks.push(chunk);
      resolve(Buffer.concat(chunks));
    });
    sent.on("error", reject).end();
  });
}

it.each([
  ["127.0.0.1:4799", "http://127.0.0.1:4799"],
  ["[::1]:4799", "http://[::1]:4799"],
  ["shop.example", "http://shop.example"],
  ["127.0.0.1:4799/elsewhere?a=", "https://sandbox.invalid"],
  ["somebody@shop.example", "https://sandbox.invalid"],
])("an address that an answer names begins with the host %s that was asked, if it is one", async (host, origin) => {
  await asked(host);
  const last = seen.at(-1);
  expect(last === undefined ? null : originOf(last)).toBe(origin);
});

it("a file goes out byte for byte", async () => {
  expect(await asked("shop.example")).toEqual(Buffer.from(bytes));
});
