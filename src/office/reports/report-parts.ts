import type { ReportChoices } from "../../contract/reports.ts";
import type { Office } from "../office.ts";
import type { ReportState } from "./report-state.ts";

/** What every part of the reports' view is given. */
export type ReportParts = {
  readonly office: Office;
  readonly state: ReportState;
  readonly choices: () => ReportChoices | null;
};
