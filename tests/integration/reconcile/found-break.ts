import { json } from "../../../src/gateway/store/database.ts";
import type { GatewayBench } from "../gateway-bench.ts";

/** A break of a store's over 1.00, as matching would have left it. */
export async function foundBreak(
  { parts: { database } }: GatewayBench,
  store: string,
  number: string,
  { type = "withUsNotWithThem", side = "payment" } = {},
): Promise<{ readonly store: string; readonly id: string }> {
  const id = `wechat/${side}/${number}/${type}`;
  const row = { id, number, class: type, amount: -100, store, account: "wechat", side, currency: "CNY" };
  const day = { day: "2026-11-20", business_date: "2026-11-20" };
  const nobody = { attempt: null, sale: null, till: null, staff: null, channel: null, bill: null, until: null };
  const seen = { state: "break", cause: "", posting: "", round: 1, opened_at: 1, seen_at: 1 } as const;
  await database
    .insertInto("difference")
    .values({ ...row, ...day, ...nobody, ...seen, detail: json({}), closed_at: null, closed_by: null })
    .execute();
  return { store, id };
}
