import type { Page } from "playwright-core";
import { afterAll, beforeAll, beforeEach, expect, it } from "vitest";
import { renewAlerts } from "../../../src/gateway/alerts/renew-alerts.ts";
import { bringAxe } from "../look/axe.ts";
import { managerAgrees } from "./staff-pin.ts";
import { BooksPage } from "./books-page.ts";

let books: BooksPage;
let manager: Page;
beforeAll(async () => {
  books = await BooksPage.open();
  await books.trade();
  const missing = books.paid[3]?.attempt;
  await books.shop.control("plants", { kind: "paymentMissing", provider: "wechat", order: missing });
  await books.askFor("wechat-sandbox");
  await renewAlerts(books.shop.parts.database, books.shop.parts.clock.now());
});
beforeEach(() => {
  books.faults = [];
  return () => expect(books.faults).toEqual([]);
});
afterAll(() => books.stop());

const at = (id: string) => books.at(id);
const on = (page: Page, id: string) => page.locator(`[data-testid="${id}"]`);
const unread = (page: Page) => on(page, "office-alerts").locator(".badge");
const fresh = (page: Page) => on(page, "alert-fresh");

/** Payments that the bill lacks: ¥88.00 and ¥45.90. */
const before = 2;

it("breaks stand as unread behind the bell; what is opened leads to its break and is read, by whoever opened it", async () => {
  await expect.poll(() => unread(books.page).innerText(), { timeout: 30_000 }).toBe(String(before));
  await at("office-alerts").click();
  await at("alert-row")
    .nth(before - 1)
    .waitFor();
  expect(await fresh(books.page).count()).toBe(before);
  await books.shot("alerts");
  expect.soft(await books.wrong()).toEqual([]);
  await at("alert-row").first().click();
  await at("item-title").waitFor();
  await expect.poll(() => unread(books.page).innerText()).toBe(String(before - 1));
  await at("office-alerts").click();
  await expect.poll(() => fresh(books.page).count()).toBe(before - 1);
  await at("alerts-read-all").click();
  await fresh(books.page).first().waitFor({ state: "detached" });
  await unread(books.page).waitFor({ state: "detached" });
});

it("the rule says from when and whom; what it does not mean any more goes away, and stands among all", async () => {
  await at("tab-alertRules").click();
  await at("alert-rule-save").waitFor();
  expect.soft(await books.wrong()).toEqual([]);
  await books.shot("rule-usual");
  await at("alert-from-figure").fill("1000");
  await at("alert-day-figure").fill("20");
  await at("alert-age-figure").fill("3");
  for (const role of ["owner", "manager", "accountant"]) await at(`alert-role-${role}`).uncheck();
  expect(await at("alert-rule-save").isDisabled()).toBe(true);
  await books.shot("rule-nobody");
  await at("alert-role-owner").check();
  await at("alert-role-manager").check();
  await at("alert-rule-save").click();
  await managerAgrees(books.shop.parts, books.page);
  await at("alert-rule-back").waitFor();
  expect.soft(await books.wrong()).toEqual([]);
  await books.shot("rule-own");
  await at("tab-alerts").click();
  // no break of a thousand yuan, but a day that comes to twenty
  await expect.poll(() => at("alert-row").count()).toBe(1);
  expect(await at("alert-row").innerText()).toContain("¥20 or more");
  await at("alerts-state").selectOption("all");
  await at("alert-row").nth(before).waitFor();
  await books.shot("alerts-all");
});

it("a manager's change waits for the owner, who reads it in words", async () => {
  const context = await books.page.context().browser()?.newContext();
  if (context === undefined) throw new Error("the browser has one context only");
  await bringAxe(context);
  manager = await context.newPage();
  await at("office-nav-staff").click();
  await at("staff-row-staff-5").click();
  await at("staff-invite").click();
  await managerAgrees(books.shop.parts, books.page);
  await manager.goto(await at("staff-invitation").locator(".digits").innerText());
  await on(manager, "invited-password").fill("the manager's long password");
  await on(manager, "invited-go").click();
  await on(manager, "office-alerts").click();
  await on(manager, "tab-alertRules").click();
  await on(manager, "alert-each").check();
  await on(manager, "alert-rule-save").click();
  await on(manager, "ask-second").waitFor();
  await books.page.reload();
  await at("office-nav-approvals").click();
  await at("approval-card").waitFor();
  expect(await at("approval-card").innerText()).toMatch(/Every break[\s\S]*A day of ¥20 or more/);
  await books.shot("rule-approval");
  await on(manager, "ask-secret").fill("eleven plus one");
  await on(manager, "ask-go").click();
  await on(manager, "ask-second").waitFor({ state: "detached" });
  await expect
    .poll(async () => (await books.shop.parts.database.selectFrom("alert_rule").select("set_by").execute())[0]?.set_by)
    .toBe("staff-5");
  await context.close();
});
