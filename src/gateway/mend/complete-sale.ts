import { sql } from "kysely";
import type { Instant } from "../../domain/clock.ts";
import type { PaymentId, SaleId, StaffId, StoreId } from "../../domain/identifier.ts";
import type { CompletedSale, SaleSnapshot } from "../../domain/journal.ts";
import { money, subtract } from "../../domain/money.ts";
import { ok, refuse, type Result } from "../../domain/result.ts";
import { writeOfficeEntry } from "../journal/office-series.ts";
import type { GatewayKeys } from "../keys/gateway-keys.ts";
import type { Attempt } from "../payments/attempt.ts";
import { lockAttempt } from "../payments/attempt-store.ts";
import type { Database } from "../store/database.ts";
import type { MendRefusal } from "./adopt.ts";
import { backOutside } from "./back-outside.ts";
import { sayMended, type MendBy, type MendItem } from "./mend-item.ts";

/**
 * 补单: completes the sale that a capture was made for, from what was frozen when it was attempted, as an entry of the store's office
 * series. Only where this payment was all of it, and nothing of it was given back or promised: of other parts nobody here knows whether
 * they were paid, and of goods that the money came back for nobody knows which they were.
 */
export async function completeLostSale(
  step: Database,
  keys: Pick<GatewayKeys, "sign" | "publicKey">,
  item: MendItem,
  staff: StaffId | null,
  by: MendBy,
): Promise<Result<null, MendRefusal>> {
  const { row } = item;
  const store = row.store as StoreId;
  const attempt = await lockAttempt(step, store, row.number as PaymentId);
  const { snapshot } = attempt ?? {};
  if (attempt === null || snapshot === null || snapshot === undefined) return refuse("notCompletable");
  if (await isCompleted(step, store, snapshot.id)) return refuse("changed");
  if (await isGivenBack(step, store, attempt.id)) return refuse("notCompletable");
  const body = completedOf(attempt, snapshot, by.at);
  if (body === null || attempt.state.kind !== "captured" || attempt.account === null) return refuse("notCompletable");
  // of a part that was given back there the sale can take its return in afterwards
  if ((await backOutside(step, attempt.account, attempt)) >= (attempt.memo.captured?.order.amount ?? 0))
    return refuse("backOutside");
  await writeOfficeEntry(
    step,
    keys,
    {
      store,
      staff,
      businessDate: attempt.businessDate,
      fact: (receipt) => ({ kind: "saleCompleted", body: { ...body, receipt } }),
    },
    by.at,
  );
  await sayMended(step, item, by);
  return ok(null);
}

async function isCompleted(step: Database, store: StoreId, sale: SaleId): Promise<boolean> {
  const row = await step
    .selectFrom("sale")
    .select("state")
    .where("store", "=", store)
    .where("id", "=", sale)
    .executeTakeFirst();
  return row?.state === "completed";
}

/** Whether a refund of this payment was made or is owed. One that another took the place of counts there. */
async function isGivenBack(step: Database, store: StoreId, attempt: PaymentId): Promise<boolean> {
  const row = await step
    .selectFrom("refund")
    .select("id")
    .where("store", "=", store)
    .where("attempt", "=", attempt)
    .where(sql<boolean>`memo->>'replacedBy' is null`)
    .limit(1)
    .executeTakeFirst();
  return row !== undefined;
}

/** The sale as it would have been completed at the till; null when this payment was not all of it. */
function completedOf(
  { id, channel, memo }: Attempt,
  sale: SaleSnapshot,
  at: Instant,
): Omit<CompletedSale, "receipt"> | null {
  const { captured } = memo;
  if (captured === null || channel === null) return null;
  const tip = money(memo.tip, captured.order.currency);
  const amount = subtract(captured.order, tip);
  if (amount.amount !== sale.total.amount || amount.currency !== sale.total.currency) return null;
  return {
    sale,
    tenders: [
      {
        kind: "payment",
        amount,
        attempt: id,
        channel,
        providerTransactionId: captured.providerTransactionId,
        capturedAt: captured.capturedAt,
        tip,
      },
    ],
    carried: [],
    approvals: [],
    steps: {
      firstLineAt: sale.openedAt,
      lastLineAt: sale.openedAt,
      payAt: captured.capturedAt,
      tenderAt: captured.capturedAt,
      completedAt: at,
      steps: 0,
    },
    drawer: false,
  };
}
