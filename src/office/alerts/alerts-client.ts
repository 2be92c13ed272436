import {
  alertRules,
  officeAlerts,
  type AlertRow,
  type AlertRules,
  type AlertsFilter,
  type OfficeAlerts,
} from "../../contract/alerts.ts";
import type { AlertRule } from "../../domain/alert-rule.ts";
import { call, type Answer } from "../office-client.ts";
import { orProposed, withApproval, type OrProposed } from "../people/people-client.ts";

/** The office's way to what one is told of breaks, and to the rule that says so. */
export const alertsClient = {
  alerts: (filter: AlertsFilter): Answer<OfficeAlerts> => {
    const given = Object.entries(filter).filter((pair): pair is [string, string] => pair[1] !== undefined);
    return call("GET", `alerts?${new URLSearchParams(given)}`, officeAlerts);
  },
  read: ({ store: of, id }: Pick<AlertRow, "store" | "id">): Answer<OfficeAlerts> =>
    call("POST", "alerts/reads", officeAlerts, { v: 1, alert: { of, id } }),
  readAll: (): Answer<OfficeAlerts> => call("POST", "alerts/reads", officeAlerts, { v: 1 }),

  rules: (): Answer<AlertRules> => call("GET", "alert-rules", alertRules),
  /** `store` empty: the chain's. */
  setRule: (store: string, rule: AlertRule | null, approval?: string): Answer<OrProposed<AlertRules>> =>
    call("PUT", "alert-rules", orProposed(alertRules), {
      ...withApproval(approval),
      ...(store === "" ? {} : { store }),
      rule,
    }),
};
