import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { typeAsPerson } from "../../device-bench/keyboard.ts";
import type { TillPage } from "../story/till-page.ts";
import { openStage, type Stage } from "./stage.ts";

const cashier = "王芳";
const chosen = "246810";
let stage: Stage;
let till: TillPage;

beforeAll(async () => {
  stage = await openStage();
  till = await stage.open(`/#activate=${stage.shop.activationCode}`);
  await till.see("till");
  await till.signOn(cashier, stage.pinOf(cashier));
}, 120_000);

afterAll(() => stage?.close());

/** Pictures for a person to look at; none in a usual run. */
async function shot(name: string): Promise<void> {
  const folder = process.env["SHOTS"];
  if (folder === undefined) return;
  const { page } = till;
  for (const [language, theme, width, height] of [
    ["zh-CN", "light", 1280, 800],
    ["en", "dark", 800, 1280],
    ["ja", "light", 390, 844],
  ] as const) {
    await speak(language);
    await page.emulateMedia({ colorScheme: theme });
    await page.setViewportSize({ width, height });
    await page.waitForTimeout(200);
    await page.screenshot({ path: join(folder, `${name}-${language}-${width}.png`) });
  }
  await speak("zh-CN");
  await page.emulateMedia({ colorScheme: "light" });
  await page.setViewportSize({ width: 1280, height: 800 });
}

/** Chooses a language as a person would, though something lies over the menu. */
const speak = (language: string): Promise<void> =>
  till.page.evaluate((wanted) => {
    const choice = document.querySelector<HTMLSelectElement>('[data-testid="language"]');
    if (choice === null) return;
    choice.value = wanted;
    choice.dispatchEvent(new Event("change", { bubbles: true }));
  }, language);
const type = async (...pins: readonly string[]): Promise<void> => {
  for (const pin of pins) {
    await typeAsPerson(till.page, pin);
    await till.page.keyboard.press("Enter");
  }
};
async function open(): Promise<void> {
  await till.press("strip-more");
  await till.press("open-own-pin");
  await till.see("own-pin-present");
}

test("whoever is signed on chooses another PIN by the keyboard, and from then on signs on with it alone", async () => {
  await till.online();
  await open();
  await type("000000", chosen, chosen);
  await expect.poll(() => till.at("own-pin-refusal").innerText(), { timeout: 10_000 }).not.toBe("");
  await shot("wrong");
  await type(stage.pinOf(cashier), chosen, "111111");
  await till.see("own-pin-told");
  await type(chosen, chosen);
  await till.see("own-pin-changed");
  await shot("changed");
  await till.press("own-pin-close");
  await till.press("sign-off");
  await till.signOn(cashier, chosen);
  await till.see("counter");
});

test("without the network it says so and the PIN stays", async () => {
  await stage.cutOff();
  await till.offline();
  await open();
  await till.see("own-pin-told");
  await type(chosen, "135790", "135790");
  await till.see("own-pin-told");
  await shot("offline");
  await till.press("own-pin-cancel");
  await till.press("sign-off");
  await till.signOn(cashier, chosen);
  await till.see("counter");
  expect(stage.violations).toEqual([]);
});
