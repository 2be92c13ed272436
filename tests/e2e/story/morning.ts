import { forgeNotification, newestAttempt, playNotification, scanShown, type Wallet } from "./customers.ts";
import type { Counter } from "./counter.ts";
import {
  bottleForEmpty,
  discountLine,
  discountSale,
  keys,
  overridePrice,
  scanLabel,
  targetPrice,
  weigh,
} from "./prices.ts";
import { expect } from "vitest";

/** Eight sales with every trouble of a scanned code, in one wallet: 1 cash, 7 paid by code or by what came after a no. */
export async function scannedCodes(counter: Counter, wallet: Wallet): Promise<void> {
  await counter.sellForCash();
  await counter.take(3); // paid at once, scanned before Pay was pressed
  await counter.scan(wallet);
  await counter.finish();
  await counter.sellByCode(wallet, "0101"); // with password
  await counter.take(1); // declined, then cash
  await counter.scan(wallet, "0201");
  await counter.page.see("declined");
  await counter.page.press("declined-cash");
  await counter.page.press("exact");
  await counter.finish();
  await counter.sellByCode(wallet, "0301"); // silent, then found paid
  await counter.take(); // silent, undone by itself, then paid by a fresh code
  await counter.scan(wallet, "0103");
  await counter.page.see("declined", 30_000);
  await counter.page.press("declined-again");
  await counter.page.see("scan-code");
  await counter.scan(wallet === "wechat" ? "alipay" : "wechat");
  await counter.finish();
  await counter.sellByCode(wallet, "0303", 1); // the provider's answer is cut off, the order is paid
  await counter.sellByCode(wallet, "0401", 1); // an answer with a wrong signature is silence, and then found paid
}

/** Four sales by codes that the till shows; what the provider tells by itself comes twice, never, late, and forged. */
export async function shownCodes(counter: Counter, first: Wallet, second: Wallet): Promise<void> {
  await counter.sellByShownCode(first, "duplicate");
  await counter.sellByShownCode(first, "lost");
  await counter.sellByShownCode(second, "late");
  await forgedNotifications(counter, second);
}

/** The provider's own is wrongly signed at first, and a liar tells of the payment before it is made: neither is believed. */
async function forgedNotifications(counter: Counter, wallet: Wallet): Promise<void> {
  const { shop } = counter.day;
  await counter.take(1);
  await counter.page.page.keyboard.press(wallet === "wechat" ? "F3" : "F4");
  await counter.page.see("shown-code");
  const content = (await counter.page.at("shown-code").getAttribute("data-content")) ?? "";
  const order = await newestAttempt(shop.database, counter.till);
  expect(await forgeNotification(shop, wallet, order)).toBe(400);
  await playNotification(shop, wallet, order, "forged");
  await counter.page.page.waitForTimeout(300);
  const row = await shop.database
    .selectFrom("payment_attempt")
    .select("state")
    .where("id", "=", order)
    .executeTakeFirstOrThrow();
  expect(row.state).toBe("pending");
  await scanShown(shop, wallet, content);
  await counter.finish(60_000);
}

/** Labels, weights, discounts and 抹零: four sales of the first till. */
export async function pricedAtFirst(counter: Counter): Promise<void> {
  await scanLabel(counter, 1_234);
  await counter.take(1);
  await payRounded(counter);
  await weigh(counter, "0.735");
  await counter.scan("wechat");
  await counter.finish();
  await counter.take();
  await discountLine(counter, 5);
  await counter.page.payCash();
  await counter.finish();
  await counter.take(3);
  await discountSale(counter, 15, true);
  await counter.scan("wechat");
  await counter.finish();
}

/** Another price, a small discount, a target price and a weight: four sales of the second till. */
export async function pricedAtSecond(counter: Counter): Promise<void> {
  await counter.take();
  await overridePrice(counter, "1.50");
  await counter.page.payCash();
  await counter.finish();
  await counter.take();
  await discountSale(counter, 5, false);
  await counter.scan("alipay");
  await counter.finish();
  await counter.take();
  await targetPrice(counter, "5.55");
  await payRounded(counter);
  await weigh(counter, "1.237");
  await counter.page.payCash();
  await counter.finish();
}

/** Cash for an amount that does not end in ten fen: what is below goes off, and the screen says so. */
async function payRounded(counter: Counter): Promise<void> {
  await counter.page.page.keyboard.press("F9");
  await counter.page.press("method-cash");
  await counter.page.see("rounding");
  await counter.page.press("exact");
  await counter.finish();
}

/** Part in cash, the rest by code; at the second till the cash is handed back first and given anew. */
export async function splitTender(counter: Counter, wallet: Wallet, changesMind: boolean): Promise<void> {
  await counter.take(2);
  await payPart(counter, "1");
  if (changesMind) {
    await counter.page.press("remove-tender");
    await counter.page.at("tender-0").waitFor({ state: "detached" });
    await payPart(counter, "1.5");
  }
  await counter.scan(wallet);
  await counter.finish();
}

/** A part in cash, a code that is declined, and the rest in cash, whose last fen go off. */
export async function splitRounded(counter: Counter, wallet: Wallet): Promise<void> {
  await scanLabel(counter, 1_056);
  await payPart(counter, "1");
  await counter.scan(wallet, "0201");
  await counter.page.see("declined");
  await counter.page.press("declined-cash");
  await counter.page.see("rounding");
  await counter.page.press("exact");
  await counter.finish();
}

/** A bottle with its deposit against an empty: one sale. */
export async function deposits(counter: Counter): Promise<void> {
  await bottleForEmpty(counter);
  await counter.page.payCash();
  await counter.finish();
}

async function payPart(counter: Counter, amount: string): Promise<void> {
  await counter.page.page.keyboard.press("F9");
  await counter.page.press("method-cash");
  await keys(counter, amount);
  await counter.page.press("cash-part");
  await counter.page.see("tender-0");
}
