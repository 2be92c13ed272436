import { sql } from "kysely";
import { afterAll, beforeAll, expect, test } from "vitest";
import { typeAsPerson } from "../../device-bench/keyboard.ts";
import type { TillPage } from "../story/till-page.ts";
import { openStage, type Stage } from "./stage.ts";

const cashier = "王芳";
let stage: Stage;
let till: TillPage;
let supervisor = { name: "", pin: "" };

beforeAll(async () => {
  stage = await openStage();
  supervisor = stage.shop.pins.find((each) => each.role === "supervisor") ?? supervisor;
  till = await stage.open(`/#activate=${stage.shop.activationCode}`);
  await till.see("till");
}, 120_000);

afterAll(() => stage?.close());

const text = (name: string): Promise<string> => till.at(name).first().innerText();
const phase = (): Promise<string | null> => till.at("till").getAttribute("data-phase");

/** What the gateway's journal holds of a kind, oldest first. */
async function journalled(kind: string): Promise<readonly Record<string, unknown>[]> {
  const rows = await sql<{
    body: Record<string, unknown>;
  }>`select convert_from(bytes, 'UTF8')::jsonb->'body' as body from journal_entry
    where kind = ${kind} order by series, number`.execute(stage.shop.database);
  return rows.rows.map((row) => row.body);
}

async function typePin(name: string): Promise<void> {
  await till.page.locator(".person", { hasText: name }).click();
  await typeAsPerson(till.page, stage.pinOf(name));
  await till.page.keyboard.press("Enter");
}

test("nothing is sold before the drawer's float is told; ten times the usual one is asked about once", async () => {
  await typePin(cashier);
  await till.see("open-shift");
  expect(await text("float")).toBe("¥200.00");
  await typeAsPerson(till.page, "2000");
  expect(await text("float")).toBe("¥2000");
  await till.press("open-shift-go");
  await till.see("notice");
  expect([await phase(), await till.at("notice").getAttribute("data-notice")]).toEqual(["openShift", "slip"]);
  for (let presses = 0; presses < 4; presses++) await till.page.keyboard.press("Backspace");
  expect(await text("float")).toBe("¥200.00");
  await till.page.keyboard.press("Escape");
  await expect.poll(phase).toBe("signOn");
  await typePin(cashier);
  await till.press("open-shift-go");
  await till.see("scan-box");
  await expect
    .poll(async () => (await journalled("sessionOpened")).at(-1), { timeout: 20_000 })
    .toMatchObject({
      float: { amount: 20_000 },
      carried: false,
    });
});

test("money goes in with its reason and slip, and out only with a second person", async () => {
  await till.press("open-shift-page");
  await till.press("paid-in");
  await till.see("cash-move");
  expect(await till.at("move-go").isDisabled()).toBe(true);
  await typeAsPerson(till.page, "50.5");
  await till.press("reason-change");
  await till.at("move-slip").fill("JZ-7");
  await till.press("move-go");
  await till.see("shift");
  expect(await text("shift-paid-in")).toBe("¥50.50");
  await till.press("paid-out");
  await till.press("reason-supplier");
  for (const key of ["3", "0"]) await till.press(`key-${key}`);
  await till.press("move-go");
  await till.secondPerson(supervisor.name, supervisor.pin);
  await till.see("shift");
  expect(await text("shift-paid-out")).toBe("¥30.00");
  await expect
    .poll(() => journalled("paidIn"), { timeout: 20_000 })
    .toMatchObject([{ amount: { amount: 5_050 }, reason: "change", slip: "JZ-7" }]);
});

test("the drawer opens for a reason that is kept", async () => {
  await till.press("open-drawer");
  await till.press("drawer-checkCash");
  await till.secondPerson(supervisor.name, supervisor.pin);
  await expect.poll(() => till.at("shift-drawer-opened").count()).toBe(1);
  await expect.poll(() => journalled("drawerOpened"), { timeout: 20_000 }).toMatchObject([{ reason: "checkCash" }]);
});

test("a count stays blind until it stands, is counted once more by two, and the shift closes on it", async () => {
  await till.press("shift-back");
  await till.scanGoods([stage.goods[3]?.barcode ?? ""]);
  await till.payCash();
  await till.done();
  await till.next();
  const sold = stage.goods[3]?.price ?? 0;
  const expected = 20_000 + 5_050 - 3_000 + sold;
  await till.press("open-shift-page");
  await till.see("shift");
  const yuan = (amount: number): string => `¥${(amount / 100).toFixed(2)}`;
  expect(await text("counter")).not.toContain(yuan(expected));
  await till.press("begin-count");
  await till.see("count");
  await till.press("more-10000");
  await till.at("count-5000").fill("2");
  await till.page.keyboard.press("Enter");
  expect(await till.page.evaluate(() => document.activeElement?.getAttribute("data-testid"))).toBe("count-2000");
  expect(await text("count-total")).toBe("¥200.00");
  // no number of notes is none: it is said, and nothing is counted with it
  await till.at("count-2000").fill("-3");
  expect([await text("count-total"), await till.at("count-done").isDisabled()]).toEqual(["¥200.00", true]);
  expect(await till.at("count-2000").getAttribute("aria-invalid")).toBe("true");
  if (process.env["SHOTS"] !== undefined)
    await till.page.screenshot({ path: `${process.env["SHOTS"]}/count-wrong.png` });
  await till.at("count-2000").fill("0");
  await till.press("count-back");
  await till.press("begin-count");
  await till.see("count");
  expect(await text("count-total")).toBe("¥200.00");
  expect(await text("counter")).not.toContain(yuan(expected));
  await till.press("count-done");
  await till.see("count-result");
  expect([await text("counted"), await text("expected")]).toEqual(["¥200.00", yuan(expected)]);
  expect(await till.at("count-result").getAttribute("data-outcome")).toBe("short");

  await till.press("recount");
  await till.see("count");
  await till.press("count-by-total");
  await typeAsPerson(till.page, (expected / 100).toFixed(2));
  await till.press("count-done");
  await till.secondPerson(supervisor.name, supervisor.pin);
  await till.see("count-result");
  expect(await till.at("count-result").getAttribute("data-outcome")).toBe("exact");
  expect(await till.at("recount").count()).toBe(0);
  await till.press("close-shift");
  await expect.poll(phase).toBe("signOn");
  await expect
    .poll(async () => (await journalled("sessionClosed")).at(-1), { timeout: 20_000 })
    .toMatchObject({
      sales: 1,
      shift: { cash: { counted: { amount: expected }, expected: { amount: expected }, counts: 2 }, drawerOpened: 1 },
    });
});

test("the next person opens a shift of their own", async () => {
  await typePin(cashier);
  await till.see("open-shift");
  await till.press("open-shift-go");
  await till.press("open-shift-page");
  await till.see("shift");
  expect(await text("shift-sales")).toBe("0");
});
