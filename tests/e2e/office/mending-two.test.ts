import { afterAll, beforeAll, expect, it } from "vitest";
import { invite } from "../../../src/gateway/office/invite.ts";
import { BooksPage } from "./books-page.ts";

let books: BooksPage;
beforeAll(async () => {
  books = await BooksPage.open();
  await books.trade();
  await books.askFor("wechat-sandbox");
});
afterAll(() => books?.stop());

const at = (id: string) => books.at(id);
const password = "a long password";

async function openBreak(): Promise<void> {
  await books.go(`reconciliation/${books.today()}/wechat-sandbox`);
  await books.row("A1-1-8800").click();
  await at("mend").waitFor();
}

async function propose(action: string): Promise<void> {
  await at(`offer-${action}`).press("Enter");
  await at("mend-form").waitFor();
  // what was pressed is gone, and the keyboard goes on where it was
  await books.page.keyboard.press("Tab");
  const next = await books.page.evaluate(() => (document.activeElement as HTMLElement).dataset["testid"]);
  expect(next).toBe(action === "chargeToStaff" ? "mend-staff" : "mend-reason");
  await at("mend-reason").fill("Nothing came of it");
  if (action === "chargeToStaff") {
    // nobody owes money because they stand first
    expect(await at("mend-go").isDisabled()).toBe(true);
    await at("mend-staff").selectOption({ label: "王芳" });
  }
  await at("mend-go").click();
  await at("ask-second").waitFor();
}

/** Signs in as somebody else of the staff from here on. */
async function become(staff: string): Promise<void> {
  const { parts } = books.shop;
  const invited = await parts.database.transaction().execute((step) => invite(step, parts, staff));
  if (!invited.ok) throw new Error(invited.refusal);
  await books.page.context().clearCookies();
  await books.page.goto("about:blank");
  await books.go(`invited=${invited.value.code}`);
  await at("invited-password").fill(password);
  await at("invited-go").click();
  await at("office-nav-reconciliation").waitFor();
}

it("without an answer nobody is told that nothing was done", async () => {
  await openBreak();
  await books.page.route("**/v1/office/mendings", (route) => route.abort());
  await at("offer-writeOff").click();
  await at("mend-reason").fill("Nothing came of it");
  await at("mend-go").click();
  await at("mend-fault").waitFor();
  expect(await at("mend-fault").innerText()).toContain("not known yet");
  await books.page.unroute("**/v1/office/mendings");
});

it("who asked takes it back, and may choose anew", async () => {
  await openBreak();
  await propose("writeOff");
  await at("ask-leave").click();
  await at("offer-chargeToStaff").waitFor();
  expect(await at("mend-proposed").count()).toBe(0);
  expect(await at("mend-failed").innerText()).toContain("taken back");
});

it("the card of a mending says what is agreed to, and to who asked that it waits", async () => {
  await propose("chargeToStaff");
  await at("office-nav-approvals").click();
  await at("approval-card").waitFor();
  const own = await at("approval-card").innerText();
  expect(own).toMatch(/^You asked for approval: Charge to staff/u);
  expect(own).toContain("Waiting for another person");
  expect(own).toMatch(/Difference\s*Not with them · short\s*Account\s*WeChat Pay/u);
  expect(own).toMatch(new RegExp(`Business day\\s*${books.businessDay()}\\s*Receipt\\s*A1-1-8800\\s*Till\\s*A1`, "u"));
  await books.shot("card-own");
  expect.soft(await books.wrong()).toEqual([]);
});

it("who may say yes does so on the break's own page, and who may not reads whose yes it waits for", async () => {
  await become("staff-5");
  await openBreak();
  await at("approve-yes").waitFor();
  expect(await at("ask-second").count()).toBe(0);
  expect(await at("mend-named").innerText()).toMatch(/Charged\s*王芳/u);
  await books.shot("break-decides");
  expect.soft(await books.wrong()).toEqual([]);
  await become("staff-4");
  await openBreak();
  await at("mend-waits-for").waitFor();
  expect(await at("approve-yes").count()).toBe(0);
  await books.shot("break-looks");
  expect.soft(await books.wrong()).toEqual([]);
});

it("a yes said there is carried out", async () => {
  await become("staff-5");
  await openBreak();
  await at("approve-password").fill(password);
  await at("approve-yes").click();
  await at("mended-by").waitFor();
  expect(await at("mended-by").innerText()).toContain("Charge to staff");
});
