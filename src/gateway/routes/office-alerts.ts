import { alertRead, alertRuleChange, alertsFilter, type AlertsFilter } from "../../contract/alerts.ts";
import type { AlertRule } from "../../domain/alert-rule.ts";
import type { ApprovalLine } from "../../contract/approvals.ts";
import { ok, refuse, type Result } from "../../domain/result.ts";
import { alertRulesShown, setAlertRule } from "../alerts/alert-rules.ts";
import { alertsFor, readAlerts } from "../alerts/alerts.ts";
import { renewAlerts } from "../alerts/renew-alerts.ts";
import { entitle, type EntitleRefusal } from "../approvals/entitle.ts";
import { isEverywhere, permitsInOffice, storesFor } from "../office/entitled.ts";
import { namesOf } from "../office/person.ts";
import type { GatewayParts } from "../parts.ts";
import { changeSubject } from "../staff/edit-staff.ts";
import { inTransaction, type Database } from "../store/database.ts";
import { officeOf } from "./access.ts";
import { notEntitled } from "./entitling.ts";
import { problem } from "./problem.ts";
import type { GatewayServer } from "./route.ts";

const sees = { config: { who: { access: "office", act: "seeFigures", store: "found" } } } as const;
/** Whatever one is told one may mark as read; whoever is told nothing marks nothing. */
const own = { config: { who: { access: "office", act: "own" } } } as const;
const edits = { config: { who: { access: "office", act: "editPermissions", store: "found", asks: true } } } as const;

/** What people are told of breaks, each by the rule of their stores; and the rules. */
export function alertRoutes(server: GatewayServer, parts: GatewayParts): void {
  const { database, clock } = parts;
  server.get("/v1/office/alerts", { ...sees, schema: { querystring: alertsFilter } }, async (request) =>
    alertsFor(database, officeOf(request), request.query as AlertsFilter),
  );

  server.post("/v1/office/alerts/reads", { ...own, schema: { body: alertRead } }, async (request) => {
    const pass = officeOf(request);
    await readAlerts(database, pass, request.body.alert, clock.now());
    return alertsFor(database, pass, {});
  });

  server.get("/v1/office/alert-rules", edits, async (request) =>
    alertRulesShown(database, storesFor(officeOf(request), "editPermissions")),
  );
  changeRoute(server, parts);
}

function changeRoute(server: GatewayServer, parts: GatewayParts): void {
  const { database, clock } = parts;
  server.put("/v1/office/alert-rules", { ...edits, schema: { body: alertRuleChange } }, async (request, reply) => {
    const pass = officeOf(request);
    const { approval, store, rule } = request.body;
    if (rule !== null && rule.roles.length === 0 && rule.people.length === 0)
      return problem(reply, "badRequest", "Name a role or a person: somebody must be told.");
    const done = await inTransaction(database, async (step): Promise<Result<null, EntitleRefusal | "otherStore">> => {
      const isHere =
        store === undefined
          ? isEverywhere(pass, "editPermissions")
          : permitsInOffice(pass, store, "editPermissions") !== "refused";
      if (!isHere) return refuse("otherStore");
      const by = await entitle(step, parts, pass, {
        store: store ?? null,
        act: "editPermissions",
        subject: changeSubject("alerts", { store: store ?? null, rule }),
        size: 0,
        amount: null,
        reason: "",
        shown: await shownToApprover(step, rule),
        approval,
      });
      if (!by.ok) return by;
      await setAlertRule(step, parts, { store, rule }, { who: pass.person, secondPerson: by.value.secondPerson });
      await renewAlerts(step, clock.now());
      return ok(null);
    });
    if (done.ok) return alertRulesShown(database, storesFor(pass, "editPermissions"));
    if (done.refusal === "otherStore")
      return problem(reply, "otherStore", "Name a store in which your role may do this (editPermissions).");
    return notEntitled(reply, done.refusal);
  });
}

/** What becomes of the rule, and whom it names beside the roles; the page has words for the rest. */
async function shownToApprover(step: Database, rule: AlertRule | null): Promise<ApprovalLine[]> {
  if (rule === null) return [what, { label: "after", text: "null" }];
  const { people, ...rest } = rule;
  const after: ApprovalLine = { label: "after", text: JSON.stringify(rest) };
  if (people.length === 0) return [what, after];
  const names = await namesOf(step);
  const told = people.map((id) => names.get(id) ?? id).join(", ");
  return [what, after, { label: "who", text: told.slice(0, shownLengthMax) }];
}

const what: ApprovalLine = { label: "what", text: "alerts" };
const shownLengthMax = 200;
