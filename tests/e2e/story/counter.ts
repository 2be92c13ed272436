import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "vitest";
import { Bench } from "../../device-bench/bench.ts";
import { chooseFirstPort, launchChromium } from "../../device-bench/chromium.ts";
import { VirtualPrinter } from "../../device-bench/virtual-printer.ts";
import {
  newestAttempt,
  payerCode,
  playNotification,
  scanShown,
  type NotificationPlay,
  type Wallet,
} from "./customers.ts";
import type { Meet } from "./meetings.ts";
import type { Shop } from "./shop.ts";
import { TillPage } from "./till-page.ts";

/** What both tills share on this day. */
export type Day = {
  readonly shop: Shop;
  readonly meet: Meet;
  /** Barcodes of goods sold by the piece. */
  readonly goods: readonly string[];
  /** Goods sold by weight: their number on the scale and their price a kilogram, fen. */
  readonly byWeight: { readonly plu: string; readonly price: number };
  /** A drink with a deposit on its bottle, and the empty bottle: barcodes. */
  readonly bottle: { readonly drink: string; readonly empty: string };
  /** Every payer's code that was ever scanned: none of them may stand anywhere. */
  readonly secrets: string[];
  /** Receipts that the tills speak about, by what is to become of them. */
  readonly spoken: Map<"comes back at the other till" | "is wanted back at both", string>;
  /** Which till got what both wanted back. */
  readonly got: string[];
  pinOf(name: string): string;
};

/** Whose yes counts at both tills. */
export const manager = "李敏";

/** One till of the store: its window, its printer and drawer, and whoever stands at it. */
export class Counter {
  readonly day: Day;
  readonly till: "till-a1" | "till-a2";
  readonly cashier: string;
  readonly printer: VirtualPrinter;
  readonly profile: string;
  /** Receipt numbers as the screen told them. */
  readonly receipts: string[] = [];
  readonly #bench: Bench;
  #page: TillPage | null = null;
  #nextGoods: number;

  private constructor(day: Day, till: Counter["till"], cashier: string, bench: Bench, printer: VirtualPrinter) {
    this.day = day;
    this.till = till;
    this.cashier = cashier;
    this.profile = mkdtempSync(join(tmpdir(), `kuantai-${till}-`));
    this.printer = printer;
    this.#bench = bench;
    this.#nextGoods = till === "till-a1" ? 0 : day.goods.length >> 1;
  }

  /** A till with a printer of its own on a bench of its own; its window is not open yet. */
  static async at(day: Day, till: Counter["till"], cashier: string): Promise<Counter> {
    const bench = await Bench.open();
    const printer = new VirtualPrinter({ columns: 48 });
    const device = bench.addSerial({ vendorId: 0x0416, productId: 0x5011, name: "Receipt Printer" });
    device.connectPrinter(printer);
    bench.plug(device);
    return new Counter(day, till, cashier, bench, printer);
  }

  get page(): TillPage {
    if (this.#page === null) throw new Error(`${this.till} has no window yet`);
    return this.#page;
  }

  /** Opens Chromium on the till's profile: a first start, or the one after a crash. */
  async open(path = "/", fakeCamera?: string): Promise<void> {
    const camera = fakeCamera === undefined ? {} : { fakeCamera };
    const context = await launchChromium({ bench: this.#bench, userDataDir: this.profile, ...camera });
    await chooseFirstPort(context);
    await context.addInitScript(() => localStorage.setItem("kuantai-language", "zh-CN"));
    const page = context.pages()[0] ?? (await context.newPage());
    await page.goto(this.day.shop.address + path);
    this.#page = new TillPage(context, page);
  }

  async close(): Promise<void> {
    await this.#page?.context.close();
    await this.#bench.close();
    rmSync(this.profile, { recursive: true, force: true, maxRetries: 10, retryDelay: 200 });
  }

  signOn(name = this.cashier): Promise<void> {
    return this.page.signOn(name, this.day.pinOf(name));
  }

  /** The manager's yes, with the manager's PIN; resolves when it is taken. */
  async agree(): Promise<void> {
    await this.page.secondPerson(manager, this.day.pinOf(manager));
    await this.page.at("second-person").waitFor({ state: "detached", timeout: 20_000 });
  }

  /** Scans so many pieces of different goods, never the same twice in a row. */
  async take(count = 2): Promise<void> {
    const { goods } = this.day;
    const barcodes = Array.from({ length: count }, (_, n) => goods[(this.#nextGoods + n) % goods.length] ?? "");
    this.#nextGoods = (this.#nextGoods + count) % goods.length;
    await this.page.scanGoods(barcodes, await this.page.lineCount());
  }

  /** Scans the code on a payer's phone. */
  async scan(wallet: Wallet, behaviour = "0000"): Promise<void> {
    const code = payerCode(wallet, behaviour);
    this.day.secrets.push(code);
    await this.page.payCode(code);
  }

  /** Shows a code by its key; the customer scans it and pays. */
  async show(wallet: Wallet, notification?: NotificationPlay): Promise<void> {
    await this.page.page.keyboard.press(wallet === "wechat" ? "F3" : "F4");
    await this.page.see("shown-code");
    const content = (await this.page.at("shown-code").getAttribute("data-content")) ?? "";
    const order = await newestAttempt(this.day.shop.database, this.till);
    if (notification !== undefined) await playNotification(this.day.shop, wallet, order, notification);
    await scanShown(this.day.shop, wallet, content);
  }

  /** Waits for the result and its paper, keeps the receipt's number, and turns to the next customer. */
  async finish(timeout?: number): Promise<string> {
    const receipt = await this.page.done(timeout);
    this.receipts.push(receipt);
    await this.page.printed();
    await this.page.next();
    return receipt;
  }

  async sellForCash(count = 2): Promise<string> {
    await this.take(count);
    await this.page.payCash();
    return this.finish();
  }

  async sellByCode(wallet: Wallet, behaviour = "0000", count = 2): Promise<string> {
    await this.take(count);
    await this.scan(wallet, behaviour);
    return this.finish(60_000);
  }

  async sellByShownCode(wallet: Wallet, notification?: NotificationPlay): Promise<string> {
    await this.take(1);
    await this.show(wallet, notification);
    return this.finish(60_000);
  }

  /** Nothing of this till's is on its way any more. */
  async settled(): Promise<void> {
    await this.page.online();
    await this.page.unsent(0);
    await expect.poll(() => this.page.at("parked").count(), { timeout: 60_000 }).toBe(0);
  }
}
