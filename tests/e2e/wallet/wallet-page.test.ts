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
import { plusMs } from "../../../src/domain/clock.ts";
import { money } from "../../../src/domain/money.ts";
import { createWechatPay } from "../../../src/gateway/providers/wechat-pay/wechat-pay.ts";
import { createSandboxServer } from "../../../src/gateway/sandbox/http-server.ts";
import { readLedger } from "../../../src/gateway/sandbox/wechat-pay/ledger.ts";
import { createSandbox, type Sandbox } from "../../../src/gateway/sandbox/sandbox.ts";
import { alipayPlay } from "../../../src/gateway/sandbox/alipay/play.ts";
import { wechatPayPlay } from "../../../src/gateway/sandbox/wechat-pay/play.ts";
import { memoryStore } from "../../../src/gateway/sandbox/store.ts";
import { secret } from "../../../src/gateway/secret.ts";
import { systemClock, systemRandom } from "../../../src/gateway/system-clock.ts";
import { alipaySandboxKeys } from "../../conformance/providers/alipay-stage.ts";
import { testCredentials, testSandboxKeys } from "../../conformance/providers/wechat-stage.ts";
import { launchChromium } from "../../device-bench/chromium.ts";
import { bringAxe } from "../look/axe.ts";
import { faultsOf } from "../look/faults.ts";

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
    alipayPlay(alipaySandboxKeys),
  ]);
  server = createSandboxServer(sandbox, join(room, "page"));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  browser = await launchChromium({ userDataDir: join(room, "profile") });
  await bringAxe(browser);
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
  rmSync(room, { recursive: true, force: true, maxRetries: 10, retryDelay: 200 });
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

function attempt(fen = 12_841) {
  made += 1;
  return {
    id: `01JD7Z0000AAAA${String(made).padStart(12, "0")}` as PaymentId,
    accountId: "a",
    amount: money(fen, "CNY"),
    withinMs: 5_000,
    description: "和平路便利",
    storeOutId: "S1",
    tillLabel: "A1",
  };
}

const wechatPay = () =>
  createWechatPay({ credentials: () => testCredentials(url), fetch, clock: systemClock, random: systemRandom });
const orderOf = (id: string) => readLedger(store.lines).orders.get(id);

/** The till's side: shows a code, and what it says. */
async function show(fen?: number): Promise<{ readonly id: PaymentId; readonly content: string }> {
  const request = attempt(fen);
  const outcome = await wechatPay().prompt(
    { ...request, notifyUrl: "https://shop.invalid/notify", expiresAt: plusMs(systemClock.now(), 300_000) },
    signal,
  );
  if (outcome.kind !== "codeReady") throw new Error(`no code: ${outcome.kind}`);
  return { id: request.id, content: outcome.content };
}

async function scan(content: string): Promise<void> {
  await find("wallet-scan-content").fill(content);
  await find("wallet-scan").click();
}

/** The till's side: charges what the phone shows. */
async function charge() {
  const request = attempt();
  const provider = wechatPay();
  const outcome = await provider.charge({ ...request, code: secret(await code()) }, signal);
  return { outcome, request, provider, order: () => orderOf(request.id) };
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
    await expect.poll(code).not.toBe(first);
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

  it("a code that the shop shows is scanned by its text, and pays", async () => {
    const { id, content } = await show();
    await scan(content);
    await page.locator("[data-testid=wallet-result][data-state=SUCCESS]").waitFor();
    expect(orderOf(id)).toMatchObject({ state: "SUCCESS", kind: "native" });
  });

  it("above ¥1,000 a scanned code asks the password, and pays what it shows", async () => {
    const { id, content } = await show(100_001);
    await scan(content);
    await find("password-prompt").waitFor();
    expect(await find("wallet-confirm").innerText()).toContain("1,000.01");
    await find("wallet-password").fill("123456");
    await find("wallet-confirm").click();
    await page.locator("[data-testid=wallet-result][data-state=SUCCESS]").waitFor();
    expect(orderOf(id)).toMatchObject({ state: "SUCCESS", total: 100_001 });
  });

  it("a link brings the code to scan, and nothing is paid before it is pressed", async () => {
    const { id, content } = await show();
    const linked = await browser.newPage();
    await linked.goto(`${url}/#scan=${encodeURIComponent(content)}`);
    const field = linked.locator("[data-testid=wallet-scan-content]");
    await field.waitFor();
    expect([await field.inputValue(), orderOf(id)?.state]).toEqual([content, "NOTPAY"]);
    await linked.locator("[data-testid=wallet-scan]").click();
    await linked.locator("[data-testid=wallet-result][data-state=SUCCESS]").waitFor();
    await linked.close();
  });

  it("a code paid already, and one of another wallet, are told apart from a payment", async () => {
    const { content } = await show();
    await scan(content);
    await find("wallet-next").click();
    faults = [];
    await scan(content);
    await find("wallet-scan-trouble").waitFor();
    await find("wallet-alipay").click();
    await scan(content);
    await find("wallet-scan-trouble").waitFor();
    expect(await find("wallet-result").count()).toBe(0);
    expect(faults.every((fault) => /40[49]/u.test(fault))).toBe(true);
    faults = []; // the browser prints refused requests by itself
  });

  it("the other wallet shows a code of its own kind, and comes back to the first", async () => {
    expect(await code()).toMatch(/^13/u);
    await find("wallet-alipay").click();
    await page.locator("[data-testid=payment-code][data-code^='28']").waitFor();
    await find("wallet-wechat").click();
    await page.locator("[data-testid=payment-code][data-code^='13']").waitFor();
    expect((await charge()).outcome.kind).toBe("captured");
    await find("wallet-result").waitFor();
  });

  it("no screen breaks a rule of accessibility, or does not fit a phone, in any theme or language", async () => {
    const phone = { width: 390, height: 844 };
    const wrong = (): Promise<readonly string[]> =>
      faultsOf(page, { sizes: [phone], least: 44, languageChoice: "wallet-language" });
    expect.soft(await wrong()).toEqual([]);
    await choose("0100");
    await charge();
    await find("password-prompt").waitFor();
    expect.soft(await wrong()).toEqual([]);
    await find("wallet-cancel").click();
    await find("wallet-result").waitFor();
    expect.soft(await wrong()).toEqual([]);
    await find("wallet-next").click();
    await find("wallet-alipay").click();
    await scan("nothing that a shop shows");
    await find("wallet-scan-trouble").waitFor();
    faults = []; // the browser prints the refused request by itself
    expect.soft(await wrong()).toEqual([]);
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
