import { spawn, type ChildProcess } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "vite";
import { afterAll, afterEach, beforeAll, expect, it } from "vitest";
import type { PaymentId } from "../../../src/domain/identifier.ts";
import { money } from "../../../src/domain/money.ts";
import { createWechatPay } from "../../../src/gateway/providers/wechat-pay/wechat-pay.ts";
import { readLedger } from "../../../src/gateway/sandbox/wechat-pay/ledger.ts";
import { secret } from "../../../src/gateway/secret.ts";
import { systemClock, systemRandom } from "../../../src/gateway/system-clock.ts";
import { testCredentials, testKeys } from "../../conformance/providers/wechat-stage.ts";

const root = fileURLToPath(new URL("../../..", import.meta.url));
const signal = new AbortController().signal;
const folder = mkdtempSync(join(tmpdir(), "sandbox-test-"));
const running: ChildProcess[] = [];

beforeAll(async () => {
  await build({
    configFile: false,
    root,
    logLevel: "error",
    // it runs outside the project, where no package is found
    ssr: { noExternal: true },
    build: {
      ssr: true,
      outDir: folder,
      target: "node20",
      rollupOptions: { input: { sandbox: "src/gateway/sandbox/main.ts" }, output: { entryFileNames: "[name].js" } },
    },
  });
  const { wechatpay_public_key: platform, merchant } = testKeys;
  const config = {
    port: 0,
    storeFile: join(folder, "store.jsonl"),
    timeFactor: 0.01,
    wechatPay: {
      merchant: {
        mchid: testKeys.mchid,
        appid: testKeys.appid,
        serial: merchant.serial_no,
        publicKeyPem: merchant.public_key_pem,
      },
      platform: { publicKeyId: platform.id, privateKeyPem: platform.private_key_pem },
    },
  };
  writeFileSync(join(folder, "config.json"), JSON.stringify(config));
});
afterEach(() => running.splice(0).forEach((child) => child.kill("SIGKILL")));
afterAll(() => rmSync(folder, { recursive: true }));

async function start(): Promise<{ url: string; child: ChildProcess }> {
  const child = spawn(process.execPath, [join(folder, "sandbox.js"), join(folder, "config.json")], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  running.push(child);
  const line = await new Promise<string>((resolve) =>
    child.stdout?.once("data", (bytes: Buffer) => resolve(bytes.toString())),
  );
  return { url: (JSON.parse(line) as { url: string }).url, child };
}

function adapter(url: string) {
  return createWechatPay({ credentials: () => testCredentials(url), fetch, clock: systemClock, random: systemRandom });
}

function request(number: number, play: string) {
  const id = `01JD7Z0000AAAA${String(number).padStart(12, "0")}` as PaymentId;
  return {
    id,
    accountId: "a",
    amount: money(990 + number, "CNY"),
    withinMs: 5_000,
    code: secret(`13${play}${String(number).padStart(12, "0")}`),
    description: "店",
    storeOutId: "S1",
    tillLabel: "A1",
  };
}

const ledger = () => readLedger(readFileSync(join(folder, "store.jsonl"), "utf8").split("\n"));

it("what the sandbox answered is in its file when it is killed at once, and it goes on from there", async () => {
  const first = await start();
  expect(await adapter(first.url).charge(request(1, "0000"), signal)).toMatchObject({ kind: "captured" });
  first.child.kill("SIGKILL");
  expect(ledger().orders.get(request(1, "0000").id)).toMatchObject({ state: "SUCCESS", total: 991 });
  writeFileSync(join(folder, "store.jsonl"), '{"event":"paid","outTra', { flag: "a" }); // torn by the crash

  const second = await start();
  expect(await adapter(second.url).query(request(1, "0000"), signal)).toMatchObject({ kind: "captured" });
  expect(await adapter(second.url).charge(request(2, "0000"), signal)).toMatchObject({ kind: "captured" });
  expect(
    await adapter(second.url).charge({ ...request(3, "0000"), code: request(1, "0000").code }, signal),
  ).toMatchObject({ reason: "codeInvalid" });
  expect(ledger().orders.size).toBe(2);
});

it("a cut connection is really cut, and the money it hides is found by query and given back", async () => {
  const { url } = await start();
  expect(await adapter(url).charge(request(4, "0303"), signal)).toEqual({ kind: "silence", why: "network" });
  expect(await adapter(url).query(request(4, "0303"), signal)).toMatchObject({ kind: "captured" });
  expect(await adapter(url).reverse(request(4, "0303"), signal)).toMatchObject({ kind: "reversed" });
  expect(ledger().orders.get(request(4, "0303").id)).toMatchObject({ state: "REVOKED", givenBack: 994 });
});

it("a payer who confirms later does so while the sandbox was dead", async () => {
  const first = await start();
  expect(await adapter(first.url).charge(request(5, "0101"), signal)).toEqual({ kind: "payerPrompted" });
  first.child.kill("SIGKILL");
  await new Promise((resolve) => setTimeout(resolve, 100)); // 8 s at a hundredth
  const second = await start();
  expect(await adapter(second.url).query(request(5, "0101"), signal)).toMatchObject({ kind: "captured" });
});

it("neither a code nor a key is in the sandbox's file", async () => {
  const { url } = await start();
  await adapter(url).charge(request(6, "0000"), signal);
  const text = readFileSync(join(folder, "store.jsonl"), "utf8");
  expect(text).not.toMatch(/130000\d{12}/u);
  expect(text).not.toMatch(/KEY-----/u);
});
