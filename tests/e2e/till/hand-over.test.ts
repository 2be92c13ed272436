import { join } from "node:path";
import { sql } from "kysely";
import { afterAll, beforeAll, expect, test } from "vitest";
import { typeAsPerson } from "../../device-bench/keyboard.ts";
import { Counter, manager, type Day } from "../story/counter.ts";
import { openShop, type Shop } from "../story/shop.ts";

const cashier = "王芳";
let shop: Shop;
let counter: Counter;

beforeAll(async () => {
  shop = await openShop();
  const found = await sql<{ barcode: string }>`select body->'barcodes'->>0 as barcode from product
    where body->>'unit' = 'piece' and (body->>'price')::int < 9000 order by id limit 4`.execute(shop.database);
  const pinOf = (name: string): string => shop.pins.find((each) => each.name === name)?.pin ?? "";
  const goods = found.rows.map(({ barcode }) => barcode);
  counter = await Counter.at({ shop, goods, pinOf, secrets: [] } as unknown as Day, "till-a1", cashier);
  await counter.open(`/#activate=${shop.activationCode}`);
  await counter.signOn();
}, 120_000);

afterAll(async () => {
  await counter?.close();
  await shop?.stop();
});

const text = (name: string): Promise<string> => counter.page.at(name).first().innerText();
const yuan = (fen: number): string => `¥${(fen / 100).toFixed(2)}`;
let sold = 0;
let shots = 0;

/** Pictures for a person to look at; none in a usual run. */
async function shot(name: string): Promise<void> {
  const folder = process.env["SHOTS"];
  if (folder === undefined) return;
  shots += 1;
  const { page } = counter.page;
  for (const [language, theme, width, height] of [
    ["zh-CN", "light", 1280, 800],
    ["en", "dark", 800, 1280],
    ["ja", "light", 390, 844],
  ] as const) {
    await speak(language);
    await page.emulateMedia({ colorScheme: theme });
    await page.setViewportSize({ width, height });
    await page.waitForTimeout(200);
    await page.screenshot({ path: join(folder, `${shots}-${name}-${language}-${width}.png`) });
  }
  await speak("zh-CN");
  await page.emulateMedia({ colorScheme: "light" });
  await page.setViewportSize({ width: 1280, height: 800 });
}

/** Chooses a language as a person would, without the press that would close a menu. */
function speak(language: string): Promise<void> {
  return counter.page.page.evaluate((wanted) => {
    const choice = document.querySelector<HTMLSelectElement>('[data-testid="language"]');
    if (choice === null) return;
    choice.value = wanted;
    choice.dispatchEvent(new Event("change"));
  }, language);
}

/** What the books have in an account, in fen. */
async function balance(account: string): Promise<number> {
  const { rows } = await sql<{ fen: number }>`
    select coalesce(sum(case when debit = ${account} then amount else -amount end), 0)::bigint as fen from ledger_transfer
    where debit = ${account} or credit = ${account}`.execute(shop.database);
  return Number(rows[0]?.fen ?? 0);
}

async function count(fen: number): Promise<void> {
  const { page } = counter;
  await page.press("open-shift-page");
  await page.press("begin-count");
  await page.see("count");
  await page.press("count-by-total");
  await typeAsPerson(page.page, (fen / 100).toFixed(2));
  await page.press("count-done");
  await page.see("count-result");
  await page.page.locator('[data-testid="begin-hand-over"]:enabled').waitFor();
}

test("what is above the float is handed over to a second person, who proves it, and the slip names both", async () => {
  const { page } = counter;
  await counter.take(2);
  await page.payCash();
  await page.done();
  await page.next();
  const { rows } = await sql<{ total: number }>`select total from sale where state = 'completed'`.execute(
    shop.database,
  );
  await expect.poll(async () => (await balance("drawer/till-a1")) > 20_000, { timeout: 20_000 }).toBe(true);
  sold = (await balance("drawer/till-a1")) - 20_000;
  expect(rows.length).toBeLessThanOrEqual(1);
  await count(20_000 + sold);
  await shot("count-result");
  await page.press("begin-hand-over");
  await page.see("hand-over");
  expect([await text("hand-over-kept"), await text("hand-over-amount")]).toEqual([yuan(20_000), yuan(sold)]);
  await shot("hand-over");
  await typeAsPerson(page.page, "9999");
  expect(await page.at("hand-over-go").isDisabled()).toBe(true);
  for (let presses = 0; presses < 4; presses++) await page.page.keyboard.press("Backspace");
  await page.press("hand-over-go");
  await page.see("second-person");
  await shot("who-receives");
  // received, not agreed to, and no ticket beside it
  await speak("ja");
  await expect.poll(() => text("second-agree")).toBe("受け取る");
  await speak("zh-CN");
  expect(await page.at("second-person").innerText()).not.toContain("同意");
  expect(await page.at("due").isVisible()).toBe(false);
  await page.secondPerson(manager, counter.day.pinOf(manager));
  await page.see("sign-on");
  const lines = (): readonly string[] => counter.printer.text();
  const said = (word: RegExp): boolean => lines().some((line) => word.test(line));
  await expect.poll(() => said(/缴款单/u), { timeout: 20_000 }).toBe(true);
  const slip = lines()
    .slice(lines().findLastIndex((line) => line.includes("缴款单")))
    .join("\n");
  expect(slip).toMatch(new RegExp(`缴款人\\s+${cashier}`, "u"));
  expect(slip).toMatch(new RegExp(`收款人\\s+${manager}`, "u"));
  expect(slip).toContain((sold / 100).toFixed(2));
  expect(said(/留在钱箱\s+.*200\.00/u)).toBe(true);
  await expect
    .poll(() => shop.database.selectFrom("hand_over").selectAll().execute(), { timeout: 20_000 })
    .toMatchObject([{ amount: sold, kept: 20_000, till: "till-a1" }]);
  const [row] = await shop.database.selectFrom("hand_over").select(["handed_by", "received_by"]).execute();
  expect(row?.received_by).not.toBe(row?.handed_by);
  await expect.poll(() => balance("drawer/till-a1"), { timeout: 20_000 }).toBe(20_000);
  expect(await balance("safe")).toBe(sold - 20_000);
});

test("the next shift says what was left, takes nothing from the safe again, and closes with nobody there to receive", async () => {
  const { page } = counter;
  await page.page.locator(".person", { hasText: cashier }).click();
  await typeAsPerson(page.page, counter.day.pinOf(cashier));
  await page.page.keyboard.press("Enter");
  await page.see("open-shift");
  expect(await text("float-left")).toBe(yuan(20_000));
  expect(await page.at("float-brought").count()).toBe(0);
  await typeAsPerson(page.page, "250");
  expect(await text("float-brought")).toBe(yuan(5_000));
  await shot("open-shift");
  for (let presses = 0; presses < 3; presses++) await page.page.keyboard.press("Backspace");
  await page.press("open-shift-go");
  await page.see("scan-box");
  await count(20_000);
  await page.press("begin-hand-over");
  await page.see("hand-over");
  expect(await page.at("hand-over-go").isDisabled()).toBe(true);
  await page.press("close-shift");
  await page.see("sign-on");
  await expect
    .poll(
      async () =>
        (await shop.database.selectFrom("shift").selectAll().where("closed_at", "is not", null).execute()).length,
      {
        timeout: 20_000,
      },
    )
    .toBe(2);
  expect([await balance("drawer/till-a1"), await balance("safe")]).toEqual([20_000, sold - 20_000]);
});
