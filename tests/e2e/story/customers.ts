import { expect } from "vitest";
import { json, type OpenDatabase } from "../../../src/gateway/store/database.ts";
import type { Shop } from "./shop.ts";

export type Wallet = "wechat" | "alipay";
export type NotificationPlay = "lost" | "duplicate" | "late" | "forged";

const firstDigits: Readonly<Record<Wallet, string>> = { wechat: "13", alipay: "28" };

/** A payer's code with the behaviour of these four digits (the sandbox's table). */
export function payerCode(wallet: Wallet, behaviour: string): string {
  return `${firstDigits[wallet]}${behaviour}${String(Math.floor(Math.random() * 1e12)).padStart(12, "0")}`;
}

/** One call of the sandbox's control; refused ones fail the story. */
async function control(shop: Shop, path: string, body: object): Promise<void> {
  const answer = await fetch(`${shop.sandboxAddress}/_sandbox${path}`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(body),
  });
  expect([path, answer.status]).toEqual([path, 200]);
}

/** A customer's phone scans the code that the shop shows, and pays. */
export function scanShown(shop: Shop, provider: Wallet, content: string): Promise<void> {
  return control(shop, "/scan", { wallet: "phone-0001", content, provider, behaviour: "0000" });
}

/** The payer types the password that this payment asks for; false when nothing asks (yet, or any more). */
export async function confirmPassword(shop: Shop, order: string): Promise<boolean> {
  const answer = await fetch(`${shop.sandboxAddress}/_sandbox/orders/${order}/answer`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ answer: "confirm" }),
  });
  await answer.arrayBuffer();
  return answer.status === 200;
}

/** What becomes of the next notification of this payment. */
export function playNotification(shop: Shop, provider: Wallet, order: string, next: NotificationPlay): Promise<void> {
  return control(shop, "/notifications", { provider, order, next });
}

/** The payment that this till began last. */
export async function newestAttempt(database: OpenDatabase, till: string): Promise<string> {
  const row = await database
    .selectFrom("payment_attempt")
    .select("id")
    .where("till", "=", till)
    .orderBy("created_at", "desc")
    .executeTakeFirstOrThrow();
  return row.id;
}

/** The customer types the password of the payment that this till began last: asked for until the provider has it. */
export async function confirmNewest(shop: Shop, till: string): Promise<void> {
  await expect.poll(async () => confirmPassword(shop, await newestAttempt(shop.database, till))).toBe(true);
}

/** Tells the gateway of a payment as a liar would: right address, right form, no key. Gives the answer's status. */
export async function forgeNotification(shop: Shop, provider: Wallet, order: string): Promise<number> {
  const url = `${shop.address}/v1/notify/${provider}-sandbox/heping`;
  const answer = await (provider === "wechat" ? forgedWechat(url) : forgedAlipay(url, order));
  await answer.arrayBuffer();
  return answer.status;
}

function forgedWechat(url: string): Promise<Response> {
  const resource = { algorithm: "AEAD_AES_256_GCM", ciphertext: "AAAA", nonce: "abcdefabcdef", associated_data: "" };
  const body = { id: "forged-1", create_time: new Date().toISOString(), event_type: "TRANSACTION.SUCCESS", resource };
  return fetch(url, {
    method: "POST",
    headers: {
      "content-type": "application/json",
      "wechatpay-timestamp": String(Math.floor(Date.now() / 1000)),
      "wechatpay-nonce": "0123456789abcdef",
      "wechatpay-serial": "PUB_KEY_ID_0000000000000000000000000000",
      "wechatpay-signature": Buffer.from("not signed by anybody").toString("base64"),
    },
    body: JSON.stringify({ ...body, resource_type: "encrypt-resource" }),
  });
}

function forgedAlipay(url: string, order: string): Promise<Response> {
  const parameters = {
    notify_id: "forged-1",
    notify_type: "trade_status_sync",
    out_trade_no: order,
    trade_no: "2026000000000000",
    trade_status: "TRADE_SUCCESS",
    total_amount: "0.01",
    sign_type: "RSA2",
    sign: Buffer.from("not signed by anybody").toString("base64"),
  };
  return fetch(url, {
    method: "POST",
    headers: { "content-type": "application/x-www-form-urlencoded" },
    body: new URLSearchParams(parameters).toString(),
  });
}

/** As its owner would: this store takes payments to its static code on trust, up to 300 yuan each. */
export async function allowUnverified(database: OpenDatabase): Promise<void> {
  const store = await database.selectFrom("store").select("rules").where("id", "=", "heping").executeTakeFirstOrThrow();
  const rules = { ...(store.rules as object), unverified: { each: 30_000, day: 60_000 } };
  await database
    .updateTable("store")
    .set({ rules: json(rules) })
    .where("id", "=", "heping")
    .execute();
}
