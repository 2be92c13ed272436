import type { HoldRequest } from "../../../src/contract/held.ts";
import type { PaymentBody } from "../../../src/contract/payment.ts";
import type { RefundBody } from "../../../src/contract/refund.ts";
import {
  makeId,
  type ApprovalId,
  type PaymentId,
  type RefundId,
  type SaleId,
  type StaffId,
  tagOf,
} from "../../../src/domain/identifier.ts";
import type { CompletedSale, JournalFact } from "../../../src/domain/journal.ts";
import { money } from "../../../src/domain/money.ts";
import type { Approval } from "../../../src/domain/staff.ts";
import type { PaymentChannel } from "../../../src/domain/tender.ts";
import type { Fetch } from "../../../src/gateway/exchange.ts";
import { sandboxAccounts } from "../../../src/gateway/sample-shop/sandbox-account.ts";
import { readAlipayKeys } from "../../../src/gateway/sandbox/alipay/keys.ts";
import { readAlipayLedger } from "../../../src/gateway/sandbox/alipay/ledger.ts";
import { alipayPlay } from "../../../src/gateway/sandbox/alipay/play.ts";
import { createSandbox } from "../../../src/gateway/sandbox/sandbox.ts";
import { sandboxFetch } from "../../../src/gateway/sandbox/sandbox-fetch.ts";
import { memoryStore } from "../../../src/gateway/sandbox/store.ts";
import { readWechatPayKeys } from "../../../src/gateway/sandbox/wechat-pay/keys.ts";
import { readLedger } from "../../../src/gateway/sandbox/wechat-pay/ledger.ts";
import { wechatPayPlay } from "../../../src/gateway/sandbox/wechat-pay/play.ts";
import { systemClock, systemRandom } from "../../../src/gateway/system-clock.ts";
import { sampleSale } from "../../fakes/sample-sale.ts";
import type { SigningTill } from "../../fakes/signing-till.ts";
import { gatewayBench, type GatewayBench } from "../gateway-bench.ts";
import { until } from "./until.ts";

export const providers = ["wechat", "alipay"] as const;
export type Provider = (typeof providers)[number];

/** What really happened at a provider: fen. */
export type Truth = { readonly moved: number; readonly givenBack: number };

/** A gateway with both providers' sandboxes in this process; notifications come to the gateway's own route. */
export type CounterStage = {
  readonly bench: GatewayBench;
  /** The newest till of that name. */
  readonly tills: { readonly a1: SigningTill; readonly a2: SigningTill };
  /** Calls the sandbox's control. */
  control(path: string, body: object): Promise<{ readonly status: number; readonly json: unknown }>;
  /** Whether the providers can be reached: what is asked meanwhile never arrives. */
  reach(isThere: boolean): void;
  /** The next request that has `part` in it: `before` happens first, and its answer is lost. */
  loseAnswer(part: string, before: () => Promise<unknown>): void;
  truth(provider: Provider, attempt: PaymentId): Truth | null;
  balances(): Promise<Readonly<Record<string, number>>>;
  stop(): Promise<void>;
};

/** Every delay of the sandbox's, as a part of the provider's own. */
const timeFactor = 0.02;

export async function counterStage(timings: object = {}): Promise<CounterStage> {
  const { accounts, sandboxKeys } = sandboxAccounts(systemRandom, "https://sandbox.invalid");
  const store = memoryStore();
  let bench: GatewayBench | null = null;
  const toGateway: Fetch = async (url, init) => {
    const { pathname } = new URL(url);
    const answer = await bench!.gateway.app.server.inject({
      method: "POST",
      url: pathname,
      headers: { ...Object.fromEntries(new Headers(init.headers)), host: "127.0.0.1" },
      payload: String(init.body),
    });
    return new Response(answer.statusCode === 204 ? null : answer.body, { status: answer.statusCode });
  };
  const sandbox = createSandbox({ clock: systemClock, random: systemRandom, store, timeFactor, fetch: toGateway }, [
    wechatPayPlay(readWechatPayKeys(sandboxKeys["wechatPay"], "wechatPay")),
    alipayPlay(readAlipayKeys(sandboxKeys["alipay"], "alipay")),
  ]);
  const toSandbox = sandboxFetch(sandbox) as Fetch;
  let isReached = true;
  let losing: { readonly part: string; readonly before: () => Promise<unknown> } | null = null;
  bench = await gatewayBench(
    {
      fetch: async (url, init) => {
        if (!isReached) throw new TypeError("fetch failed");
        const { part, before } = losing ?? { part: null, before: null };
        if (part === null || !`${url} ${String(init.body)}`.includes(part)) return toSandbox(url, init);
        losing = null;
        await before();
        await toSandbox(url, init);
        throw new TypeError("fetch failed");
      },
    },
    accounts.map((account) => ({ ...account, timings })),
  );
  await bench.gateway.start();
  const tills = { a1: await bench.till("till-a1"), a2: await bench.till("till-a2") };
  const opened = bench;
  return {
    bench: opened,
    tills,
    async control(path, body) {
      const answer = await sandbox.handle({
        method: "POST",
        url: `/_sandbox${path}`,
        headers: { "content-type": "application/json" },
        body: Buffer.from(JSON.stringify(body)),
      });
      if (answer.kind === "cut") throw new Error("control call cut");
      return { status: answer.status, json: JSON.parse(String(answer.body)) };
    },
    reach: (isThere) => {
      isReached = isThere;
    },
    loseAnswer: (part, before) => {
      losing = { part, before };
    },
    truth(provider, attempt) {
      if (provider === "wechat") {
        const order = readLedger(store.lines).orders.get(attempt);
        return order === undefined
          ? null
          : { moved: order.paidAt === null ? 0 : order.total, givenBack: order.givenBack };
      }
      const trade = readAlipayLedger(store.lines).orders.get(attempt);
      return trade === undefined
        ? null
        : { moved: trade.paidAt === null ? 0 : trade.total, givenBack: trade.givenBack };
    },
    async balances() {
      const rows = await opened.parts.database.selectFrom("ledger_transfer").selectAll().execute();
      const sums: Record<string, number> = {};
      for (const { debit, credit, amount } of rows) {
        sums[debit] = (sums[debit] ?? 0) + amount;
        sums[credit] = (sums[credit] ?? 0) - amount;
      }
      return Object.fromEntries(Object.entries(sums).filter(([, sum]) => sum !== 0));
    },
    async stop() {
      await opened.gateway.stop();
      sandbox.stop();
    },
  };
}

export type Begun = { readonly sale: SaleId; readonly attempt: PaymentId; readonly completed: CompletedSale };

/** Begins a payment as a till does it: entry, then PUT. `code` null asks for a code to show. */
export async function pay(
  till: SigningTill,
  fen: number,
  channel: Provider,
  code: string | null,
  sale: SaleId = newId<SaleId>(till),
  tip = 0,
): Promise<Begun & { readonly body: PaymentBody; readonly status: number }> {
  const attempt = newId<PaymentId>(till);
  const plain = sampleSale(sale, fen, attempt);
  const completed = {
    ...plain,
    tenders: plain.tenders.map((tender) => (tender.kind === "payment" ? { ...tender, channel } : tender)),
  };
  await tell(till, { kind: "paymentAttempted", body: { attempt, sale, amount: money(fen, "CNY"), channel } });
  const body = {
    v: 1,
    deadline: Date.now() + 10_000,
    amount: fen,
    currency: "CNY",
    channel,
    code,
    tip,
    sale: completed.sale,
    entry: { series: till.answer.series, number: till.head().number },
  };
  const answer = await till.ask({ method: "PUT", path: `/v1/payments/${attempt}`, body });
  return { sale, attempt, completed, body: answer.json<PaymentBody>(), status: answer.statusCode };
}

/** A code of a payer who pays at once, or who does what `play` (four digits) says. */
export function codeOf(channel: Provider, play = "0000"): string {
  const random = systemRandom.bytes(12).reduce((digits, byte) => digits + String(byte % 10), "");
  return `${channel === "wechat" ? "13" : "28"}${play}${random}`;
}

/** A sale of `fen` paid by `channel`'s code, which may say how the sandbox plays, and completed. */
export async function sold(till: SigningTill, fen: number, channel: Provider, play = "0000"): Promise<Begun> {
  const begun = await pay(till, fen, channel, codeOf(channel, play));
  if (begun.body.state !== "captured") throw new Error(`not captured: ${JSON.stringify(begun.body)}`);
  const { capture } = begun.body;
  const tenders = begun.completed.tenders.map((tender) =>
    tender.kind === "payment" && capture !== null
      ? { ...tender, providerTransactionId: capture.providerTransactionId }
      : tender,
  );
  const completed = { ...begun.completed, tenders, receipt: `${till.answer.settings.label}-1-${till.head().number}` };
  await tell(till, { kind: "saleCompleted", body: completed });
  return { ...begun, completed };
}

/** A manager's yes to money going back, as a till writes it down. */
export function yesTo(act: "return" | "returnTender", subject: SaleId, fen: number): Approval {
  const at = systemClock.now();
  const id = makeId<ApprovalId>(at, tagOf(subject), systemRandom);
  return { id, act, subject, amount: money(fen, "CNY"), size: fen, by: "staff-5" as StaffId, method: "pin", at };
}

/** A return of `fen` of `original`'s only line, back to where it was paid. */
export function returnOf(original: Begun, fen: number, till: SigningTill, channel: PaymentChannel) {
  const sale = newId<SaleId>(till);
  const refund = newId<RefundId>(till);
  const plain = sampleSale(sale, fen);
  const [line] = original.completed.sale.lines;
  const whole = original.completed.sale.total.amount;
  const tax = Math.round(((original.completed.sale.taxes[0]?.tax.amount ?? 0) * fen) / whole);
  const back = (amount: number) => money(-amount, "CNY");
  const completed: CompletedSale = {
    ...plain,
    sale: {
      ...plain.sale,
      lines: [
        {
          ...line!,
          quantity: { ...line!.quantity, thousandths: (fen === whole ? -1000 : 0) as never },
          amount: back(fen),
          returnOf: { sale: original.sale, line: 1, tax: back(tax) },
        },
      ],
      taxes: [{ rate: line!.taxRate, tax: back(tax), net: back(fen - tax) }],
      total: back(fen),
    },
    tenders: [{ kind: "refund", amount: back(fen), refund, attempt: original.attempt, channel, of: original.sale }],
    approvals: [yesTo("return", sale, fen)],
    receipt: `${till.answer.settings.label}-1-R${till.head().number}`,
    drawer: false,
  };
  const claim = {
    v: 1,
    sale,
    original: original.sale,
    lines: [{ line: 1, thousandths: fen === whole ? 1000 : 0, amount: fen, tax }],
    parts: [{ kind: "payment", attempt: original.attempt, channel, amount: money(fen, "CNY") }],
    back: fen,
    electronicAsCash: 0,
    asker: "staff-4",
    approval: null as { by: string; pin: string } | null,
  };
  return { sale, refund, completed, claim };
}

/** Writes `fact` into the till's journal and delivers it. */
export async function tell(till: SigningTill, fact: JournalFact, approval: Approval | null = null): Promise<void> {
  const answer = await till.drain([till.write(fact, { at: systemClock.now(), approval })]);
  if (answer.statusCode !== 200) throw new Error(`journal: ${answer.statusCode} ${answer.body}`);
}

export function newId<Kind extends SaleId | PaymentId | RefundId>(till: SigningTill): Kind {
  return makeId<Kind>(systemClock.now(), till.answer.settings.tag, systemRandom);
}

export function untilPayment(till: SigningTill, attempt: PaymentId, state: PaymentBody["state"]): Promise<PaymentBody> {
  return until(
    async () => (await till.ask({ path: `/v1/payments/${attempt}` })).json<PaymentBody>(),
    (body) => body.state === state,
  );
}

export function untilRefund(till: SigningTill, refund: RefundId, state: RefundBody["state"]): Promise<RefundBody> {
  return until(
    async () => (await till.ask({ path: `/v1/refunds/${refund}` })).json<RefundBody>(),
    (body) => body.state === state,
  );
}

/** A ticket as a till holds it. */
export function ticketOf(till: SigningTill, sale: SaleId, fen: number, heldAt: number): HoldRequest {
  const { lines } = sampleSale(sale, fen).sale;
  return {
    v: 1,
    ticket: {
      id: sale,
      currency: "CNY",
      taxMode: "included",
      session: newId<SaleId>(till) as never,
      staff: "staff-1" as never,
      openedAt: heldAt as never,
      lines: [...lines] as never,
      lastLine: 1,
      discount: null,
      approvals: [],
    },
    total: money(fen, "CNY"),
    heldAt: heldAt as never,
  };
}
