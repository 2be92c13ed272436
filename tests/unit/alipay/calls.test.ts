import { describe, expect, it } from "vitest";
import { instant, plusMs } from "../../../src/domain/clock.ts";
import type { PaymentId, RefundId } from "../../../src/domain/identifier.ts";
import { money } from "../../../src/domain/money.ts";
import { createAlipay } from "../../../src/gateway/providers/alipay/alipay.ts";
import { secret } from "../../../src/gateway/secret.ts";
import { alipayTestCredentials } from "../../conformance/providers/alipay-stage.ts";

const now = instant(Date.parse("2026-11-21T19:00:00+08:00"));
const { signal } = new AbortController();
const attempt = {
  id: "01JD7Z0000AAAA000000000001" as PaymentId,
  accountId: "a",
  amount: money(5_605, "CNY"),
  withinMs: 5_000,
  description: "和平路 50% & 便利/超市",
  storeOutId: "S1",
  tillLabel: "A1",
};

/** An adapter whose requests are kept and never answered. */
function listening() {
  const sent: { readonly url: string; readonly form: URLSearchParams }[] = [];
  const provider = createAlipay({
    credentials: () => alipayTestCredentials("publicKey", "https://openapi.alipay.com/gateway.do"),
    fetch: (url, init) => {
      sent.push({ url, form: new URLSearchParams(String(init.body)) });
      return Promise.reject(new TypeError("fetch failed"));
    },
    clock: { now: () => now, after: () => () => undefined },
  });
  const members = () => JSON.parse(sent.at(-1)?.form.get("biz_content") ?? "null");
  return { provider, sent, members };
}

describe("what is asked of Alipay", () => {
  it("a payment says what the sheet wants, ends by itself after two minutes, and is not notified", async () => {
    const { provider, sent, members } = listening();
    await provider.charge({ ...attempt, code: secret("283061098828009406") }, signal);
    expect(members()).toEqual({
      out_trade_no: attempt.id,
      product_code: "FACE_TO_FACE_PAYMENT",
      subject: "和平路 50%   便利 超市",
      total_amount: "56.05",
      seller_id: "2088000000000156",
      store_id: "S1",
      terminal_id: "A1",
      scene: "bar_code",
      auth_code: "283061098828009406",
      timeout_express: "2m",
    });
    expect(sent[0]?.url).toBe("https://openapi.alipay.com/gateway.do?charset=utf-8");
    expect(sent[0]?.form.get("timestamp")).toBe("2026-11-21 19:00:00");
    expect(sent[0]?.form.has("notify_url")).toBe(false);
  });

  it.each([
    [120_000, "2m"],
    [120_001, "3m"],
    [1, "1m"],
    [-5_000, "1m"],
    [86_400_000, "120m"],
  ])("a code that is good for %i ms more is made for %s: never shorter", async (ms, minutes) => {
    const { provider, sent, members } = listening();
    const notifyUrl = "https://shop.invalid/n";
    await provider.prompt({ ...attempt, notifyUrl, expiresAt: plusMs(now, ms) }, signal);
    expect(members()).toMatchObject({ timeout_express: minutes, qr_code_timeout_express: minutes });
    expect(sent[0]?.form.get("notify_url")).toBe(notifyUrl);
  });

  it("a shown code is ended by cancel, for close does not know one that nobody scanned", async () => {
    const { provider, sent } = listening();
    await provider.close(attempt, signal);
    expect(sent[0]?.form.get("method")).toBe("alipay.trade.cancel");
  });

  it("a refund names the payment both ways and always has its own number", async () => {
    const { provider, members } = listening();
    const request = {
      ...attempt,
      id: "01JD7Z0000AAAA000000000002" as RefundId,
      payment: attempt.id,
      providerTransactionId: "2026112122001400000000000001",
      total: attempt.amount,
      amount: money(5, "CNY"),
      reason: "退货",
      submittedAt: now,
      notifyUrl: "https://shop.invalid/n",
    };
    await provider.refund(request, signal);
    const names = { out_trade_no: attempt.id, trade_no: request.providerTransactionId, out_request_no: request.id };
    expect(members()).toMatchObject({ ...names, refund_amount: "0.05", refund_reason: "退货" });
    await provider.queryRefund(request, signal);
    expect(members()).toMatchObject(names);
  });
});
