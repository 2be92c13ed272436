import { setTimeout as sleep } from "node:timers/promises";
import type { PaymentBody } from "../../../src/contract/payment.ts";
import type { Clock } from "../../../src/domain/clock.ts";
import { makeId, type PaymentId, type SaleId } from "../../../src/domain/identifier.ts";
import type { CompletedSale, JournalFact } from "../../../src/domain/journal.ts";
import { money } from "../../../src/domain/money.ts";
import type { Fetch } from "../../../src/gateway/exchange.ts";
import type { SampleAccount } from "../../../src/gateway/sample-shop/fill.ts";
import { sandboxFetch } from "../../../src/gateway/sandbox/sandbox-fetch.ts";
import { createSandbox } from "../../../src/gateway/sandbox/sandbox.ts";
import { wechatPayPlay } from "../../../src/gateway/sandbox/wechat-pay/play.ts";
import { memoryStore } from "../../../src/gateway/sandbox/store.ts";
import { systemClock, systemRandom } from "../../../src/gateway/system-clock.ts";
import { testKeys, testSandboxKeys } from "../../conformance/providers/wechat-stage.ts";
import { sampleSale } from "../../fakes/sample-sale.ts";
import type { SigningTill } from "../../fakes/signing-till.ts";

/** What the payer at the sandbox does: digits 3 to 6 of his code. */
export const plays = {
  pays: "0000",
  asksPassword: "0100",
  neverAnswers: "0103",
  cannotPay: "0201",
  silentButPaid: "0303",
  cutNotPaid: "0304",
} as const;

/** Short enough to see a reversal within a second. */
export const quickTimings = {
  chargeWithinMs: 3_000,
  askWithinMs: 2_000,
  queryAfterMs: [100, 200],
  reverseAfterMs: 400,
  abandonNotBeforeMs: 200,
  reverseRetryMs: [100, 200],
  lateQueryMs: 60_000,
};

/** The sample shop's account with a sandbox in this process, and the only way to it. */
export function sandboxAtHand(timings: typeof quickTimings): {
  readonly account: SampleAccount;
  readonly fetch: Fetch;
} {
  const sandbox = createSandbox(
    {
      clock: systemClock,
      random: systemRandom,
      store: memoryStore(),
      timeFactor: 0.1,
    },
    [wechatPayPlay(testSandboxKeys)],
  );
  const publicKey = testKeys.wechatpay_public_key;
  const credentials = {
    baseUrl: "https://wechat.invalid",
    mchid: testKeys.mchid,
    appid: testKeys.appid,
    merchantSerial: testKeys.merchant.serial_no,
    merchantPrivateKeyPem: testKeys.merchant.private_key_pem,
    platformKeys: [{ serial: publicKey.id, publicKeyPem: publicKey.public_key_pem }],
  };
  return {
    account: { id: "wechat-sandbox", provider: "wechat-pay", channel: "wechat", timings, credentials },
    fetch: sandboxFetch(sandbox) as Fetch,
  };
}

export type Played = { readonly sale: SaleId; readonly attempt: PaymentId; readonly completed: CompletedSale };

/** A new sale of `fen` whose payer does `play`, as a till does it: entry, charge. Answers what the gateway said. */
export async function chargeAt(
  till: SigningTill,
  clock: Clock,
  fen: number,
  play: string,
  sale: SaleId = makeId<SaleId>(clock.now(), till.answer.settings.tag, systemRandom),
): Promise<Played & { readonly body: PaymentBody }> {
  const attempt = makeId<PaymentId>(clock.now(), till.answer.settings.tag, systemRandom);
  const completed = sampleSale(sale, fen, attempt);
  await tell(till, clock, {
    kind: "paymentAttempted",
    body: { attempt, sale, amount: money(fen, "CNY"), channel: "wechat" },
  });
  const random = systemRandom.bytes(12).reduce((digits, byte) => digits + String(byte % 10), "");
  const request = {
    v: 1,
    deadline: clock.now() + 10_000,
    amount: fen,
    currency: "CNY",
    channel: "wechat",
    code: `13${play}${random}`,
    sale: completed.sale,
    entry: { series: till.answer.series, number: till.head().number },
  };
  const answer = await till.ask({ method: "PUT", path: `/v1/payments/${attempt}`, body: request });
  if (answer.statusCode !== 200) throw new Error(`charge: ${answer.statusCode} ${answer.body}`);
  return { sale, attempt, completed, body: answer.json<PaymentBody>() };
}

/** Writes `fact` into the till's journal and delivers it. */
export async function tell(till: SigningTill, clock: Clock, fact: JournalFact): Promise<void> {
  const answer = await till.drain([till.write(fact, { at: clock.now() })]);
  if (answer.statusCode !== 200) throw new Error(`journal: ${answer.statusCode} ${answer.body}`);
}

/** Asks the gateway for the attempt until it is in `state`. */
export async function untilState(till: SigningTill, attempt: PaymentId, state: PaymentBody["state"]): Promise<void> {
  for (let tries = 0; tries < 200; tries++) {
    const body = (await till.ask({ path: `/v1/payments/${attempt}` })).json<PaymentBody>();
    if (body.state === state) return;
    await sleep(50);
  }
  throw new Error(`payment ${attempt} did not become ${state}`);
}
