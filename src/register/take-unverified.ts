import { money } from "../domain/money.ts";
import type { PaymentChannel } from "../domain/tender.ts";
import { countStep, due, tell, type Core } from "./core.ts";
import { permitted } from "./permit.ts";
import { addTender } from "./take-cash.ts";

const tailForm = /^[0-9A-Za-z]{0,12}$/;

/**
 * Records a payment to the shop's static code that nobody could ask about (`books.md` 3): only while the gateway is out of
 * reach, only where the shop allows it, within its caps; marked on paper and in the books until the bill proves it.
 *
 * @param tail the last digits of the number on the payer's screen, as read
 */
export async function takeUnverified(core: Core, channel: PaymentChannel, tail: string): Promise<void> {
  const { sale, settings, connection, session } = core.state.get();
  const balance = due(core);
  const caps = settings?.rules?.unverified ?? null;
  if (sale?.state !== "tendering" || balance === null || balance.amount <= 0 || session === null) return;
  if (caps === null || !tailForm.test(tail)) return tell(core, { kind: "refused", why: "notPermitted" });
  if (connection.online) return tell(core, { kind: "refused", why: "askInstead" });
  const sofar = await takenToday(core);
  if (balance.amount > caps.each || sofar + balance.amount > caps.day)
    return tell(core, { kind: "refused", why: "unverifiedCap" });
  await permitted(
    core,
    { act: "unverifiedTender", size: balance.amount, amount: balance, subject: sale.id },
    async () => {
      countStep(core);
      await addTender(core, {
        kind: "unverified",
        amount: money(balance.amount, balance.currency),
        channel,
        at: core.ports.clock.now(),
        tail,
      });
    },
  );
}

/** Unverified tenders of this till's business date, in minor units. */
async function takenToday(core: Core): Promise<number> {
  const { session } = core.state.get();
  const read = await core.ports.ledger.run((database) =>
    database.sale.filter((row) => row.businessDate === session?.businessDate).toArray(),
  );
  if (!read.ok) return Number.MAX_SAFE_INTEGER;
  const tenders = read.value.flatMap((row) => row.body.tenders);
  return tenders.reduce((all, tender) => (tender.kind === "unverified" ? all + tender.amount.amount : all), 0);
}
