import { expect } from "vitest";
import type { Counter } from "./counter.ts";
import { hold, takeUp } from "./held.ts";
import {
  pricedAtFirst,
  pricedAtSecond,
  scannedCodes,
  shownCodes,
  splitRounded,
  splitTender,
  deposits,
} from "./morning.ts";
import { exchange, returnMoney, returnOnePiece, returnWhole, wantBack } from "./returns.ts";
import { moveCash } from "./shift.ts";
import {
  browserDies,
  cashWithoutLine,
  gatewayDies,
  lineComesBack,
  lineGoes,
  paperRunsOut,
  trustWithoutLine,
} from "./troubles.ts";

/** Sales of both days together; returns are on top. */
export const salesOfTheDay = 60;

/** Who goes on at the first till after its browser died. */
const successor = "赵磊";

/** The first till's day: thirty sales, and what comes back. */
export async function firstDay(till: Counter, activationCode: string): Promise<void> {
  await begin(till, activationCode);
  await scannedCodes(till, "wechat"); // 1–8
  await shownCodes(till, "wechat", "alipay"); // 9–12
  await pricedAtFirst(till); // 13–16
  await splitTender(till, "wechat", false); // 17
  await hold(till, 3); // for the other till
  await till.day.meet("one ticket waits for the other till");
  await till.day.meet("the other till has it");
  await hold(till, 2);
  await takeUp(till, "held-mine", 2);
  await till.page.payCash(); // 18
  await till.finish();
  await lineGoes(till, "wechat"); // 19, 20
  await cashWithoutLine(till); // 21–23
  await lineComesBack(till);
  await gatewayDies(till, "wechat"); // 24
  await moveCash(till);
  till.day.spoken.set("comes back at the other till", till.receipts[2] ?? "");
  till.day.spoken.set("is wanted back at both", till.receipts[4] ?? "");
  await till.day.meet("everything has arrived");
  await returnOnePiece(till, till.receipts[1] ?? "");
  await returnMoney(till, till.receipts[0] ?? "");
  await bothWant(till);
  expect(till.day.got).toHaveLength(1);
  await browserDies(till, successor); // 25, 26
  await deposits(till); // 27
  await paperRunsOut(till, "wechat"); // 28, 29
  await till.sellByCode("wechat"); // 30
  await till.page.press("open-sales");
  await till.page.press("reprint");
  await till.page.press("sales-back");
  await till.settled();
}

/** The second till's day: thirty sales, and what comes back of its own and of the first till's. */
export async function secondDay(till: Counter, activationCode: string): Promise<void> {
  await begin(till, activationCode);
  await scannedCodes(till, "alipay"); // 1–8
  await shownCodes(till, "alipay", "wechat"); // 9–12
  await pricedAtSecond(till); // 13–16
  await splitTender(till, "alipay", true); // 17
  await till.day.meet("one ticket waits for the other till");
  await takeUp(till, "held-others", 3);
  await till.scan("alipay"); // 18
  await till.finish();
  await till.day.meet("the other till has it");
  await lineGoes(till, "alipay"); // 19, 20
  await trustWithoutLine(till, till.receipts[0] ?? "", till.receipts[1] ?? ""); // 21
  await lineComesBack(till);
  await gatewayDies(till, "alipay"); // 22
  await moveCash(till);
  await till.day.meet("everything has arrived");
  await returnWhole(till, till.day.spoken.get("comes back at the other till") ?? "");
  await exchange(till, till.receipts[8] ?? ""); // 23
  await bothWant(till);
  await splitRounded(till, "alipay"); // 24
  await deposits(till); // 25
  await paperRunsOut(till, "alipay"); // 26, 27
  await till.sellForCash(); // 28
  await till.sellByCode("alipay"); // 29
  await till.sellByShownCode("wechat"); // 30
  await till.settled();
}

/** To the first till, by the code that its activation made; from then on it starts without the network too. */
async function begin(till: Counter, activationCode: string): Promise<void> {
  await till.open(`/#activate=${activationCode}`);
  await till.page.see("till");
  await till.signOn();
  await till.page.page.waitForFunction(() => navigator.serviceWorker.controller !== null, null, {
    timeout: 30_000,
    polling: 100,
  });
  await till.page.online();
}

async function bothWant(till: Counter): Promise<void> {
  const { spoken, got, meet } = till.day;
  if (await wantBack(till, spoken.get("is wanted back at both") ?? "")) got.push(till.till);
  await meet("both know who has it");
}
