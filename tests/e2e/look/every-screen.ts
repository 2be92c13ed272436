import { sql } from "kysely";
import type { BrowserContext, Page } from "playwright-core";
import type { Language } from "../../../src/domain/item.ts";
import { json } from "../../../src/gateway/store/database.ts";
import { TillPage } from "../story/till-page.ts";
import { bringAxe } from "./axe.ts";
import { openStage, type Stage } from "../till/stage.ts";
import { afterwards, shift, trouble } from "./other-screens.ts";
import { paying } from "./paying-screens.ts";
import { costly, type Scene, type Screen } from "./scene.ts";
import { beginning, pricing } from "./selling-screens.ts";

export type View = {
  readonly name: string;
  readonly kind: "till" | "display";
  readonly page: Page;
  /** The till's language, and with it the customer's; the screen stays. */
  speak(language: Language): Promise<void>;
};

const chapters: readonly (readonly Screen[])[] = [beginning, pricing, paying, afterwards, shift, trouble];
const unhurried = { reverseAfterMs: 600_000 };
export const tillSize = { width: 1280, height: 800 };
export const displaySize = { width: 1024, height: 600 };

/** Opens every screen of till and customer's window in the order of a day, and has each looked at as it comes. */
export async function lookAtEveryScreen(look: (view: View) => Promise<void>): Promise<void> {
  const stage = await openStage();
  try {
    await prepare(stage);
    await bringAxe(stage.context);
    await bringEar(stage.context);
    const page = await stage.context.newPage();
    await page.setViewportSize(tillSize);
    await page.emulateMedia({ reducedMotion: "reduce" });
    await page.goto(stage.shop.address);
    const scene: Scene = { stage, till: new TillPage(stage.context, page), display: null, receipts: [] };
    for (const screen of chapters.flat()) await show(scene, screen, look);
  } finally {
    await stage.close();
  }
}

async function show(scene: Scene, screen: Screen, look: (view: View) => Promise<void>): Promise<void> {
  await screen.go(scene).catch((cause: unknown) => {
    throw new Error(`The walk did not come to "${screen.name}"`, { cause });
  });
  const { page } = scene.till;
  const speak = (language: Language): Promise<void> => speakOn(page, language);
  await look({ name: screen.name, kind: "till", page, speak });
  await page.setViewportSize(tillSize);
  const { display } = scene;
  if (screen.customer !== undefined && display !== null) {
    await display.bringToFront();
    await look({
      name: screen.customer,
      kind: "display",
      page: display,
      speak: (language) => hearIn(display, language),
    });
    await hearIn(display, "zh-CN");
    await page.bringToFront();
  }
  await speak("zh-CN");
}

/** Chooses as a person would, but without the press that would close a menu. */
async function speakOn(page: Page, language: Language): Promise<void> {
  await page.evaluate((wanted) => {
    const choice = document.querySelector<HTMLSelectElement>('[data-testid="language"]');
    if (choice === null) return;
    choice.value = wanted;
    choice.dispatchEvent(new Event("change"));
  }, language);
  await page.waitForFunction((wanted) => document.documentElement.lang === wanted, language, { polling: 20 });
}

type Heard = { spoken?: Language; last?: MessageEvent };

/** The customer's language is the shop's and stands in its settings: a page that can hear the same message in any. */
async function bringEar(context: BrowserContext): Promise<void> {
  await context.addInitScript(() => {
    const heard = globalThis as unknown as Heard;
    let revision = 0;
    const { get } = Object.getOwnPropertyDescriptor(MessageEvent.prototype, "data") ?? {};
    Object.defineProperty(MessageEvent.prototype, "data", {
      get(this: MessageEvent) {
        const data: unknown = get?.call(this);
        if (typeof data !== "object" || data === null || !("revision" in data)) return data;
        heard.last = this;
        return { ...data, revision: ++revision, ...(heard.spoken === undefined ? {} : { language: heard.spoken }) };
      },
    });
  });
}

async function hearIn(page: Page, language: Language): Promise<void> {
  await page.evaluate((wanted) => {
    const heard = globalThis as unknown as Heard;
    heard.spoken = wanted;
    heard.last?.target?.dispatchEvent(new MessageEvent("message", { data: heard.last.data }));
  }, language);
  await page.locator(`.customer[lang="${language}"]`).waitFor();
}

/** A payment's time that does not run out, a product with a long name and a price of seven figures, a static code's tender allowed. */
async function prepare({ shop, goods }: Stage): Promise<void> {
  const names = { "zh-CN": "礼盒装".repeat(9), en: "Gift box ".repeat(6).trim(), ja: "ギフトボックス".repeat(5) };
  const { database } = shop;
  await sql`update provider_account set timings = timings || ${json(unhurried)}`.execute(database);
  await sql`update store set rules = rules || ${json({ unverified: { each: 100_000, day: 500_000 } })}`.execute(
    database,
  );
  await sql`update product set body = body || ${json({ names, price: 123_456_700, listPrice: 198_765_400 })}
    where body->'barcodes' ? ${goods[costly]?.barcode ?? ""}`.execute(database);
}
