import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { Page } from "playwright-core";
import { parseEntry } from "../../../src/contract/journal.ts";
import { resetOwner } from "../../../src/gateway/office/owner.ts";
import { systemClock, systemRandom } from "../../../src/gateway/system-clock.ts";
import type { TillPage } from "../story/till-page.ts";
import { openStage, type Stage } from "./stage.ts";

const cashier = "王芳";
const password = "the owner's long password";
let stage: Stage;
let till: TillPage;
let phone: Page;

beforeAll(async () => {
  stage = await openStage();
  till = await stage.open(`/#activate=${stage.shop.activationCode}`);
  await till.see("till");
  await till.signOn(cashier, stage.pinOf(cashier));
  phone = await stage.context.newPage();
  await phone.setViewportSize({ width: 390, height: 844 });
  const once = await resetOwner({ database: stage.shop.database, clock: systemClock, random: systemRandom });
  await phone.goto(`${stage.shop.address.replace("127.0.0.1", "localhost")}/#approve`);
  await beginWith(once);
  await on("sign-in-new-password").fill(password);
  await on("sign-in-again").fill(password);
  await on("sign-in-go").click();
  await on("approve-phone").waitFor();
}, 120_000);

afterAll(() => stage?.close());

const on = (id: string) => phone.locator(`[data-testid="${id}"]`);

/** Signs in with the one-time password; where the page says that nobody has answered, once more, as a person does. */
async function beginWith(once: string): Promise<void> {
  for (let tries = 1; tries <= 3; tries++) {
    await on("sign-in-password").fill(once);
    await on("sign-in-go").click();
    const isThere = await on("sign-in-new-password")
      .waitFor({ timeout: 10_000 })
      .then(() => true)
      .catch(() => false);
    if (isThere) return;
    console.warn(`signing in, try ${tries}: ${await phone.locator("main").innerText()}`);
  }
}

async function askForDrawer(why = ""): Promise<void> {
  await till.page.bringToFront();
  await till.press("open-shift-page");
  await till.press("open-drawer");
  await till.press("drawer-change");
  await till.see("second-person");
  if (why !== "") await till.at("phone-why").fill(why);
  await till.press("ask-on-phone");
  await till.see("phone-asking");
  await phone.bringToFront();
}

test("what a cashier may not do alone is asked on the owner's phone, and the till goes on by itself after the yes", async () => {
  await askForDrawer("a note of 100");
  await on("approve-yes").waitFor();
  expect(await phone.locator("h1").innerText()).toContain(cashier);
  // what was chosen on the till's screen, in words, and what was typed there
  expect(await on("approve-phone").innerText()).toMatch(/Why\s*Change money\s*a note of 100/u);
  if (process.env["SHOTS"] !== undefined)
    await phone.screenshot({ path: join(process.env["SHOTS"], "approve-why.png") });
  await on("approve-password").fill(password);
  await on("approve-yes").click();
  await on("approve-given").waitFor();
  await till.page.bringToFront();
  await till.at("second-person").waitFor({ state: "detached", timeout: 10_000 });
  await till.see("shift");
  await till.unsent(0);
  const opened = () =>
    stage.shop.database.selectFrom("journal_entry").select("bytes").where("kind", "=", "drawerOpened").execute();
  await expect.poll(async () => (await opened()).length, { timeout: 20_000 }).toBe(1);
  const rows = await opened();
  const entry = parseEntry(Buffer.from(rows[0]?.bytes ?? []).toString("utf8"));
  expect(entry).toMatchObject({
    ok: true,
    value: { approval: { act: "openDrawer", by: "owner", method: "password" } },
  });
});

/** Whether all words of a line are inside their sheet at a phone's width, in English: the longest. */
async function isWholeOnPhone(name: string): Promise<boolean> {
  const { page } = till;
  await page.setViewportSize({ width: 390, height: 844 });
  const choice = page.locator('[data-testid="language"]');
  await choice.evaluate((select: HTMLSelectElement) => {
    select.value = "en";
    select.dispatchEvent(new Event("change"));
  });
  await page.waitForFunction(() => document.documentElement.lang === "en");
  const isWhole = await till.at(name).evaluate((line) => {
    const words = document.createRange();
    words.selectNodeContents(line);
    const sheet = line.closest(".given")?.getBoundingClientRect();
    return words.getBoundingClientRect().right <= (sheet?.right ?? 0);
  });
  if (process.env["SHOTS"] !== undefined) await page.screenshot({ path: join(process.env["SHOTS"], `${name}.png`) });
  await page.setViewportSize({ width: 1280, height: 800 });
  return isWhole;
}

test("a no is said at the till, where somebody beside may still say yes", async () => {
  await till.press("shift-back");
  await askForDrawer();
  expect(await isWholeOnPhone("phone-asking")).toBe(true);
  await on("approve-no").click();
  await on("approve-refused").waitFor();
  await till.page.bringToFront();
  await till.see("phone-refused");
  await till.secondPerson("李敏", stage.pinOf("李敏"));
  await till.see("shift");
});

test("offline nobody can be asked elsewhere", async () => {
  await till.press("shift-back");
  stage.shop.network.cut();
  await till.offline();
  await till.press("open-shift-page");
  await till.press("open-drawer");
  await till.press("drawer-change");
  await till.see("second-person");
  expect(await till.at("ask-on-phone").count()).toBe(0);
  await till.secondPerson("李敏", stage.pinOf("李敏"));
  await till.see("shift");
});
