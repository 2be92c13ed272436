import { Webhook } from "standardwebhooks";
import { afterAll, beforeAll, beforeEach, expect, it } from "vitest";
import { webhookReceiver, type WebhookReceiver } from "../../fakes/webhook-receiver.ts";
import { BooksPage } from "./books-page.ts";
import { sellAt } from "./books-shop.ts";

let books: BooksPage;
let receiver: WebhookReceiver;
let secret = "";
beforeAll(async () => {
  [books, receiver] = await Promise.all([BooksPage.open(), webhookReceiver()]);
});
beforeEach(() => {
  books.faults = [];
  return () => expect(books.faults).toEqual([]);
});
afterAll(async () => {
  await books.stop();
  await receiver.stop();
});

const at = (id: string) => books.at(id);
const onceShown = () => at("secret-once").locator(".digits").innerText();
const heard = (count: number) => expect.poll(() => receiver.received.length, { timeout: 10_000 }).toBe(count);
const asked = (path: string, key: string): Promise<number> =>
  fetch(`${books.shop.office}/api/v1/${path}`, { headers: { authorization: `Bearer ${key}` } }).then(
    ({ status }) => status,
  );

it("a key made here is shown once, reads what it may, and reads no more once it is revoked", async () => {
  await at("office-nav-api").click();
  await at("key-make").waitFor();
  expect.soft(await books.wrong()).toEqual([]);
  await books.shot("keys-empty");
  await at("key-make").click();
  await at("key-name").fill("Bookkeeping");
  await at("scope-books:read").check();
  await at("stores-some").check();
  expect(await at("key-save").isDisabled()).toBe(true);
  await at("stores-heping").check();
  await books.shot("key-form");
  expect.soft(await books.wrong()).toEqual([]);
  await at("key-save").click();
  const key = await onceShown();
  expect(key).toMatch(/^kt_[0-9A-Z]{8}_[A-Za-z0-9_-]{43}$/);
  await books.shot("key-once");
  await at("secret-kept").click();
  expect([
    await asked("sales?store=heping", key),
    await asked("payments?store=heping", key),
    await asked("sales?store=jiangbian", key),
  ]).toEqual([200, 403, 403]);
  await at("key-row").click();
  await at("key-panel").waitFor();
  await books.shot("key-opened");
  expect(await books.page.content()).not.toContain(key.slice(-43));
  await at("key-revoke").click();
  await at("key-revoke-sure").click();
  await at("key-revoke-sure").waitFor({ state: "detached" });
  expect(await asked("sales?store=heping", key)).toBe(401);
  expect((await fetch(`${books.shop.office}${await at("api-description").getAttribute("href")}`)).status).toBe(200);
});

it("an address is added, its secret shown once, and a sale reaches it signed by that secret", async () => {
  await at("tab-webhooks").click();
  await at("hook-add").waitFor();
  await books.shot("hooks-empty");
  await at("hook-add").click();
  await at("hook-name").fill("ERP");
  await at("hook-url").fill("https://me:pass@erp.example/hook");
  await at("hook-save").click();
  expect(await at("hook-url-told").innerText()).toMatch(/https:\/\//u);
  expect(await at("hook-url").getAttribute("aria-invalid")).toBe("true");
  await at("hook-url").fill("http://erp.example/hook");
  expect(await at("hook-url").getAttribute("aria-invalid")).toBe("false");
  await at("hook-save").click();
  expect(await at("hook-url").getAttribute("aria-invalid")).toBe("true");
  await books.shot("hook-refused");
  await at("hook-url").fill(receiver.address);
  await at("event-payment.captured").uncheck();
  expect.soft(await books.wrong()).toEqual([]);
  await at("hook-save").click();
  secret = await onceShown();
  await books.shot("hook-secret");
  await at("secret-kept").click();
  await at("hook-settings-open").waitFor();
  const { completed } = await sellAt(books.till, 5_600, "wechat");
  await heard(1);
  const [{ body, headers } = { body: "", headers: {} }] = receiver.received;
  expect(new Webhook(secret).verify(body, headers)).toMatchObject({
    type: "sale.completed",
    data: { store: "heping", sale: completed.sale.id },
  });
  await at("delivery-row").click();
  expect(await at("delivery-body").innerText()).toBe(body);
  expect.soft(await books.wrong()).toEqual([]);
  await books.shot("delivery-arrived");
});

it("what was refused says so and when it is tried again; by hand it goes out at once, the same bytes under the same id", async () => {
  await at("panel-close").click();
  receiver.answer(503);
  await sellAt(books.till, 8_800, "wechat");
  // the second try comes by itself after seconds, the third after minutes
  await heard(3);
  const refused = books.page.locator('[data-testid="delivery-row"]', { hasText: "503" });
  await refused.waitFor();
  await refused.click();
  await at("delivery-resend").waitFor();
  await books.shot("delivery-refused");
  receiver.answer(200);
  await at("delivery-resend").click();
  await heard(4);
  const [, first, , again] = receiver.received;
  expect([again?.body, again?.headers["webhook-id"]]).toEqual([first?.body, first?.headers["webhook-id"]]);
  await at("deliveries-state").selectOption("delivered");
  await at("delivery-row").nth(1).waitFor();
  await at("deliveries-state").selectOption("failed");
  await at("delivery-row").first().waitFor({ state: "detached" });
  await at("deliveries-state").selectOption("");
});

it("a changed secret signs beside the old one, a paused address hears nothing, a deleted one is gone", async () => {
  await at("hook-settings-open").click();
  await at("hook-rotate").click();
  const fresh = await onceShown();
  await at("secret-kept").click();
  await at("hook-both").waitFor();
  expect.soft(await books.wrong()).toEqual([]);
  await books.shot("hook-settings");
  await sellAt(books.till, 1_200, "wechat");
  await heard(5);
  const { body, headers } = receiver.received[4]!;
  for (const each of [secret, fresh]) expect(() => new Webhook(each).verify(body, headers)).not.toThrow();
  await at("hook-pause").click();
  await books.page.locator(".endpoint-title", { hasText: "Paused" }).waitFor();
  await sellAt(books.till, 1_300, "wechat");
  await at("hooks-back").click();
  await at("hook-row").waitFor();
  await books.shot("hooks");
  await at("hook-row").click();
  await at("hook-settings-open").click();
  await at("hook-remove").click();
  await at("hook-remove-sure").click();
  await at("hook-add").waitFor();
  await at("hook-row").waitFor({ state: "detached" });
  expect(receiver.received).toHaveLength(5);
});

it("a list that cannot be read anew says from when it is", async () => {
  await books.go("api");
  await at("key-row").waitFor();
  books.shop.silence(true);
  await books.page.locator(".stale").waitFor();
  await books.shot("keys-stale");
  books.shop.silence(false);
  await books.page.locator(".stale").waitFor({ state: "detached" });
});
