import { afterAll, beforeAll, expect, it } from "vitest";
import type { ApprovalLine } from "../../../src/contract/approvals.ts";
import { money } from "../../../src/domain/money.ts";
import { askApproval, type Asking } from "../../../src/gateway/approvals/approval.ts";
import { BooksPage } from "./books-page.ts";

let books: BooksPage;
beforeAll(async () => {
  books = await BooksPage.open();
});
afterAll(() => books?.stop());

const startedAt = Date.now();
let asks = 0;

/** One after another: of those asked within the same millisecond any may be listed first. */
async function askNext(asked: Asking): Promise<string> {
  const { database } = books.shop.parts;
  const id = await askApproval(database, books.shop.parts, asked);
  asks += 1;
  await database
    .updateTable("approval")
    .set({ asked_at: startedAt + asks })
    .where("id", "=", id)
    .execute();
  return id;
}

async function ask(
  store: string | readonly string[] | null,
  act: "mend" | "writeOff" | "correctRate",
  lines: ApprovalLine[],
) {
  const rest = { size: 8_800, reason: "Seen on the statement", askedBy: "staff-5", till: null, isLive: false };
  const shown = [...lines, { label: "why", text: rest.reason } as const];
  await askNext({
    ...rest,
    store,
    act,
    subject: `${act}/${lines.length}`,
    amount: money(8_800, "CNY"),
    shown,
  });
}

it("a mending's card says in words whom it charges, from where money was paid, which rate, and in which stores", async () => {
  await ask(["heping", "jiangbian"], "writeOff", [
    { label: "what", text: "chargeToStaff", more: "2" },
    { label: "charged", text: "王芳" },
  ]);
  await ask("heping", "mend", [
    { label: "what", text: "payOtherwise", more: "1" },
    { label: "number", text: "01KA1B2C3DTA10AAAAAAAAAAAA" },
    { label: "paidFrom", text: "safe" },
    { label: "proof", text: "slip 17" },
  ]);
  await ask(null, "correctRate", [
    { label: "what", text: "correctRate", more: "3" },
    { label: "account", text: "wechat-sandbox" },
    { label: "before", text: "0.6% · 2026-01-01 · refunds" },
    { label: "after", text: "0.38% · 2026-11-01" },
  ]);
  const left = {
    store: "heping",
    act: "editProducts",
    subject: "products",
    size: 0,
    amount: null,
    reason: "",
  } as const;
  const { database } = books.shop.parts;
  const asked = { ...left, shown: [], askedBy: "staff-5", till: null, isLive: false, isOfPage: true };
  const id = await askNext(asked);
  await database
    .updateTable("approval")
    .set({ expires_at: Date.now() - 60_000 })
    .where("id", "=", id)
    .execute();
  await books.at("office-nav-approvals").click();
  await books.at("approval-card").nth(3).waitFor();
  const cards = await books.at("approval-card").allInnerTexts();
  expect(cards[0]).toMatch(/Charged\s*王芳/u);
  expect(cards[0]).not.toContain("All stores");
  // the stores' own time, not the world's
  const times = cards.map((card) => /· (\d\d:\d\d)/u.exec(card)?.[1]);
  expect(new Set(times.map((time) => time?.slice(0, 2))).size).toBe(1);
  expect(cards[1]).toMatch(/Paid from\s*Cash from the safe\s*Proof\s*slip 17/u);
  expect(cards[2]).toMatch(/Account\s*wechat-sandbox/u);
  // nobody waits for the last one any more: it says since when, and asks for nothing
  const gone = books.at("approval-card").nth(3);
  expect(await gone.locator('[data-testid="approval-left"]').innerText()).toMatch(
    /Nobody waits for this any more.*\d\d:\d\d/u,
  );
  expect(await gone.locator("button, input").count()).toBe(0);
  // of three boxes for a password the first is typed into
  const typed = books.at("approval-card").locator("input:focus");
  expect(await typed.count()).toBe(1);
  expect(await books.at("approval-card").first().locator("input:focus").count()).toBe(1);
  await books.shot("approval-lines");
  expect.soft(await books.wrong()).toEqual([]);
});
