import { afterAll, beforeAll, expect, it } from "vitest";
import type { StaffId, StoreId } from "../../../src/domain/identifier.ts";
import { raiseException } from "../../../src/gateway/books/exceptions.ts";
import { invite } from "../../../src/gateway/office/invite.ts";
import { BooksPage } from "./books-page.ts";

let books: BooksPage;
beforeAll(async () => {
  books = await BooksPage.open();
  await books.trade();
  await books.askFor("wechat-sandbox");
  await books.agreeOn("wechat-sandbox", 6_000);
  const { parts } = books.shop;
  // from now on the manager of one store, though the accounts serve both
  await parts.database.deleteFrom("staff_role").where("staff", "=", "staff-5").where("store", "<>", "heping").execute();
  const invited = await parts.database.transaction().execute((step) => invite(step, parts, "staff-5"));
  if (!invited.ok) throw new Error(invited.refusal);
  await books.page.context().clearCookies();
  await books.page.goto("about:blank");
  await books.go(`invited=${invited.value.code}`);
  await at("invited-password").fill("the manager's long password");
  await at("invited-go").click();
  await at("office-nav-bills").waitFor();
});
afterAll(() => books.stop());

const at = (id: string) => books.at(id);
const empty = () => books.page.locator(".list .empty").innerText();
const kept = /whoever has all of the stores[\s\S]*serves stores that are not yours/;

it.each([
  ["bills", "bills"],
  ["bills/rates", "rates"],
  ["settlement", "payouts"],
])("whoever lacks a store of the accounts is told so at %s, and is offered no form for it", async (place, name) => {
  await books.go(place);
  await expect.poll(empty, { timeout: 10_000 }).toMatch(kept);
  await books.shot(`kept-${name}`);
  for (const form of ["ask-go", "rate-save"]) expect(await at(form).count()).toBe(0);
  expect.soft(await books.wrong()).toEqual([]);
});

it("the days of one's own store are there, by the channel's name, with a word about what is not", async () => {
  await books.go("reconciliation");
  await at("day-row").first().waitFor({ timeout: 10_000 });
  const names = await at("day-row").locator("td:nth-child(2)").allInnerTexts();
  expect(names.map((name) => name.trim()).toSorted()).toEqual(["Alipay", "WeChat Pay"]);
  await books.go("reconciliation/open/breaks");
  await at("withheld").waitFor();
  await books.shot("kept-open");
  await books.go(`reconciliation/${books.today()}/wechat-sandbox`);
  await at("withheld").waitFor();
  await books.shot("kept-day");
  expect.soft(await books.wrong()).toEqual([]);
  expect(books.faults).toEqual([]);
});

it("where nothing is stuck, the page of exceptions claims no more, and leads to the breaks that are open", async () => {
  const none = { json: { exceptions: [], count: 0 } };
  await books.page.route("**/v1/office/exceptions", (route) => route.fulfill(none));
  await books.go("exceptions");
  await at("exceptions-breaks").waitFor();
  await books.shot("exceptions-breaks");
  await at("exceptions-breaks").click();
  await at("item-row").first().waitFor();
  await books.page.unroute("**/v1/office/exceptions");
});

it("what only a look ends is ended with what came of it, on every screen, and another's look stays another's", async () => {
  const { database, clock } = books.shop.parts;
  const raise = (kind: "clockWrong" | "reductionUnapproved", staff: string) =>
    raiseException(
      database,
      {
        store: "heping" as StoreId,
        kind,
        subject: `01K9${kind}`,
        detail: { amount: null, detail: null, staff: staff as StaffId },
      },
      clock.now(),
    );
  await raise("clockWrong", "staff-1");
  await raise("reductionUnapproved", "staff-5");
  await books.page.reload();
  await books.go("exceptions");
  // the trade of this bench has left others of its kind
  const of = (kind: string) => books.page.locator('[data-testid="exception"]', { hasText: `01K9${kind}` });
  await of("clockWrong").waitFor();
  expect(await of("reductionUnapproved").locator('[data-testid="exception-look"]').count()).toBe(0);
  const press = of("clockWrong").locator('[data-testid="exception-look"]');
  expect(await press.isDisabled()).toBe(true);
  await books.shot("exception-look");
  expect.soft(await books.wrong()).toEqual([]);
  await of("clockWrong").locator('[data-testid="exception-note"]').fill("The tablet's clock is set");
  await press.click();
  await of("clockWrong").waitFor({ state: "detached" });
  const row = await database
    .selectFrom("audit_entry")
    .select(["who", "reason"])
    .where("act", "=", "exceptionLooked")
    .executeTakeFirstOrThrow();
  expect(row).toEqual({ who: "staff-5", reason: "The tablet's clock is set" });
  expect(books.faults).toEqual([]);
});

it("a supervisor is told what is not theirs, by its address too, and is offered no file", async () => {
  const { database } = books.shop.parts;
  await database.updateTable("staff_role").set({ role: "supervisor" }).where("staff", "=", "staff-5").execute();
  await books.go("staff");
  await books.page.reload();
  await at("office-trouble").waitFor();
  expect(await books.page.locator("main h2").innerText()).toBe("Staff");
  await books.shot("not-for-you");
  expect.soft(await books.wrong()).toEqual([]);
  for (const [place, there, file] of [
    ["reports", "report-print", "report-csv"],
    ["ledger", "trial-row", "ledger-file"],
    ["close", "close-days", "close-files"],
  ] as const) {
    await books.go(place);
    await at(there).first().waitFor();
    expect(await at(file).count()).toBe(0);
  }
  expect(books.faults).toEqual([]);
});
