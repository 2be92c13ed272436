import { typeAsPerson } from "../../device-bench/keyboard.ts";
import type { Counter } from "./counter.ts";
import { returnWhole } from "./returns.ts";
import { cameraClip, killBrowser } from "./scenery.ts";
import { confirmPassword, newestAttempt, type Wallet } from "./customers.ts";
import { paperTruth } from "./truth.ts";
import { expect } from "vitest";

/** The line goes while a payment is in doubt: it is parked, and completes by itself later. */
export async function lineGoes(counter: Counter, wallet: Wallet): Promise<void> {
  const { day, page } = counter;
  await counter.take();
  await day.meet("both are about to be paid");
  await counter.scan(wallet, "0100");
  await page.page.locator('[data-stage="password"]').waitFor({ timeout: 20_000 });
  const attempt = await newestAttempt(day.shop.database, counter.till);
  await day.meet("both in doubt", () => day.shop.network.cut());
  expect(await confirmPassword(day.shop, attempt)).toBe(true);
  await page.press("park");
  await page.see("parked");
  await page.offline();
  await counter.take(); // the browser may drop data, so a second person agrees for the shift
  await page.payCash();
  await counter.agree();
  await page.press("exact");
  await counter.finish();
}

/** The paper runs out: nobody waits for it, and every receipt comes when there is paper again. Two sales. */
export async function paperRunsOut(counter: Counter, wallet: Wallet): Promise<void> {
  const { page, printer } = counter;
  printer.setPaper("out");
  await page.see("printer-trouble");
  const before = paperTruth(printer.papers()).length;
  for (const pay of [() => page.payCash(), () => counter.scan(wallet)]) {
    await counter.take();
    await pay();
    counter.receipts.push(await page.done(60_000));
    expect(await page.at("print-outcome").getAttribute("data-print")).toBe("printing");
    await page.next();
  }
  expect(paperTruth(printer.papers())).toHaveLength(before);
  printer.setPaper("ok");
  await expect.poll(() => paperTruth(printer.papers()).length, { timeout: 20_000 }).toBe(before + 2);
}

/** A series in cash with a cold start without the network in the middle: three sales. */
export async function cashWithoutLine(counter: Counter): Promise<void> {
  await counter.sellForCash();
  await counter.page.page.reload();
  await counter.signOn();
  await counter.sellForCash();
  await counter.sellForCash();
}

/** A payment on trust (one sale), a cash sale that comes back, and a wallet sale whose money is promised. */
export async function trustWithoutLine(counter: Counter, cashSale: string, walletSale: string): Promise<void> {
  const { page } = counter;
  await counter.take(1);
  await page.page.keyboard.press("F9");
  await page.press("method-shown");
  await page.see("unverified");
  await page.at("unverified-tail").click();
  await typeAsPerson(page.page, "004217");
  await page.press("unverified-wechat");
  await counter.finish();
  await returnWhole(counter, cashSale);
  await returnWhole(counter, walletSale);
}

/** The line is back: everything arrives, and what was in doubt is done. */
export async function lineComesBack(counter: Counter): Promise<void> {
  const { day } = counter;
  await day.meet("both sold without the line", () => day.shop.network.mend());
  await counter.settled();
}

/** A gateway dies while it charges for both tills; the other one finds out. */
export async function gatewayDies(counter: Counter, wallet: Wallet): Promise<void> {
  const { day, page } = counter;
  await counter.take();
  await day.meet("both are about to charge");
  await counter.scan(wallet, "0100");
  await page.see("waiting");
  await day.meet("both charging", () => day.shop.killGateway());
  const attempt = await newestAttempt(day.shop.database, counter.till);
  await confirmPassword(day.shop, attempt);
  // Whether it had asked the provider yet is chance: then it was paid, or nothing was taken and a fresh code pays.
  if ((await page.settled(90_000)) === "declined") {
    await page.press("declined-again");
    await counter.scan(wallet);
  }
  await counter.finish();
  await day.meet("both paid without it", () => day.shop.restartGateway());
}

/** The browser dies right after a cash sale; then goods and payment code come by camera: two sales. */
export async function browserDies(counter: Counter, next: string): Promise<void> {
  await counter.take();
  await counter.page.payCash();
  counter.receipts.push(await counter.page.done());
  await counter.page.printed();
  await killBrowser(counter.page, counter.profile);
  await counter.open("/", cameraClip(counter.profile));
  const { page } = counter;
  await counter.signOn(next);
  await page.online();
  await page.press("camera");
  counter.receipts.push(await page.done(60_000));
  await page.press("next");
  await page.press("camera");
  if ((await page.lineCount()) > 0) {
    await page.press("void");
    await page.press("void");
  }
}
