import { alertRule, type AlertRuleChange, type AlertRules } from "../../contract/alerts.ts";
import { usualAlertRule, type AlertRule } from "../../domain/alert-rule.ts";
import type { StoreId } from "../../domain/identifier.ts";
import { identityOf } from "../approvals/entitled-people.ts";
import { audit, wholeChain } from "../audit/audit.ts";
import { permitsInOffice } from "../office/entitled.ts";
import { officePerson } from "../office/person.ts";
import type { GatewayParts } from "../parts.ts";
import { json, type Database } from "../store/database.ts";

/** The rule in force in each of these stores: its own, else the chain's, else the house's. */
export async function alertRulesIn(step: Database, stores: readonly string[]): Promise<ReadonlyMap<string, AlertRule>> {
  const own = await ownRules(step);
  const above = own.get(wholeChain) ?? usualAlertRule;
  return new Map(stores.map((store) => [store, own.get(store) ?? above]));
}

/** What the chain and these stores decided by themselves, and who of the office could be named: whoever may see what it is about. */
export async function alertRulesShown(step: Database, stores: readonly StoreId[]): Promise<AlertRules> {
  const own = await ownRules(step);
  return {
    chain: plain(own.get(wholeChain)),
    stores: stores.map((store) => ({ store, own: plain(own.get(store)) })),
    people: await peopleWhoMayBeTold(step, stores),
  };
}

/** Sets a store's rule or the chain's, or takes it back. */
export async function setAlertRule(
  step: Database,
  { clock, random }: Pick<GatewayParts, "clock" | "random">,
  { store, rule }: Pick<AlertRuleChange, "store" | "rule">,
  by: { readonly who: string; readonly secondPerson: string | null },
): Promise<void> {
  const key = store ?? wholeChain;
  const at = clock.now();
  const before = (await ownRules(step)).get(key) ?? null;
  await step.deleteFrom("alert_rule").where("store", "=", key).execute();
  if (rule !== null)
    await step
      .insertInto("alert_rule")
      .values({ store: key, rule: json(rule), set_by: by.who, set_at: at })
      .execute();
  await audit(step, random, {
    store: store ?? null,
    who: by.who,
    act: "alertRuleChanged",
    subject: key,
    before,
    after: rule,
    secondPerson: by.secondPerson,
    at,
  });
}

async function ownRules(step: Database): Promise<ReadonlyMap<string, AlertRule>> {
  const rows = await step.selectFrom("alert_rule").select(["store", "rule"]).execute();
  return new Map(
    rows.flatMap(({ store, rule }) => {
      const parsed = alertRule.safeParse(rule);
      return parsed.success ? [[store, parsed.data] as const] : [];
    }),
  );
}

function plain(rule: AlertRule | undefined): AlertRules["chain"] {
  return rule === undefined ? null : { ...rule, roles: [...rule.roles], people: [...rule.people] };
}

async function peopleWhoMayBeTold(step: Database, stores: readonly StoreId[]): Promise<AlertRules["people"]> {
  const rows = await step.selectFrom("office_person").select("id").where("removed_at", "is", null).execute();
  const people: AlertRules["people"] = [];
  for (const { id } of rows) {
    const person = await officePerson(step, id);
    if (person === null) continue;
    if (stores.some((store) => permitsInOffice(person, store, "seeFigures") === "allowed"))
      people.push({ id: identityOf(person), name: person.name });
  }
  return people;
}
