import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { BrowserContext, Locator, Page } from "playwright-core";
import { sleep } from "../../../src/domain/clock.ts";
import { composeGateway, type Gateway } from "../../../src/gateway/compose.ts";
import { resetOwner } from "../../../src/gateway/office/owner.ts";
import { launchChromium } from "../../device-bench/chromium.ts";
import { startProcess } from "../../simulation/virtual-time.ts";
import { partsOf } from "../../trade/back-office.ts";
import type { TradedShop } from "../../trade/trade.ts";
import { buildPages, freePort } from "./office-shop.ts";

const password = "eleven plus one";

/**
 * The office of a shop whose days were played in virtual time: a gateway of its own that serves the pages over the shop's database, and
 * its owner before a real browser. The shop's time stands still while the owner looks and types, and goes on when asked to.
 */
export class TradedOffice {
  readonly page: Page;
  readonly #browser: BrowserContext;
  readonly #gateway: Gateway;
  readonly #folder: string;
  readonly #traded: TradedShop;
  #hold: () => void;

  private constructor(of: {
    readonly page: Page;
    readonly browser: BrowserContext;
    readonly gateway: Gateway;
    readonly folder: string;
    readonly traded: TradedShop;
    readonly hold: () => void;
  }) {
    this.page = of.page;
    this.#browser = of.browser;
    this.#gateway = of.gateway;
    this.#folder = of.folder;
    this.#traded = of.traded;
    this.#hold = of.hold;
  }

  static async open(traded: TradedShop): Promise<TradedOffice> {
    const { time } = traded.shop;
    const hold = time.begin();
    const folder = mkdtempSync(join(tmpdir(), "kuantai-traded-"));
    await buildPages(join(folder, "page"));
    const port = await freePort();
    // a process of its own: the shop's gateway is switched off at night
    const own = startProcess(time, 0);
    const parts = {
      ...partsOf(traded.shop),
      clock: own.clock,
      database: traded.shop.database.open(own),
      fetch: traded.shop.provider.fetchFor(own),
      config: {
        v: 1 as const,
        gateway: { listen: "127.0.0.1", port, tillHost: "127.0.0.1", officeHost: "localhost" },
        sandbox: { on: true, listen: "127.0.0.1", port: port + 1 },
        shop: { kind: "demo" as const, seed: 1, products: 200 },
      },
      pages: join(folder, "page"),
    };
    const gateway = await composeGateway(parts);
    await gateway.app.server.listen({ host: "127.0.0.1", port });
    const browser = await launchChromium({ userDataDir: join(folder, "profile") });
    const page = await browser.newPage();
    await page.setViewportSize({ width: 1280, height: 800 });
    await page.clock.setFixedTime(time.clock.now());
    const office = new TradedOffice({ page, browser, gateway, folder, traded, hold });
    await office.#signIn(`http://localhost:${port}`, await resetOwner(parts));
    return office;
  }

  at(id: string): Locator {
    return this.page.locator(`[data-testid="${id}"]`);
  }

  go(hash: string): Promise<unknown> {
    return this.page.evaluate((to) => void (location.hash = to), hash);
  }

  /** Lets the shop's time go on. */
  pass(ms: number): Promise<void> {
    return this.meanwhile(() => sleep(this.#traded.shop.time.clock, ms));
  }

  /** Lets the shop's time go on while something happens in it. */
  async meanwhile(work: () => Promise<void>): Promise<void> {
    const { time } = this.#traded.shop;
    const done = work();
    this.#hold();
    await done;
    this.#hold = time.begin();
    await this.page.clock.setFixedTime(time.clock.now());
  }

  /** Comes in the next morning: the session of the day before is over. */
  async comeIn(): Promise<void> {
    await this.page.reload();
    await this.at("sign-in-password").fill(password);
    await this.at("sign-in-go").click();
    await this.at("office-nav-reconciliation").waitFor();
  }

  async close(): Promise<void> {
    await this.#browser.close();
    await this.#gateway.app.server.close();
    rmSync(this.#folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 200 });
    this.#hold();
  }

  async #signIn(address: string, once: string): Promise<void> {
    await this.page.goto(address);
    await this.at("office-language").selectOption("en");
    await this.at("sign-in-password").fill(once);
    await this.at("sign-in-password").press("Enter");
    await this.at("sign-in-new-password").fill(password);
    await this.at("sign-in-again").fill(password);
    await this.at("sign-in-go").click();
    await this.at("office-nav-reconciliation").waitFor();
  }
}
