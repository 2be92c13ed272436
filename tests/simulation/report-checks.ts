import { entriesOf, type Claim } from "./claims.ts";
import type { Evidence, TillEvidence } from "./evidence.ts";

/** Every sale stands in one Z and no more: all of a till's Zs together are all that was completed until the last of them. */
export function checkReports({ tills }: Evidence, claim: Claim): void {
  for (const till of tills) checkZs(till, claim);
}

function checkZs(till: TillEvidence, claim: Claim): void {
  const inZs = { sales: 0, net: 0 };
  const completed = { sales: 0, net: 0 };
  let atLastZ = { ...completed };
  for (const entry of entriesOf(till.entries)) {
    if (entry.kind === "saleCompleted") {
      completed.sales += 1;
      completed.net += entry.body.sale.total.amount;
    }
    if (entry.kind !== "sessionClosed" || entry.body.shift === null) continue;
    inZs.sales += entry.body.shift.sales;
    inZs.net += entry.body.shift.net.amount;
    atLastZ = { ...completed };
  }
  const told = `the Zs of ${till.id} count ${inZs.sales} sales of ${inZs.net}`;
  claim(
    inZs.sales === atLastZ.sales && inZs.net === atLastZ.net,
    `f: ${told}, completed were ${atLastZ.sales} of ${atLastZ.net}`,
  );
}
