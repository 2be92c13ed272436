import { plusMs, type Instant } from "../../../src/domain/clock.ts";
import { makeId, type PaymentId, type SaleId } from "../../../src/domain/identifier.ts";
import type { CompletedSale } from "../../../src/domain/journal.ts";
import { money } from "../../../src/domain/money.ts";
import type { Fetch } from "../../../src/gateway/exchange.ts";
import { alipayPlay } from "../../../src/gateway/sandbox/alipay/play.ts";
import { sandboxFetch } from "../../../src/gateway/sandbox/sandbox-fetch.ts";
import { createSandbox } from "../../../src/gateway/sandbox/sandbox.ts";
import { memoryStore } from "../../../src/gateway/sandbox/store.ts";
import { wechatPayPlay } from "../../../src/gateway/sandbox/wechat-pay/play.ts";
import { systemClock, systemRandom } from "../../../src/gateway/system-clock.ts";
import { alipaySandboxKeys, alipayTestKeys } from "../../conformance/providers/alipay-stage.ts";
import { testSandboxKeys } from "../../conformance/providers/wechat-stage.ts";
import { sampleSale } from "../../fakes/sample-sale.ts";
import type { SigningTill } from "../../fakes/signing-till.ts";
import { quickTimings, sandboxAtHand, tell } from "../../integration/office/office-stage.ts";
import { openOfficeShop, type OfficeShop } from "./office-shop.ts";

export type Wallet = "wechat" | "alipay";
export type BooksShop = OfficeShop & {
  /** A control call of the sandbox's; answers its JSON. */
  control(path: string, body?: object): Promise<any>;
};

const alipayAccount = {
  id: "alipay-sandbox",
  provider: "alipay",
  channel: "alipay",
  timings: quickTimings,
  credentials: {
    mode: "publicKey",
    gatewayUrl: "https://wechat.invalid/gateway.do",
    appId: alipayTestKeys.app_id,
    sellerId: alipayTestKeys.seller_id,
    appPrivateKey: alipayTestKeys.app.private_key_pkcs8_pem,
    alipayPublicKeys: [alipayTestKeys.alipay.public_key_pem],
  },
} as const;

/** A shop that takes both wallets, whose bills are there whenever they are asked for. */
export async function openBooksShop(): Promise<BooksShop> {
  const sandbox = createSandbox({ clock: systemClock, random: systemRandom, store: memoryStore(), timeFactor: 0.1 }, [
    wechatPayPlay(testSandboxKeys),
    alipayPlay(alipaySandboxKeys),
  ]);
  const fetch = sandboxFetch(sandbox) as Fetch;
  const control = async (path: string, body?: object): Promise<any> => {
    const answer = await sandboxFetch(sandbox)(`https://wechat.invalid/_sandbox/${path}`, {
      method: body === undefined ? "GET" : "POST",
      headers: { "content-type": "application/json" },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    if (!answer.ok) throw new Error(`${path}: ${answer.status} ${await answer.text()}`);
    return answer.json();
  };
  await control("bills", { ready: "atOnce" });
  const { account } = sandboxAtHand(quickTimings);
  const shop = await openOfficeShop(quickTimings, { accounts: [account, alipayAccount], fetch });
  return { ...shop, control };
}

const codes: { readonly [W in Wallet]: string } = { wechat: "130000", alipay: "289000" };
const codeDigits: { readonly [W in Wallet]: number } = { wechat: 12, alipay: 12 };

/** A sale of `fen` paid with a wallet at a till, as a till does it; `isCompleted` false leaves it without a receipt. */
export async function sellAt(
  till: SigningTill,
  fen: number,
  wallet: Wallet,
  isCompleted = true,
): Promise<{ readonly attempt: PaymentId; readonly completed: CompletedSale }> {
  const sale = makeId<SaleId>(systemClock.now(), till.answer.settings.tag, systemRandom);
  const attempt = makeId<PaymentId>(systemClock.now(), till.answer.settings.tag, systemRandom);
  const sample = sampleSale(sale, fen, attempt);
  const completed = {
    ...sample,
    tenders: sample.tenders.map((tender) => (tender.kind === "payment" ? { ...tender, channel: wallet } : tender)),
  } as CompletedSale;
  const begun = { attempt, sale, amount: money(fen, "CNY"), channel: wallet };
  await tell(till, systemClock, { kind: "paymentAttempted", body: begun });
  const random = systemRandom.bytes(codeDigits[wallet]).reduce((digits, byte) => digits + String(byte % 10), "");
  const request = {
    v: 1,
    deadline: systemClock.now() + 10_000,
    amount: fen,
    currency: "CNY",
    channel: wallet,
    code: `${codes[wallet]}${random}`,
    sale: completed.sale,
    entry: { series: till.answer.series, number: till.head().number },
  };
  const answer = await till.ask({ method: "PUT", path: `/v1/payments/${attempt}`, body: request });
  const body = answer.json<{ state: string }>();
  if (body.state !== "captured") throw new Error(`${wallet}: ${answer.statusCode} ${answer.body}`);
  if (isCompleted) await tell(till, systemClock, { kind: "saleCompleted", body: completed });
  return { attempt, completed };
}

/** So long ago that a bill which is asked for now has every row that could be its own (`books.md` 3: ten minutes). */
export function beforeMinutes(): Instant {
  return plusMs(systemClock.now(), -11 * 60_000);
}

/** A sale of `fen` paid to the printed code while nobody could ask: noted, not proved. */
export async function noteAt(till: SigningTill, fen: number): Promise<void> {
  const sale = makeId<SaleId>(systemClock.now(), till.answer.settings.tag, systemRandom);
  const tender = {
    kind: "unverified",
    amount: money(fen, "CNY"),
    channel: "wechat",
    at: beforeMinutes(),
    tail: "",
  } as const;
  const body = { ...sampleSale(sale, fen), tenders: [tender] };
  await tell(till, systemClock, { kind: "saleCompleted", body });
}
