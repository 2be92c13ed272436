import { feeRateBody } from "../../contract/bills.ts";
import type { ApprovalLine } from "../../contract/approvals.ts";
import { ok, refuse, type Result } from "../../domain/result.ts";
import { entitle, type EntitleRefusal } from "../approvals/entitle.ts";
import { feeRateBefore, officeFeeRates, setFeeRate, type FeeRate } from "../office/fee-rates.ts";
import { accountsAsked, accountsWithin } from "../office/reconciliation/scope.ts";
import type { PaymentEngine } from "../payments/engine.ts";
import { changeSubject } from "../staff/edit-staff.ts";
import { inTransaction } from "../store/database.ts";
import { officeOf, ownStores } from "./access.ts";
import { notEntitled } from "./entitling.ts";
import { problem } from "./problem.ts";
import type { GatewayServer } from "./route.ts";

const office = { config: { who: { access: "office", act: "seeFigures", narrows: true } } } as const;
const changes = { config: { who: { access: "office", act: "correctRate", asks: true } } } as const;

/** What accounts are agreed to cost. A rate says which fees are breaks, so that changing one is like mending them (`books.md` 4). */
export function feeRateRoutes(server: GatewayServer, { parts, accounts }: PaymentEngine): void {
  const { database, clock } = parts;
  server.get("/v1/office/fee-rates", office, async (request) => {
    const known = await accountsAsked(database, accounts, undefined);
    const own = await accountsWithin(database, known, ownStores(request), true);
    return officeFeeRates(
      database,
      own.map(({ id }) => id),
    );
  });

  server.put("/v1/office/fee-rates", { ...changes, schema: { body: feeRateBody } }, async (request, reply) => {
    const { approval, account, since, rate, givesBack } = request.body;
    const [known] = await accountsAsked(database, accounts, account);
    if (known === undefined) return problem(reply, "notFound", "There is no such provider account.");
    const pass = officeOf(request);
    const wanted: FeeRate = { account, since, rate, givesBack };
    const done = await inTransaction(database, async (step): Promise<Result<null, EntitleRefusal>> => {
      const before = await feeRateBefore(step, wanted);
      const by = await entitle(step, parts, pass, {
        store: null,
        act: "correctRate",
        subject: changeSubject(account, wanted),
        size: 0,
        amount: null,
        reason: "",
        shown: [
          { label: "what", text: account },
          ...(before === null ? [] : [{ label: "before", text: rateText(before) } satisfies ApprovalLine]),
          { label: "after", text: rateText(wanted) },
        ],
        approval,
      });
      if (!by.ok) return refuse(by.refusal);
      await setFeeRate(step, parts.random, wanted, pass.person, clock.now(), by.value.secondPerson);
      return ok(null);
    });
    return done.ok
      ? officeFeeRates(
          database,
          (await accountsAsked(database, accounts, undefined)).map(({ id }) => id),
        )
      : notEntitled(reply, done.refusal);
  });
}

/** Millionths in a percent. */
const perPercent = 10_000;

/** For the approver: how much, from when on, and in the page's words what becomes of the fee of a refund. */
function rateText({ rate, since, givesBack }: Omit<FeeRate, "account">): string {
  return [`${rate / perPercent}%`, since, givesBack ? "refunds" : "keeps"].join(" · ");
}
