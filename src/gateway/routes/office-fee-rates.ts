import { feeRateBody, matchingWindowBody } from "../../contract/bills.ts";
import type { ApprovalLine } from "../../contract/approvals.ts";
import type { MatchingWindow } from "../../domain/reconciliation/matching-window.ts";
import { ok, refuse, type Result } from "../../domain/result.ts";
import { entitle, type EntitleRefusal } from "../approvals/entitle.ts";
import { feeRateBefore, officeFeeRates, rateText, setFeeRate, type FeeRate } from "../office/fee-rates.ts";
import { setMatchingWindow } from "../office/matching-window.ts";
import { accountsAsked, accountsWithin } from "../office/reconciliation/scope.ts";
import { planJudging, planJudgingOpen } from "../mend/judge-work.ts";
import type { PaymentEngine } from "../payments/engine.ts";
import { matchingWindowOf } from "../reconcile/matching-windows.ts";
import { changeSubject } from "../staff/edit-staff.ts";
import { inTransaction } from "../store/database.ts";
import { officeOf, ownStores } from "./access.ts";
import { notEntitled } from "./entitling.ts";
import { problem } from "./problem.ts";
import type { GatewayServer } from "./route.ts";

const office = { config: { who: { access: "office", act: "seeFigures", narrows: true } } } as const;
const changes = { config: { who: { access: "office", act: "correctRate", asks: true } } } as const;

/**
 * What accounts are agreed to cost, and by how much clocks may differ in matching them. Either says what is a break, so that
 * changing it is like mending (`books.md` 4).
 */
export function feeRateRoutes(server: GatewayServer, engine: PaymentEngine): void {
  const { parts, accounts } = engine;
  const { database } = parts;
  server.get("/v1/office/fee-rates", office, async (request) => {
    const known = await accountsAsked(database, accounts, undefined);
    const own = await accountsWithin(database, known, ownStores(request), true);
    return officeFeeRates(
      database,
      own.map(({ id }) => id),
    );
  });

  rateRoute(server, engine);
  windowRoute(server, engine);
}

type Parts = Pick<PaymentEngine, "parts" | "accounts">;

async function everyAccounts({ parts: { database }, accounts }: Parts) {
  const all = await accountsAsked(database, accounts, undefined);
  return officeFeeRates(
    database,
    all.map(({ id }) => id),
  );
}

function rateRoute(server: GatewayServer, { parts, accounts, wake }: PaymentEngine): void {
  const { database, clock } = parts;
  server.put("/v1/office/fee-rates", { ...changes, schema: { body: feeRateBody } }, async (request, reply) => {
    const { approval, account, since, rate, givesBack } = request.body;
    const [known] = await accountsAsked(database, accounts, account);
    if (known === undefined) return problem(reply, "notFound", noAccount);
    const pass = officeOf(request);
    const wanted: FeeRate = { account, since, rate, givesBack };
    const done = await inTransaction(database, async (step): Promise<Result<null, EntitleRefusal>> => {
      const before = await feeRateBefore(step, wanted);
      const shown: ApprovalLine[] = [
        { label: "what", text: account },
        ...(before === null ? [] : [{ label: "before", text: rateText(before) } satisfies ApprovalLine]),
        { label: "after", text: rateText(wanted) },
      ];
      const by = await entitle(step, parts, pass, { ...change(account, wanted), shown, approval });
      if (!by.ok) return refuse(by.refusal);
      const at = clock.now();
      await setFeeRate(step, parts.random, wanted, pass.person, at, by.value.secondPerson);
      await planJudging(step, account, since, at);
      return ok(null);
    });
    if (!done.ok) return notEntitled(reply, done.refusal);
    wake();
    return everyAccounts({ parts, accounts });
  });
}

function windowRoute(server: GatewayServer, { parts, accounts, wake }: PaymentEngine): void {
  const { database, clock } = parts;
  server.put(
    "/v1/office/matching-windows",
    { ...changes, schema: { body: matchingWindowBody } },
    async (request, reply) => {
      const { approval, account, nearMinutes, pairMinutes } = request.body;
      const [known] = await accountsAsked(database, accounts, account);
      if (known === undefined) return problem(reply, "notFound", noAccount);
      const pass = officeOf(request);
      const wanted: MatchingWindow = { nearMinutes, pairMinutes };
      const done = await inTransaction(database, async (step): Promise<Result<null, EntitleRefusal>> => {
        const shown: ApprovalLine[] = [
          { label: "what", text: windowChange },
          { label: "before", text: windowText(account, await matchingWindowOf(step, account)) },
          { label: "after", text: windowText(account, wanted) },
        ];
        const by = await entitle(step, parts, pass, { ...change(account, wanted), shown, approval });
        if (!by.ok) return refuse(by.refusal);
        const { secondPerson } = by.value;
        const at = clock.now();
        await setMatchingWindow(step, parts.random, account, wanted, { who: pass.person, secondPerson }, at);
        await planJudgingOpen(step, account, at);
        return ok(null);
      });
      if (!done.ok) return notEntitled(reply, done.refusal);
      wake();
      return everyAccounts({ parts, accounts });
    },
  );
}

const noAccount = "There is no such provider account.";

/** Both say what is a break, so that whoever may correct rates changes either. */
function change(account: string, wanted: FeeRate | MatchingWindow) {
  const subject = changeSubject(account, wanted);
  return { store: null, act: "correctRate", subject, size: 0, amount: null, reason: "" } as const;
}

/** What stands for a change of the minutes; the page has words for it and for what is set. */
const windowChange = "window";
function windowText(account: string, { nearMinutes, pairMinutes }: MatchingWindow): string {
  return `${account} ${nearMinutes} ${pairMinutes}`;
}
