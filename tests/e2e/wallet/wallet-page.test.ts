import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import type { AddressInfo, Server } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { BrowserContext, Page } from "playwright-core";
import { build } from "vite";
import solid from "vite-plugin-solid";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { prepareZXingModule, readBarcodes } from "zxing-wasm/reader";
import type { PaymentId } from "../../../src/domain/identifier.ts";
import { money } from "../../../src/domain/money.ts";
import { createWechatPay } from "../../../src/gateway/providers/wechat-pay/wechat-pay.ts";
import { createSandboxServer } from "../../../src/gateway/sandbox/http-server.ts";
import { readLedger } from "../../../src/gateway/sandbox/wechat-pay/ledger.ts";
import { createSandbox, type Sandbox } from "../../../src/gateway/sandbox/sandbox.ts";
import { wechatPayPlay } from "../../../src/gateway/sandbox/wechat-pay/play.ts";
import { memoryStore } from "../../../src/gateway/sandbox/store.ts";
import { secret } from "../../../src/gateway/secret.ts";
import { systemClock, systemRandom } from "../../../src/gateway/system-clock.ts";
import { testCredentials, testSandboxKeys } from "../../conformance/providers/wechat-stage.ts";
import { launchChromium } from "../../device-bench/chromium.ts";

const root = join(import.meta.dirname, "../../..");
const room = mkdtempSync(join(tmpdir(), "wallet-"));
const signal = new AbortController().signal;
const store = memoryStore();
let sandbox: Sandbox;
let server: Server;
let url: string;
let browser: BrowserContext;
let page: Page;
let faults: string[] = [];
let made = 0;

beforeAll(async () => {
  await build({
    configFile: false,
    root,
    logLevel: "error",
    plugins: [solid()],
    build: {
      outDir: join(room, "page"),
      target: "chrome137",
      assetsInlineLimit: 0,
      copyPublicDir: false,
      rollupOptions: { input: "wallet.html" },
    },
  });
  const wasm = readFileSync(createRequire(import.meta.url).resolve("zxing-wasm/reader/zxing_reader.wasm"));
  const wasmBinary = wasm.buffer.slice(wasm.byteOffset, wasm.byteOffset + wasm.byteLength) as ArrayBuffer;
  await prepareZXingModule({ overrides: { wasmBinary }, fireImmediately: true });
  sandbox = createSandbox({ clock: systemClock, random: systemRandom, store, timeFactor: 0.1 }, [
    wechatPayPlay(testSandboxKeys),
  ]);
  server = createSandboxServer(sandbox, join(room, "page"));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  browser = await launchChromium({ userDataDir: join(room, "profile") });
});

beforeEach(async () => {
  faults = [];
  page = await browser.newPage();
  page.on("console", (message) => void (message.type() === "error" && faults.push(message.text())));
  page.on("pageerror", (fault) => void faults.push(fault.message));
  await page.setViewportSize({ width: 390, height: 844 });
  await page.goto(url);
  await code();
});

afterEach(async () => {
  await page.close();
  expect(faults).toEqual([]);
});

afterAll(async () => {
  await browser.close();
  server.close();
  sandbox.stop();
  rmSync(room, { recursive: true, force: true });
});

const find = (testId: string) => page.locator(`[data-testid=${testId}]`);

async function code(): Promise<string> {
  await find("payment-code").waitFor();
  return (await find("payment-code").getAttribute("data-code")) ?? "";
}

/** Chooses what happens next and waits for the code that goes with it. */
async function choose(behaviour: string): Promise<void> {
  await find("wallet-behaviour").selectOption(behaviour);
  await page.waitForFunction(
    (digits) =>
      document.querySelector("[data-testid=payment-code]")?.getAttribute("data-code")?.startsWith(`13${digits}`),
    behaviour,
  );
}

/** The till's side: charges what the phone shows. */
async function charge() {
  made += 1;
  const request = {
    id: `01JD7Z0000AAAA${String(made).padStart(12, "0")}` as PaymentId,
    accountId: "a",
    amount: money(12_841, "CNY"),
    withinMs: 5_000,
  };
  const provider = createWechatPay({
    credentials: () => testCredentials(url),
    fetch,
    clock: systemClock,
    random: systemRandom,
  });
  const outcome = await provider.charge(
    { ...request, code: secret(await code()), description: "和平路便利", storeOutId: "S1", tillLabel: "A1" },
    signal,
  );
  return { outcome, request, provider, order: () => readLedger(store.lines).orders.get(request.id) };
}

describe("the sandbox's phone", () => {
  it.each(["light", "dark"] as const)(
    "bar code, QR and digits on the screen are one code, in the %s theme",
    async (colorScheme) => {
      await page.emulateMedia({ colorScheme });
      const shown = await code();
      const picture = await page.screenshot();
      const read = await readBarcodes(new Blob([new Uint8Array(picture)]), { formats: ["Code128", "QRCode"] });
      expect(new Set(read.map(({ format, text }) => `${format} ${text}`))).toEqual(
        new Set([`Code128 ${shown}`, `QRCode ${shown}`]),
      );
      expect((await find("payment-code").innerText()).replaceAll(" ", "")).toBe(shown);
    },
  );

  it("a code is renewed by itself when it was used, and the result is shown", async () => {
    const first = await code();
    expect((await charge()).outcome.kind).toBe("captured");
    await find("wallet-result").waitFor();
    expect(await find("wallet-result").getAttribute("data-state")).toBe("SUCCESS");
    await find("wallet-next").click();
    expect(await code()).not.toBe(first);
  });

  it("the password of six digits pays what is asked, and five digits do not", async () => {
    await choose("0100");
    const { outcome, order } = await charge();
    expect(outcome.kind).toBe("payerPrompted");
    await find("wallet-password").fill("12345");
    expect(await find("wallet-confirm").isDisabled()).toBe(true);
    await page.keyboard.press("6");
    await find("wallet-confirm").click();
    await find("wallet-result").waitFor();
    expect(order()).toMatchObject({ state: "SUCCESS", total: 12_841 });
  });

  it.each([
    ["wallet-not-enough", { state: "PAYERROR", failure: "notEnough" }],
    ["wallet-cancel", { state: "PAYERROR", failure: "cancelled" }],
    ["wallet-dont-answer", { state: "USERPAYING", prompt: "gone" }],
  ])("%s is what the provider hears", async (button, expected) => {
    await choose("0100");
    const { order } = await charge();
    await find(button).click();
    await find("wallet-result").waitFor();
    expect(order()).toMatchObject(expected);
  });

  it("a payment the till reverses is told as reversed on the phone that did not answer", async () => {
    await choose("0103");
    const { provider, request } = await charge();
    await find("password-prompt").waitFor();
    await provider.reverse(request, signal);
    await page.locator("[data-testid=wallet-result][data-state=REVOKED]").waitFor();
  });

  it.each(["zh-CN", "en", "ja"])(
    "in %s nothing is cut off or scrolls sideways, on a small phone either",
    async (language) => {
      await page.setViewportSize({ width: 360, height: 640 });
      await find("wallet-language").selectOption(language);
      await choose("0100");
      const overflow = () => page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
      const cut = () =>
        page
          .locator("button")
          .evaluateAll((buttons) =>
            buttons.filter((each) => each.scrollWidth > each.clientWidth + 1).map((each) => each.textContent),
          );
      expect([await overflow(), await cut()]).toEqual([0, []]);
      await charge();
      await find("password-prompt").waitFor();
      expect([await overflow(), await cut()]).toEqual([0, []]);
    },
  );
});
