import type { Evidence } from "./evidence.ts";
import { checkDisplay } from "./display-checks.ts";
import { checkJournal, checkRestarts } from "./journal-checks.ts";
import { checkLedger, checkMoney, checkReturns, isAlone } from "./money-checks.ts";
import { checkReports } from "./report-checks.ts";
import { countBy, entriesOf, total, unique, type Claim } from "./claims.ts";

/** Exceptions a day of faults may leave for a person; anything else is ours to explain. */
const allowedExceptions = new Set(["saleLeftOpen", "lateCapture"]);

/** Every broken promise the evidence shows, as sentences that begin with the invariant's letter (`house.md`); none is what we want. */
export function brokenPromises(evidence: Evidence): string[] {
  const broken: string[] = [];
  const claim = (fact: boolean, sentence: string): void => {
    if (!fact) broken.push(sentence);
  };
  checkCaptures(evidence, claim);
  checkSales(evidence, claim);
  checkMoney(evidence, claim);
  checkReturns(evidence, claim);
  checkDeadlines(evidence, claim);
  checkJournal(evidence, claim);
  checkLedger(evidence, claim);
  checkReports(evidence, claim);
  checkDisplay(evidence, claim);
  checkRestarts(evidence, claim);
  checkPeople(evidence, claim);
  return broken;
}

/** Invariant a: an attempt is captured at most once, at the provider and in the books. */
function checkCaptures({ provider, gateway }: Evidence, claim: Claim): void {
  for (const { order, paid } of provider.orders) claim(paid <= 1, `a: ${order} was paid ${paid} times`);
  const charged = countBy(provider.charges.map(({ attempt }) => attempt));
  for (const [id, times] of charged) claim(times === 1, `a: ${id} was charged ${times} times`);
  const postings = countBy(
    unique(
      gateway.transfers.filter(({ event }) => event === "captured"),
      ({ posting }) => posting,
    ).map(({ subject }) => subject),
  );
  for (const [id, times] of postings) claim(times === 1, `a: ${id} was posted as captured ${times} times`);
  const paying = gateway.tenders.flatMap(({ attempt, kind }) =>
    attempt === null || kind !== "payment" ? [] : [attempt],
  );
  for (const [id, times] of countBy(paying)) claim(times === 1, `a: ${id} is a tender of ${times} sales`);
}

/** Invariant b, and each sale and each receipt number once, on the tills as in the gateway's books. */
function checkSales({ tills, gateway }: Evidence, claim: Claim): void {
  const completed = gateway.sales.filter(({ state }) => state === "completed");
  for (const sale of completed) {
    const tendered = total(gateway.tenders.filter((tender) => tender.sale === sale.id));
    claim(tendered === sale.total, `b: sale ${sale.id} of ${sale.total} was tendered ${tendered}`);
  }
  for (const row of tills.flatMap(({ sales }) => sales)) {
    const tendered = row.body.tenders.reduce((sum, { amount }) => sum + amount.amount, 0);
    claim(tendered === row.body.sale.total.amount, `b: the till's sale ${row.id} was tendered ${tendered}`);
  }
  for (const [receipt, times] of countBy(completed.map((sale) => sale.receipt ?? "none")))
    claim(times === 1, `b: receipt ${receipt} was given ${times} times`);
  const completions = entriesOf(gateway.entries).flatMap((entry) =>
    entry.kind === "saleCompleted" ? [entry.body.sale.id as string] : [],
  );
  for (const [id, times] of countBy(completions)) claim(times === 1, `b: sale ${id} was completed ${times} times`);
  const own = new Set(tills.flatMap(({ sales }) => sales.map(({ id }) => id as string)));
  const known = new Set(completed.map(({ id }) => id));
  const differs = [...own].filter((id) => !known.has(id)).length + [...known].filter((id) => !own.has(id)).length;
  claim(differs === 0, `b: ${differs} sales are known to the tills alone or to the gateway alone`);
}

/** Invariant d: nothing that can charge leaves the gateway after its deadline. */
function checkDeadlines({ provider, deadlines }: Evidence, claim: Claim): void {
  for (const { attempt, at } of provider.charges) {
    const deadline = deadlines.get(attempt);
    const lateMs = at - (deadline ?? 0);
    claim(deadline !== undefined && lateMs <= 0, `d: ${attempt} was charged ${lateMs} ms after its deadline`);
  }
}

/** Nothing waits for a person that our own work should have settled, and nothing broke on the way. */
function checkPeople({ gateway, tills, unsettled }: Evidence, claim: Claim): void {
  const anyAlone = tills.some(({ sales }) => sales.some(isAlone));
  for (const { kind, subject } of gateway.exceptions)
    claim(
      allowedExceptions.has(kind) || (kind === "refundAboveLeft" && anyAlone),
      `people: a person is asked about ${kind} of ${subject}`,
    );
  for (const line of gateway.trouble) claim(false, `people: the gateway's log: ${line.slice(0, 400)}`);
  for (const what of unsettled) claim(false, `people: ${what}`);
  for (const attempt of tills.flatMap(({ attempts }) => attempts))
    claim(attempt.resolved === 1 || attempt.abandoned === "freed", `people: the till still waits for ${attempt.id}`);
}
