import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, beforeEach, expect, it } from "vitest";
import { plusDays } from "../../../src/domain/local-time.ts";
import { tillDecider } from "../../../src/gateway/approvals/entitled-people.ts";
import { decideApproval } from "../../../src/gateway/approvals/approval.ts";
import { BooksPage } from "./books-page.ts";
import { noteAt } from "./books-shop.ts";

let books: BooksPage;
const folder = mkdtempSync(join(tmpdir(), "kuantai-statement-"));
beforeAll(async () => {
  books = await BooksPage.open();
});
beforeEach(() => {
  books.faults = [];
  return () => expect(books.faults).toEqual([]);
});
afterAll(async () => {
  await books?.stop();
  rmSync(folder, { recursive: true, force: true });
});

async function count(table: "bank_line" | "mending"): Promise<number> {
  const counted = await books.shop.parts.database
    .selectFrom(table)
    .select(({ fn }) => fn.countAll().as("count"))
    .executeTakeFirstOrThrow();
  return Number(counted.count);
}

async function openBreak(): Promise<void> {
  await books.go(`reconciliation/${books.today()}/wechat-sandbox`);
  await books.row("A1-1-8800").click();
  await books.at("mend").waitFor();
}

it("a break is looked at again on a day that a person names, with their reason", async () => {
  await books.agreeOn("wechat-sandbox", 3800);
  await books.trade();
  await noteAt(books.till, 3_000);
  await books.askFor("wechat-sandbox");
  await books.askFor("alipay-sandbox");
  await openBreak();
  await books.shot("mend-choice");
  expect.soft(await books.wrong()).toEqual([]);
  await books.at("offer-wait").click();
  await books.at("mend-form").waitFor();
  expect(await books.at("mend-go").isDisabled()).toBe(true);
  await books.at("mend-until").fill(plusDays(books.today(), 3));
  await books.at("mend-reason").fill("The provider is asked by telephone");
  await books.shot("mend-form");
  expect.soft(await books.wrong()).toEqual([]);
  await books.at("mend-go").click();
  await books.at("mend-told").waitFor();
  const kept = await books.shop.parts.database
    .selectFrom("mending")
    .select(["action", "state", "reason"])
    .executeTakeFirstOrThrow();
  expect(kept).toEqual({ action: "wait", state: "done", reason: "The provider is asked by telephone" });
  await books.shot("mend-done");
  expect.soft(await books.wrong()).toEqual([]);
});

it("what costs money is proposed first, and waits for another person or the owner's wait", async () => {
  await openBreak();
  await books.at("offer-writeOff").click();
  await books.at("mend-reason").fill("Nothing came of it");
  await books.at("mend-go").click();
  await books.at("mend-proposed").waitFor();
  await books.shot("mend-proposed");
  expect.soft(await books.wrong()).toEqual([]);
  const proposed = await books.shop.parts.database
    .selectFrom("mending")
    .select(["action", "state"])
    .where("action", "=", "writeOff")
    .execute();
  expect(proposed).toEqual([{ action: "writeOff", state: "proposed" }]);
});

it("a bank's statement is shown as it reads, and taken in once", async () => {
  await books.at("office-nav-settlement").click();
  await books.at("settlement-account").first().waitFor();
  await books.shot("settlement-none");
  expect.soft(await books.wrong()).toEqual([]);
  const chooser = books.at("bank-store");
  if ((await chooser.count()) > 0) await chooser.selectOption({ index: 1 });
  await books.at("bank-name").fill("工商银行 基本户");
  await books.at("bank-id").fill("icbc-main");
  await books.at("bank-save").click();
  await books.at("statement-drop").waitFor();
  const file = join(folder, "流水.csv");
  const lines = [
    ["交易日期", "收入", "支出", "余额", "对方户名", "摘要"],
    [books.today(), "128.41", "", "1128.41", "财付通支付科技有限公司", "微信支付结算"],
    [books.today(), "", "20.00", "1108.41", "电信", "话费"],
  ];
  writeFileSync(file, lines.map((line) => line.join(",")).join("\r\n"));
  await books.at("statement-file").setInputFiles(file);
  await books.at("statement-shown").waitFor();
  expect(await books.at("statement-lines").innerText()).toContain("108.41");
  expect(await count("bank_line")).toBe(0);
  await books.shot("settlement-shown");
  expect.soft(await books.wrong()).toEqual([]);
  expect(await books.at("statement-first").innerText()).toContain("财付通支付科技有限公司 · 微信支付结算");
  await books.at("column-moneyIn").selectOption("对方户名");
  await books.at("statement-troubles").waitFor();
  expect(await books.at("statement-take").isDisabled()).toBe(true);
  await books.shot("settlement-troubles");
  await books.at("column-moneyIn").selectOption("收入");
  await books.at("statement-lines").waitFor();
  await books.at("statement-take").click();
  await books.page.locator('[data-testid="statement-shown"][data-kind="taken"]').waitFor();
  expect(await count("bank_line")).toBe(2);
  await books.page.locator('[data-testid="bank"]', { hasText: "2 lines" }).waitFor();
  await books.shot("settlement-taken");
  expect.soft(await books.wrong()).toEqual([]);
  await books.at("bank-open").click();
  await books.at("bank-line").first().waitFor();
  expect(await books.at("bank-line").count()).toBe(2);
  await books.shot("bank-lines");
  expect.soft(await books.wrong()).toEqual([]);
  await books.at("bank-back").click();
  await books.at("statement-again").click();
  await books.at("statement-file").setInputFiles(file);
  await books.at("statement-take").click();
  await books.page.locator('[data-testid="statement-shown"][data-kind="known"]').waitFor();
  expect(await count("bank_line")).toBe(2);
});

it("what one cause made is one line of the list, and is mended together", async () => {
  await books.go("reconciliation/open/breaks");
  await books.at("items-table").waitFor();
  await books.shot("open-causes");
  const line = books.page.locator('[data-testid="item-row"]', {
    has: books.page.locator('[data-class="rateDiffers"]'),
  });
  expect(await line.count()).toBe(1);
  await books.page
    .locator('[data-testid="item-row"]', { has: books.page.locator('[data-class="creditUnknown"]') })
    .click();
  await books.at("beside").waitFor();
  expect(await books.at("beside").innerText()).toContain("财付通");
  await books.shot("beside-credit");
  expect.soft(await books.wrong()).toEqual([]);
  await books.at("item-back").click();
  await books.at("items-class").selectOption("rateDiffers");
  await books.go(`reconciliation/${books.today()}/wechat-sandbox`);
  await books.at("item-row").first().waitFor();
  expect(await books.at("items-class").inputValue()).toBe("");
  await books.go("reconciliation/open/breaks");
  await line.click();
  await books.at("mend-together").waitFor();
  const alike = await books.page.locator('[data-testid="item-row"]').count();
  expect(alike).toBeGreaterThan(2);
  expect(await books.at("mend-together").innerText()).toContain(`${alike} together`);
  await books.shot("cause-page");
  expect.soft(await books.wrong()).toEqual([]);
  await books.page.locator('[data-testid="item-row"]').first().click();
  await books.at("item-page").waitFor();
  await books.at("item-back").click();
  await books.at("mend-together").waitFor();
  await books.at("offer-takeFee").click();
  await books.at("mend-reason").fill("The card rate of the contract");
  await books.shot("cause-form");
  await books.at("mend-go").click();
  await books.at("mend-proposed").waitFor();
  await books.shot("cause-proposed");
  expect.soft(await books.wrong()).toEqual([]);
  const items = await books.shop.parts.database
    .selectFrom("mending")
    .innerJoin("mending_item", "mending_item.mending", "mending.id")
    .select("mending_item.difference")
    .where("action", "=", "takeFee")
    .execute();
  expect(items.length).toBe(alike);
});

it("a noted payment that the bill proved by itself is taken apart, with another person, and matched by hand", async () => {
  await books.go(`reconciliation/${books.today()}/wechat-sandbox`);
  await books.page.locator('[data-testid="item-row"]', { has: books.page.locator('[data-result="other"]') }).click();
  await books.at("pairing").waitFor();
  await books.shot("pairing");
  expect.soft(await books.wrong()).toEqual([]);
  await books.at("unpair").click();
  await books.at("unpair-reason").fill("The customer showed another payment");
  await books.shot("unpair-form");
  await books.at("unpair-go").click();
  await books.at("ask-second").waitFor();
  const pairs = () =>
    books.shop.parts.database.selectFrom("pairing").select(["by", "undone_at"]).orderBy("at").execute();
  expect(await pairs()).toEqual([{ by: "", undone_at: null }]);
  const { id } = await books.shop.parts.database
    .selectFrom("approval")
    .select("id")
    .where("subject", "like", "unpair/%")
    .executeTakeFirstOrThrow();
  const manager = tillDecider("staff-5" as never, "heping", "manager");
  await decideApproval(books.shop.parts.database, books.shop.parts, id, manager, { yes: true, method: "pin" });
  await books.at("tenders").waitFor();
  expect((await pairs())[0]?.undone_at).not.toBeNull();
  await books.shot("tenders");
  expect.soft(await books.wrong()).toEqual([]);
  await books.at("tender-open").click();
  await books.at("candidates").waitFor();
  await books.shot("candidates");
  expect.soft(await books.wrong()).toEqual([]);
  await books.at("offer-pair").click();
  await books.at("mend-row").waitFor();
  expect(await books.at("mend-row").locator("option").count()).toBe(1);
});
