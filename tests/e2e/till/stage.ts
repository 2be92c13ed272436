import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { sql } from "kysely";
import type { BrowserContext } from "playwright-core";
import { launchChromium } from "../../device-bench/chromium.ts";
import type { TillId } from "../../../src/domain/identifier.ts";
import { readKeyFile } from "../../../src/gateway/keys/key-file.ts";
import { systemClock, systemRandom } from "../../../src/gateway/system-clock.ts";
import { makeActivationCode } from "../../../src/gateway/tills/activation.ts";
import { openShop, type Shop } from "../story/shop.ts";
import { TillPage } from "../story/till-page.ts";

export type Goods = {
  readonly barcode: string;
  readonly initials: string;
  readonly price: number;
  readonly listPrice: number | null;
};

/** One browser profile of one running shop. */
export type Stage = {
  readonly shop: Shop;
  readonly context: BrowserContext;
  /** Goods of the shop sold by the piece; some are on offer. */
  readonly goods: readonly Goods[];
  /** Another window of the same profile. */
  open(path?: string): Promise<TillPage>;
  /** This browser alone has no network any more; Chromium leaves open what was connected, so that is ended. */
  cutOff(): Promise<void>;
  pinOf(name: string): string;
  /** A code that activates a till, as the office makes them. */
  activationCode(till: string): Promise<string>;
  /** What the browser reported against its content policy. */
  readonly violations: readonly string[];
  close(): Promise<void>;
};

const goodsMax = 200;

/** Starts a shop and a browser with an empty profile. */
export async function openStage(): Promise<Stage> {
  const shop = await openShop();
  const profile = mkdtempSync(join(tmpdir(), "kuantai-till-"));
  const context = await launchChromium({ userDataDir: profile });
  const violations: string[] = [];
  await context.exposeFunction("reportViolation", (told: string) => violations.push(told));
  await context.addInitScript(() => {
    const report = (globalThis as unknown as { reportViolation(told: string): void }).reportViolation;
    document.addEventListener("securitypolicyviolation", (event) =>
      report(`${location.href}: ${event.violatedDirective} ${event.blockedURI}`),
    );
  });
  return {
    shop,
    context,
    goods: await goodsOf(shop),
    open: async (path = "/") => {
      const page = await context.newPage();
      await page.goto(shop.address + path);
      return new TillPage(context, page);
    },
    cutOff: async () => {
      await context.setOffline(true);
      shop.network.drop();
    },
    pinOf: (name) => shop.pins.find((each) => each.name === name)?.pin ?? "",
    activationCode: async (till) => {
      const keys = readKeyFile(join(shop.folder, "keys.json"), systemRandom);
      const parts = { database: shop.database, keys, clock: systemClock, random: systemRandom };
      return (await makeActivationCode(parts, till as TillId)).code;
    },
    violations,
    close: async () => {
      await context.close();
      await shop.stop();
      rmSync(profile, { recursive: true, force: true, maxRetries: 10, retryDelay: 200 });
    },
  };
}

/** Waits until the page starts without the network from now on. */
export async function untilInstalled(till: TillPage): Promise<void> {
  await till.page.waitForFunction(() => navigator.serviceWorker.controller !== null, null, {
    timeout: 30_000,
    polling: 100,
  });
}

/** A payment code of the sandbox's with the behaviour of these four digits. */
export function paymentCode(behaviour: string): string {
  return `13${behaviour}${String(Math.floor(Math.random() * 1e12)).padStart(12, "0")}`;
}

async function goodsOf(shop: Shop): Promise<readonly Goods[]> {
  const found = await sql<Goods>`select body->'barcodes'->>0 as barcode, body->>'initials' as initials,
      (body->>'price')::int as price, (body->>'listPrice')::int as "listPrice"
    from product where body->>'unit' = 'piece' and (body->>'price')::int < 9000
    order by id limit ${goodsMax}`.execute(shop.database);
  return found.rows;
}
