import { join } from "node:path";
import type { BrowserContext, CDPSession, Page } from "playwright-core";
import { afterAll, beforeAll, beforeEach, expect, it } from "vitest";
import { money } from "../../../src/domain/money.ts";
import { noteAlone } from "../../../src/gateway/approvals/alone.ts";
import { askApproval } from "../../../src/gateway/approvals/approval.ts";
import { launchChromium } from "../../device-bench/chromium.ts";
import { bringAxe, wrongOn } from "../look/axe.ts";
import { faultsOf } from "../look/faults.ts";
import { misfits } from "../look/fit.ts";
import { openOfficeShop, type OfficeShop } from "./office-shop.ts";
import { newPinOf } from "./staff-pin.ts";

const landscape = { width: 1280, height: 800 };
const phone = { width: 390, height: 844 };
const ownersPassword = "the owner's long password";
let shop: OfficeShop;
let browser: BrowserContext;
let owner: Page;
let manager: Page;
let keys: CDPSession;
let faults: string[] = [];
/** By which the manager says yes beside the owner. */
let managersPin = "";

beforeAll(async () => {
  shop = await openOfficeShop();
  browser = await launchChromium({ userDataDir: join(shop.folder, "profile") });
  await bringAxe(browser);
  owner = await newPage(browser);
  const other = await browser.browser()?.newContext();
  if (other === undefined) throw new Error("the browser has one context only");
  await bringAxe(other);
  manager = await newPage(other);
  await signInFirst();
  managersPin = await newPinOf(shop.parts, "staff-5");
});
beforeEach(() => {
  faults = [];
  return () => expect(faults).toEqual([]);
});
afterAll(async () => {
  await browser.close();
  await shop.stop();
});

async function newPage(context: BrowserContext): Promise<Page> {
  const page = await context.newPage();
  await page.setViewportSize(landscape);
  page.on("pageerror", (fault) => void faults.push(fault.message));
  page.on("console", (message) => {
    if (message.type() === "error" && !message.text().startsWith("Failed to load resource"))
      faults.push(message.text());
  });
  await page.addInitScript(() => {
    addEventListener("securitypolicyviolation", (violation) => console.error(`policy: ${violation.violatedDirective}`));
  });
  return page;
}

const on = (page: Page, id: string) => page.locator(`[data-testid="${id}"]`);
const wrong = (page: Page, sizes = [{ width: 800, height: 1280 }, landscape]): Promise<readonly string[]> =>
  faultsOf(page, { sizes, least: 36, languageChoice: "office-language" });
/** The manager, beside the owner. */
async function besideOwner(): Promise<void> {
  await on(owner, "ask-second").waitFor();
  await on(owner, "ask-who").selectOption("staff-5");
  await on(owner, "ask-secret").fill(managersPin);
  await on(owner, "ask-go").click();
}
async function signInFirst(): Promise<void> {
  const once = await shop.password();
  await owner.goto(shop.office);
  await on(owner, "office-language").selectOption("en");
  await on(owner, "sign-in-password").fill(once);
  await on(owner, "sign-in-go").click();
  await on(owner, "sign-in-new-password").fill(ownersPassword);
  await on(owner, "sign-in-again").fill(ownersPassword);
  await on(owner, "sign-in-go").click();
  await on(owner, "office-nav-staff").waitFor();
}

it("the owner adds somebody, whose PIN shows once, and invites another, who comes in by a passkey", async () => {
  await on(owner, "office-nav-staff").click();
  await on(owner, "staff-row-staff-5").waitFor();
  await on(owner, "staff-add").click();
  await on(owner, "staff-name").fill("Zhang Wei");
  await on(owner, "staff-role-heping").selectOption("accountant");
  await on(owner, "staff-role-jiangbian").selectOption("accountant");
  await on(owner, "staff-save").click();
  expect.soft(await wrong(owner)).toEqual([]);
  await besideOwner();
  expect(await on(owner, "staff-new-pin").innerText()).toMatch(/^\d{6}$/);
  expect.soft(await wrong(owner)).toEqual([]);
  await on(owner, "staff-row-staff-5").click();
  await on(owner, "staff-invite").click();
  await besideOwner();
  const address = await on(owner, "staff-invitation").locator(".digits").innerText();

  keys = await manager.context().newCDPSession(manager);
  await keys.send("WebAuthn.enable");
  await keys.send("WebAuthn.addVirtualAuthenticator", {
    options: {
      protocol: "ctap2",
      transport: "internal",
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: true,
      automaticPresenceSimulation: true,
    },
  });
  await manager.goto(address);
  await on(manager, "invited-passkey").waitFor();
  await on(manager, "invited-passkey").click();
  await on(manager, "office-me").waitFor();
  await on(manager, "office-language").selectOption("en");
  expect(await on(manager, "office-me").innerText()).toBe("李敏");
});

it("a passkey signs in by itself, and nobody's else does", async () => {
  await on(manager, "office-sign-out").click();
  await on(manager, "sign-in-passkey").waitFor();
  await on(manager, "sign-in-passkey").click();
  await on(manager, "office-me").click();
  await on(manager, "passkey-row").waitFor();
  expect.soft(await wrong(manager)).toEqual([]);
  await on(manager, "passkey-remove").click();
  await manager.locator(".fault").waitFor();
  expect(await on(manager, "passkey-row").count()).toBe(1);
});

it("what a manager changes of the staff waits for the owner, who says yes beside or not at all", async () => {
  await on(manager, "office-nav-staff").click();
  await on(manager, "staff-row-staff-1").click();
  await on(manager, "staff-role-heping").selectOption("supervisor");
  await on(manager, "staff-save").click();
  await on(manager, "ask-second").waitFor();
  expect.soft(await wrong(manager)).toEqual([]);
  await on(owner, "office-nav-approvals").click();
  await on(owner, "approval-card").waitFor();
  expect.soft(await wrong(owner)).toEqual([]);
  await on(manager, "ask-secret").fill("not the password");
  await on(manager, "ask-go").click();
  await manager.locator(".ask-second .fault").waitFor();
  await on(owner, "approve-password").fill(ownersPassword);
  await on(owner, "approve-yes").click();
  await on(manager, "staff-saved").waitFor();
  await on(owner, "approval-card").waitFor({ state: "detached" });
});

it("on the approver's own phone a passkey says yes to one act and one amount", async () => {
  const { parts } = shop;
  await manager.setViewportSize(phone);
  await manager.goto(`${shop.office}/#approve`);
  await on(manager, "approve-phone").waitFor();
  const id = await askApproval(parts.database, parts, {
    store: "heping",
    act: "return",
    subject: "a-return",
    size: 56_410,
    amount: money(56_410, "CNY"),
    reason: "",
    shown: [
      { label: "what", text: "岭禾纯牛奶 250ml×12，1 件", more: "散装核桃仁 0.715 kg" },
      { label: "why", text: "不新鲜" },
      { label: "receipt", text: "A2-0964" },
    ],
    askedBy: "staff-1",
    till: "till-a1",
    isLive: true,
  });
  await on(manager, "approve-yes").waitFor();
  for (const language of ["zh-CN", "ja", "en"]) {
    await manager.evaluate((next) => localStorage.setItem("office-language", next), language);
    await manager.reload();
    await on(manager, "approve-yes").waitFor();
    expect.soft([language, await misfits(manager, { least: 36, places: {} })]).toEqual([language, []]);
  }
  expect.soft(await wrongOn(manager, { isEnhanced: false })).toEqual([]);
  await on(manager, "approve-yes").click();
  await on(manager, "approve-given").waitFor();
  const row = await parts.database.selectFrom("approval").selectAll().where("id", "=", id).executeTakeFirstOrThrow();
  expect([row.state, row.decided_by, row.method]).toEqual(["given", "staff-5", "passkey"]);
  await manager.setViewportSize(landscape);
});

it("the approver's phone does not say that nothing waits before it has been told so", async () => {
  const lists = "**/v1/office/approvals";
  await manager.route(lists, (request) => request.abort());
  await manager.goto(`${shop.office}/#approve`);
  await manager.reload();
  await on(manager, "office-trouble").waitFor();
  expect(await manager.locator(".empty").count()).toBe(0);
  await manager.unroute(lists);
  await on(manager, "office-trouble").getByRole("button").click();
  await manager.locator(".empty").waitFor();
});

it("on a phone every view is in sight behind one button, which folds again over the view that was chosen", async () => {
  await owner.setViewportSize(phone);
  expect(await on(owner, "office-nav-audit").isVisible()).toBe(false);
  await on(owner, "office-views").click();
  const places = await owner
    .locator(".views a")
    .evaluateAll((views) => views.map((view) => view.getBoundingClientRect()).map(({ left, right }) => [left, right]));
  expect(places.length).toBeGreaterThan(12);
  expect(places.every(([left = -1, right = 999]) => left >= 0 && right <= 390)).toBe(true);
  if (process.env["SHOTS"] !== undefined) await owner.screenshot({ path: `${process.env["SHOTS"]}/unfolded.png` });
  await on(owner, "office-nav-audit").click();
  await on(owner, "audit-row").first().waitFor();
  expect(await on(owner, "office-nav-audit").isVisible()).toBe(false);
  if (process.env["SHOTS"] !== undefined) await owner.screenshot({ path: `${process.env["SHOTS"]}/folded.png` });
  await owner.setViewportSize(landscape);
});

it("on a phone what each role may do stands in one line, in every language", async () => {
  await owner.setViewportSize(phone);
  await on(owner, "office-views").click();
  await on(owner, "office-nav-staff").click();
  await on(owner, "tab-permissions").click();
  await on(owner, "rule-cashier-return").waitFor();
  await on(owner, "office-views").click();
  expect(await on(owner, "office-nav-staff").getAttribute("aria-current")).toBe("page");
  for (const language of ["zh-CN", "ja", "en"]) {
    await on(owner, "office-language").selectOption(language);
    const heights = await owner
      .locator(".rules button")
      .evaluateAll((cells) => cells.map((cell) => cell.getBoundingClientRect().height));
    expect([language, Math.max(...heights)]).toEqual([language, 36]);
  }
  await owner.setViewportSize(landscape);
});

it("the table of who may do what is changed cell by cell, and doing alone by the owner only", async () => {
  await manager.goto(`${shop.office}/#permissions`);
  await on(manager, "rule-cashier-return").click();
  await on(manager, "rule-kind-never").waitFor();
  expect(await on(manager, "rule-alone").isDisabled()).toBe(true);
  await on(owner, "office-nav-staff").click();
  await on(owner, "tab-permissions").click();
  await on(owner, "rule-cashier-return").click();
  await on(owner, "rule-kind-upTo").check();
  await on(owner, "rule-size").fill("20");
  await on(owner, "rule-alone").check();
  await on(owner, "rule-alone-each").fill("100");
  await on(owner, "rule-alone-times").fill("2");
  await on(owner, "rule-save").click();
  await besideOwner();
  await on(owner, "rule-saved").waitFor();
  await on(owner, "rule-cashier-return").filter({ hasText: "20" }).waitFor();
  expect.soft(await wrong(owner)).toEqual([]);
  const rule = await shop.parts.database.selectFrom("permission_rule").selectAll().executeTakeFirstOrThrow();
  expect([rule.store, rule.rule]).toEqual(["chain", { upTo: 2_000, alone: { each: 10_000, times: 2 } }]);
  // an act without a size has no limit either: any would let it through
  await on(owner, "rule-cashier-openDrawer").click();
  await on(owner, "rule-kind-upTo").waitFor({ state: "detached" });
  await on(owner, "rule-alone").check();
  await on(owner, "rule-alone-times").waitFor();
  expect(await on(owner, "rule-alone-each").count()).toBe(0);
  expect(await on(owner, "rule-save").isEnabled()).toBe(true);
});

it("what was done alone waits for another person, and the log says everything", async () => {
  const { parts } = shop;
  const done = { store: "heping", act: "return", subject: "x", size: 3_000, amount: money(3_000, "CNY") } as const;
  await noteAlone(parts.database, parts, { ...done, reason: "Nobody else was here", who: "staff-1", till: "till-a1" });
  await on(owner, "office-nav-approvals").click();
  await on(owner, "tab-alone").click();
  await on(owner, "alone-row").waitFor();
  expect.soft(await wrong(owner)).toEqual([]);
  await on(owner, "alone-note").fill("Seen");
  await on(owner, "alone-review").click();
  await on(owner, "alone-review").waitFor({ state: "detached" });
  await on(owner, "office-nav-audit").click();
  await on(owner, "audit-row").first().waitFor();
  expect.soft(await wrong(owner)).toEqual([]);
  await on(owner, "audit-act").selectOption("roleChanged");
  expect(await on(owner, "audit-row").first().innerText()).toMatch(/王芳[\s\S]*Cashier → Supervisor/);
  await on(owner, "audit-row").nth(1).waitFor({ state: "detached" });
  const file = owner.waitForEvent("download");
  await on(owner, "audit-file").click();
  expect((await file).suggestedFilename()).toBe("audit.csv");
});
