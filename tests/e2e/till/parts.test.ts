import { afterAll, beforeAll, expect, test } from "vitest";
import { booksTruth } from "../story/truth.ts";
import type { TillPage } from "../story/till-page.ts";
import { openStage, paymentCode, type Stage } from "./stage.ts";

const cashier = "王芳";
const manager = "李敏";
let stage: Stage;
let till: TillPage;

beforeAll(async () => {
  stage = await openStage();
  till = await stage.open(`/#activate=${stage.shop.activationCode}`);
  await till.see("till");
  await till.signOn(cashier, stage.pinOf(cashier));
}, 120_000);

afterAll(() => stage?.close());

/** Fen that a capture brought, of every payment. */
async function captured(): Promise<readonly number[]> {
  const rows = await stage.shop.database
    .selectFrom("payment_attempt")
    .select("amount")
    .where("state", "=", "captured")
    .orderBy("created_at")
    .execute();
  return rows.map(({ amount }) => amount);
}

test("two wallets pay one sale: a part is chosen, and the second is asked for what is left", async () => {
  await till.online();
  await till.scanGoods([stage.goods[3]?.barcode ?? ""]);
  const price = stage.goods[3]?.price ?? 0;
  await till.page.keyboard.press("F9");
  await till.press("part-some");
  await till.press("key-1");
  await till.press("part-go");
  await till.page.keyboard.type(paymentCode("0000"), { delay: 4 });
  await till.page.keyboard.press("Enter");
  await till.see("tender-0", 20_000);
  await till.page.keyboard.type(paymentCode("0000"), { delay: 4 });
  await till.page.keyboard.press("Enter");
  const receipt = await till.done();
  expect(await captured()).toEqual([100, price - 100]);
  const totalInBooks = async (): Promise<number | undefined> =>
    (await booksTruth(stage.shop.database)).sales.find((sale) => sale.receipt === receipt)?.total;
  await expect.poll(totalInBooks, { timeout: 10_000 }).toBe(price);
  await till.next();
});

test("a part that a wallet paid leaves the sale only by its refund, with a second person", async () => {
  await till.scanGoods([stage.goods[4]?.barcode ?? ""]);
  await till.page.keyboard.press("F9");
  await till.press("part-some");
  await till.press("key-1");
  await till.press("part-go");
  await till.page.keyboard.type(paymentCode("0000"), { delay: 4 });
  await till.page.keyboard.press("Enter");
  await till.see("tender-0", 20_000);
  await till.press("remove-tender");
  await till.secondPerson(manager, stage.pinOf(manager));
  await till.at("tender-0").waitFor({ state: "detached", timeout: 20_000 });
  const refunds = () => stage.shop.database.selectFrom("refund").select(["amount", "state"]).execute();
  await expect.poll(refunds, { timeout: 30_000 }).toEqual([{ amount: 100, state: "succeeded" }]);
  await till.payCash();
  await till.done();
  await till.next();
});
