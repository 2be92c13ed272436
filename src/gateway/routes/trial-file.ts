import type { TrialBalance, TrialFileQuery } from "../../contract/ledger.ts";
import { ledgerAccount } from "../../i18n/ledger-accounts.ts";
import { ledgerWords } from "../../i18n/ledger-words.ts";
import type { FileCell, FileColumn } from "../reports/files.ts";

/** A trial balance as a file's name, columns and rows with the total at the end, in the words of the language asked for. */
export function trialFileOf(trial: TrialBalance, { language, day, store }: TrialFileQuery) {
  const words = ledgerWords(language);
  const columns: readonly FileColumn[] = [
    { head: words.account, kind: "text" },
    { head: "ID", kind: "text" },
    { head: words.debits, kind: "amount" },
    { head: words.credits, kind: "amount" },
    { head: words.balance, kind: "amount" },
  ];
  const nameOf = (_: string, id: string): string => trial.names.find((thing) => thing.id === id)?.name ?? id;
  async function* rows(): AsyncGenerator<readonly FileCell[]> {
    for (const row of trial.accounts) {
      const { kind, of } = ledgerAccount(row.account, words, nameOf);
      const name = of === "" ? kind : `${kind} ${of}`;
      yield [name, row.account, row.debits.amount, row.credits.amount, row.balance.amount];
    }
    const { debits, credits } = trial;
    const total = words.total(trial.accounts.length);
    yield [total, "", debits.amount, credits.amount, debits.amount - credits.amount];
  }
  const name = ["trial-balance", ...(store === undefined ? [] : [store.replaceAll(/[^\w-]/g, "")]), day ?? "all"].join(
    "_",
  );
  return { name, columns, rows: rows() };
}
