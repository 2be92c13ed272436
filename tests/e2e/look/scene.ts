import { sql } from "kysely";
import type { Page } from "playwright-core";
import { typeAsScanner } from "../../device-bench/keyboard.ts";
import type { TillPage } from "../story/till-page.ts";
import { paymentCode, type Stage } from "../till/stage.ts";

/** One till, its customer's window once it is open, and what leads from one screen to the next. */
export type Scene = {
  readonly stage: Stage;
  readonly till: TillPage;
  display: Page | null;
  readonly receipts: string[];
};

/** A screen, how the one before it leads there, and whether the customer's window shows something new with it. */
export type Screen = {
  readonly name: string;
  readonly go: (scene: Scene) => Promise<void>;
  readonly customer?: string;
};

export const cashier = "王芳";
export const manager = "李敏";
/** The place among the goods of the one with a long name and a price of seven figures. */
export const costly = 60;
export const barcode = ({ stage }: Scene, nth: number): string => stage.goods[nth]?.barcode ?? "";

export async function scan(scene: Scene, from: number, count: number): Promise<void> {
  const before = await scene.till.lineCount();
  for (let nth = from; nth < from + count; nth++) await typeAsScanner(scene.till.page, barcode(scene, nth));
  await scene.till.page
    .locator('.lines li[data-testid^="line-"]')
    .nth(before + count - 1)
    .waitFor({ timeout: 20_000 });
}

export async function press({ till }: Scene, ...names: readonly string[]): Promise<void> {
  for (const name of names) await till.press(name);
}

export async function key({ till }: Scene, name: string, then: string): Promise<void> {
  await till.page.keyboard.press(name);
  await till.see(then);
}

export async function agree(scene: Scene): Promise<void> {
  await scene.till.secondPerson(manager, scene.stage.pinOf(manager));
}

export async function payWith(scene: Scene, behaviour: string, then: string): Promise<void> {
  await scene.till.payCode(paymentCode(behaviour));
  await scene.till.see(then, 30_000);
}

/** Adds a product sold by weight, through the search box; its weight is asked for. */
export async function weigh(scene: Scene): Promise<void> {
  const found = await sql<{ initials: string }>`select body->>'initials' as initials from product
    where body->>'unit' = 'kg' order by id limit 1`.execute(scene.stage.shop.database);
  await scene.till.at("scan-box").fill(found.rows[0]?.initials ?? "");
  await scene.till.page.waitForTimeout(300);
  await scene.till.page.keyboard.press("Enter");
  await scene.till.see("weigh");
}
