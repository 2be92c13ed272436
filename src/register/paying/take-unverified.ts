import type { SaleId } from "../../domain/identifier.ts";
import { unverifiedTailMin, type PaymentChannel, type Tender } from "../../domain/tender.ts";
import { balanceOf } from "../../domain/sale.ts";
import { countStep, tell, type Core } from "../core.ts";
import { partOf } from "./part-asked.ts";
import { permitted } from "../people/permit.ts";
import { isStillHeld } from "../returning/settle-return.ts";
import { addTender } from "./take-cash.ts";

/** The end of the number on the payer's screen: without it nobody finds the payment in the bill. */
const tailForm = new RegExp(`^[0-9A-Za-z]{${unverifiedTailMin},12}$`);

/**
 * Records a payment to the shop's static code that nobody could ask about (`books.md` 3): only while the gateway is out of
 * reach, only where the shop allows it, within its caps, for all that is due or the part that was chosen; marked on paper and in the books until the bill proves it.
 *
 * @param tail the last digits of the number on the payer's screen, as read
 */
export async function takeUnverified(core: Core, channel: PaymentChannel, tail: string): Promise<void> {
  if (!(await isStillHeld(core))) return;
  const { sale, settings, connection, session } = core.state.get();
  const caps = settings?.rules?.unverified ?? null;
  if (sale?.state !== "tendering" || session === null) return;
  const asked = partOf(core.state.get().part, sale) ?? balanceOf(sale);
  if (asked.amount <= 0) return;
  if (caps === null) return tell(core, { kind: "refused", why: "notPermitted" });
  if (!tailForm.test(tail)) return tell(core, { kind: "refused", why: "tailNeeded" });
  if (connection.online) return tell(core, { kind: "refused", why: "askInstead" });
  const [ofSale, before] = [unverifiedOf(sale.tenders), await takenToday(core, sale.id)];
  if (ofSale + asked.amount > caps.each || before + ofSale + asked.amount > caps.day)
    return tell(core, { kind: "refused", why: "unverifiedCap" });
  await permitted(core, { act: "unverifiedTender", size: asked.amount, amount: asked, subject: sale.id }, async () => {
    countStep(core);
    await addTender(core, {
      kind: "unverified",
      amount: asked,
      channel,
      at: core.ports.clock.now(),
      tail,
    });
  });
}

/** Unverified tenders of this till's business date but those of `sale`, in minor units: of what is complete, and of what waits. */
async function takenToday(core: Core, sale: SaleId): Promise<number> {
  const { session } = core.state.get();
  const read = await core.ports.ledger.run(async (database) => {
    const sales = await database.sale.filter((row) => row.businessDate === session?.businessDate).toArray();
    const tickets = await database.ticket.filter((row) => row.id !== sale).toArray();
    return [...sales.map((row) => row.body.tenders), ...tickets.map((row) => row.sale.tenders)];
  });
  if (!read.ok) return Number.MAX_SAFE_INTEGER;
  return read.value.reduce((all, tenders) => all + unverifiedOf(tenders), 0);
}

function unverifiedOf(tenders: readonly Tender[]): number {
  return tenders.reduce((all, tender) => (tender.kind === "unverified" ? all + tender.amount.amount : all), 0);
}
