import { afterAll, beforeAll, expect, test } from "vitest";
import { typeAsPerson, typeAsScanner } from "../../device-bench/keyboard.ts";
import { weigh } from "../look/scene.ts";
import type { TillPage } from "../story/till-page.ts";
import { openStage, type Stage } from "./stage.ts";

const cashier = "王芳";
let stage: Stage;
let till: TillPage;

beforeAll(async () => {
  stage = await openStage();
  till = await stage.open(`/#activate=${stage.shop.activationCode}`);
  await till.see("till");
  await till.signOn(cashier, stage.pinOf(cashier));
}, 120_000);

afterAll(() => stage?.close());

const line = '.lines li[data-testid^="line-"]';
const quantity = (): Promise<string> => till.at("quantity").first().inputValue();
const view = (): Promise<string | null> => till.at("counter").getAttribute("data-counter");
const press = (key: string): Promise<void> => till.page.keyboard.press(key);

/** A finger from one place to another, as Chromium hears a touch screen. */
async function swipe(selector: string, right: number, down = 0): Promise<void> {
  const box = await till.page.locator(selector).first().boundingBox();
  if (box === null) throw new Error(`${selector} is not on the screen`);
  const [x, y] = [box.x + box.width / 3, box.y + box.height / 2];
  const touch = await till.page.context().newCDPSession(till.page);
  const send = (type: "touchStart" | "touchMove" | "touchEnd", part: number): Promise<unknown> =>
    touch.send("Input.dispatchTouchEvent", {
      type,
      touchPoints: type === "touchEnd" ? [] : [{ x: x + right * part, y: y + down * part }],
    });
  await send("touchStart", 0);
  for (const part of [0.2, 0.4, 0.6, 0.8, 1]) await send("touchMove", part);
  await send("touchEnd", 1);
  await touch.detach();
}

test("the newest line is counted up, down, opened and removed by keys while the search box has the focus and is empty", async () => {
  await till.scanGoods([stage.goods[1]?.barcode ?? ""]);
  await till.at("scan-box").focus();
  for (const then of ["2", "3"]) {
    await typeAsPerson(till.page, "+");
    await expect.poll(quantity).toBe(then);
  }
  await press("-");
  await expect.poll(quantity).toBe("2");
  expect(await till.at("scan-box").inputValue()).toBe("");
  await press("*");
  await expect.poll(view).toBe("line");
  await press("Escape");
  await expect.poll(view).toBe("goods");
  await till.page.evaluate(() => (document.activeElement as HTMLElement | null)?.blur());
  await press("Delete");
  await expect.poll(() => till.lineCount()).toBe(0);
  await till.see("undo");
});

test("how many is typed after its key, and a weight on the keyboard, in which a scan leaves nothing", async () => {
  await till.scanGoods([stage.goods[1]?.barcode ?? ""]);
  await till.at("scan-box").focus();
  await typeAsPerson(till.page, "=");
  await expect.poll(() => till.page.evaluate(() => document.activeElement?.className)).toBe("count");
  await typeAsPerson(till.page, "7");
  await press("Enter");
  await expect.poll(quantity).toBe("7");
  await press("Delete");
  await expect.poll(() => till.lineCount()).toBe(0);
  await weigh({ stage, till, display: null, receipts: [] });
  await typeAsPerson(till.page, "1.25");
  const figure = till.page.locator('[data-testid="weigh"] .big');
  expect(await figure.innerText()).toBe("1.25 kg");
  await typeAsScanner(till.page, "9990000000008");
  await till.see("notice");
  expect(await figure.innerText()).toBe("1.25 kg");
  await press("Backspace");
  await till.page.waitForTimeout(300);
  await press("Enter");
  await expect.poll(() => till.lineCount()).toBe(1);
  expect(await till.page.locator(".lines .qty").first().innerText()).toContain("1.2");
  await press("Delete");
  await expect.poll(() => till.lineCount()).toBe(0);
});

test("what is typed in the search box is typed, and a scan that begins with a key's sign stays a scan", async () => {
  await till.scanGoods([stage.goods[2]?.barcode ?? ""]);
  await till.at("scan-box").focus();
  await typeAsPerson(till.page, "a+b?");
  await till.page.waitForTimeout(200);
  expect([await till.at("scan-box").inputValue(), await quantity()]).toEqual(["a+b?", "1"]);
  await till.at("scan-box").fill("");
  await typeAsScanner(till.page, "+A123BJC5D6E71");
  await till.see("notice");
  await till.page.waitForTimeout(200);
  expect([await till.at("notice").getAttribute("data-notice"), await quantity()]).toEqual(["unknownCode", "1"]);
});

test("a finger's swipe removes a line, which can be taken back, or opens it; down the list it scrolls", async () => {
  await swipe(line, 20, 90);
  expect(await till.lineCount()).toBe(1);
  await swipe(line, -160);
  await expect.poll(() => till.lineCount()).toBe(0);
  await till.page.locator('[data-testid="undo"] button').click();
  await expect.poll(() => till.lineCount()).toBe(1);
  await swipe(line, 160);
  await expect.poll(view).toBe("line");
  await press("Escape");
});

test("a tile that is held down asks how many", async () => {
  const before = await till.lineCount();
  const tile = till.page.locator('[data-testid^="tile-"]').first();
  await tile.hover();
  await till.page.mouse.down();
  await till.see("how-many");
  await till.page.mouse.up();
  await typeAsPerson(till.page, "12");
  await press("Enter");
  await expect.poll(() => till.lineCount()).toBe(before + 1);
  expect(await till.page.locator('.lines .new [data-testid="quantity"]').inputValue()).toBe("12");
});

test("the ticket on a phone opens and folds by its top", async () => {
  await till.page.setViewportSize({ width: 390, height: 844 });
  const isOpen = (): Promise<boolean> => till.at("ticket").evaluate((ticket) => ticket.classList.contains("open"));
  await swipe('[data-testid="ticket"] > header', 0, -120);
  await expect.poll(isOpen).toBe(true);
  await swipe('[data-testid="ticket"] > header', 0, 120);
  await expect.poll(isOpen).toBe(false);
  await till.page.setViewportSize({ width: 1280, height: 720 });
});

test("a scan closes the list of keys: what it sold is in sight", async () => {
  const before = await till.lineCount();
  await till.at("scan-box").focus();
  await press("?");
  await till.see("keys-page");
  await typeAsScanner(till.page, stage.goods[40]?.barcode ?? "");
  await till.at("keys-page").waitFor({ state: "detached" });
  expect(await till.lineCount()).toBe(before + 1);
});

test("a key that leads to another page closes the menu that was open over this one", async () => {
  await till.press("strip-more");
  await till.at("open-display").waitFor();
  await press("F8");
  await expect.poll(view).toBe("find");
  await till.at("open-display").waitFor({ state: "hidden" });
  await press("Escape");
  await expect.poll(view).toBe("goods");
});

test("a key is given by pressing it, a taken one is refused in words, and it holds after a restart", async () => {
  await till.at("scan-box").focus();
  await press("?");
  await till.see("keys-page");
  await till.press("change-pay");
  await press("F6");
  const refused = await till.at("keys-told").innerText();
  expect(refused).toContain("F6");
  await till.press("change-pay");
  await press("7");
  expect(await till.at("keys-told").innerText()).not.toBe(refused);
  await till.press("change-pay");
  await press("Insert");
  expect(await till.at("change-pay").innerText()).toContain("Ins");
  await press("Escape");
  await till.at("keys-page").waitFor({ state: "detached" });

  await till.page.waitForTimeout(400);
  await till.page.reload();
  await till.signOn(cashier, stage.pinOf(cashier));
  expect(await till.at("pay").innerText()).toContain("Ins");
  await press("F9");
  await till.page.waitForTimeout(150);
  expect(await view()).toBe("goods");
  await press("Insert");
  await expect.poll(view).toBe("tender");
  await press("Escape");
  await till.press("strip-more");
  await till.press("open-keys");
  await till.press("keys-reset");
  await till.press("keys-close");
  await press("F9");
  await expect.poll(view).toBe("tender");
});

test("cash far above what is due is asked about once, and the same again is taken", async () => {
  await press("F10");
  await till.see("cash");
  const due = Number((await till.at("due").innerText()).replaceAll(/[^\d.]/g, ""));
  await typeAsPerson(till.page, (due * 10).toFixed(2));
  await press("Enter");
  await till.see("notice");
  expect(await till.at("notice").getAttribute("data-notice")).toBe("slip");
  // a press that comes sooner is the second of a double one
  await till.page.waitForTimeout(700);
  await press("Enter");
  await till.done();
  await press("Enter");
  await till.see("scan-box");
});
