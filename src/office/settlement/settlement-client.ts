import {
  bankLines,
  keptBanks,
  officeSettlement,
  type BankAccount,
  type BankLines,
  type OfficeSettlement,
} from "../../contract/settlement.ts";
import { bankStatements, statementAnswer, statementGone, type BankStatements } from "../../contract/statements.ts";
import type { BankColumns } from "../../domain/settlement/bank-columns.ts";
import { call, sendFile, type Answer } from "../office-client.ts";
import { orProposed, withApproval, type OrProposed } from "../people/people-client.ts";

/** The office's way to balances, payouts and bank statements. */
export const settlementClient = {
  overview: (days: number): Answer<OfficeSettlement> => call("GET", `settlement?days=${days}`, officeSettlement),
  lines: (bank: string, from: string, to: string): Answer<BankLines> =>
    call("GET", `banks/lines?${new URLSearchParams({ bank, from, to })}`, bankLines),
  keepBank: (id: string, bank: { store: string; name: string }): Answer<{ banks: BankAccount[] }> =>
    call("PUT", `banks/${encodeURIComponent(id)}`, keptBanks, { v: 1, ...bank }),
  statements: (bank: string): Answer<BankStatements> =>
    call("GET", `banks/statements?${new URLSearchParams({ bank })}`, bankStatements),
  takeBack: (
    back: { readonly store: string; readonly bank: string; readonly statement: string; readonly reason: string },
    approval?: string,
  ): Answer<OrProposed<{ id: string }>> =>
    call("POST", "banks/statements/take-backs", orProposed(statementGone), { ...withApproval(approval), ...back }),
  /** Shows how the file reads, by its bank's usual columns or by these; with `take` its lines are taken. */
  statement: (file: File, bank: string, columns: BankColumns | null, take: Taking | null) =>
    sendFile(
      `banks/statement?${new URLSearchParams({
        bank,
        name: file.name.slice(0, nameLengthMax),
        ...(columns === null ? {} : { columns: JSON.stringify(columns) }),
        ...(take === null ? { preview: "yes" } : take.despiteBalance ? { despiteBalance: "yes" } : {}),
      })}`,
      file,
      statementAnswer,
    ),
};

/** `despiteBalance`: somebody has said that it is right although the balance does not run on. */
export type Taking = { readonly despiteBalance: boolean };

const nameLengthMax = 128;
