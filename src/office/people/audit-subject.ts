import type { AuditAct, AuditRow } from "../../contract/audit.ts";
import { ledgerAccount } from "../../i18n/ledger-accounts.ts";
import { ledgerWords } from "../../i18n/ledger-words.ts";
import type { PermissionTexts } from "../../i18n/permission-texts.ts";
import type { Office } from "../office.ts";
import { isOldBank } from "./change-text.ts";

const isOfPeriod: ReadonlySet<string> = new Set(["dayClosed", "monthLocked"]);
/** What these are about has no name; their content says more than its id. */
const isNameless: ReadonlySet<string> = new Set([
  "cashDeposited",
  "depositTakenBack",
  "mended",
  "mendingUndone",
  "safeCounted",
  "productsTaken",
  "auditExported",
  "alertRuleChanged",
]);
/** An approval is about what was asked for: it says so in its content, and names only who or what it is about. */
const isOfApproval: ReadonlySet<string> = new Set(["approvalGiven", "approvalRefused", "tillApproved", "doneAlone"]);

/** The act that an entry tells of: bank accounts and their statements were once written as bills. */
export function actTold({ act, subject }: Pick<AuditRow, "act" | "subject">): AuditAct | string {
  if (isOldBank(act, subject)) return "bankKept" satisfies AuditAct;
  return isOldStatement(act, subject) ? ("statementHandedIn" satisfies AuditAct) : act;
}

/** Who or what an entry is about. `cashier/discount` is a role and an act; an id with a digest is the id's; a bill begins with its account's. */
export function subjectText(
  office: Office,
  { act, subject, subjectName }: Pick<AuditRow, "act" | "subject" | "subjectName">,
  words: PermissionTexts,
  nameOf: (id: string) => string,
): string {
  if (act === "accountMapped") {
    const { kind, of } = ledgerAccount(subject, ledgerWords(office.language()), (_, rest) => nameOf(rest));
    return of === "" ? kind : `${kind} ${of}`;
  }
  const [first = "", second = ""] = subject.split(/[/#]/, 2);
  if (isOldBank(act, subject) || isOldStatement(act, subject)) return nameOf(second);
  if (isOfPeriod.has(act)) return second === "" ? first : second;
  if (isNameless.has(act) || first === "new") return "";
  const roles: Readonly<Record<string, string>> = words.role;
  const acts: Readonly<Record<string, string>> = words.act;
  if (act === "permissionChanged" || (roles[first] !== undefined && acts[second] !== undefined))
    return `${roles[first] ?? first} · ${acts[second] ?? second}`;
  const name = subjectName ?? nameOf(first);
  return isOfApproval.has(act) && name === first ? "" : name;
}

function isOldStatement(act: string, subject: string): boolean {
  return act === "billHandedIn" && subject.startsWith("statement/");
}
