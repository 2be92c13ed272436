import { createSignal } from "solid-js";
import type { StatementAnswer, unreadWhys } from "../../contract/statements.ts";
import type { BankColumns } from "../../domain/settlement/bank-columns.ts";
import type { Office } from "../office.ts";
import { settlementClient, type Taking } from "./settlement-client.ts";

/** As the gateway's own limit on a statement. */
export const statementMebibytesMax = 16;

export type UnreadWhy = "tooLarge" | "failed" | (typeof unreadWhys)[number];

/** Where a statement stands that a person hands in. */
export type StatementStand =
  | { readonly kind: "none" }
  | { readonly kind: "reading"; readonly file: File }
  | { readonly kind: "failed"; readonly why: UnreadWhy; readonly file: File | null }
  | {
      readonly kind: "shown";
      readonly file: File;
      readonly answer: StatementAnswer;
      /** Columns that are chosen and not answered yet. */
      readonly draft: BankColumns | null;
    };

/** Whether the columns that are needed are chosen. */
export function isWhole({ day, moneyIn }: BankColumns): boolean {
  return day !== "" && moneyIn !== "";
}

export type StatementState = ReturnType<typeof createStatement>;

/** Reads a statement, shows it, and takes it in when a person says so. */
export function createStatement(office: Office, bank: () => string | null, onTaken: () => void) {
  const [stand, setStand] = createSignal<StatementStand>({ kind: "none" });
  let turn = 0;
  let isTaking = false;
  const send = async (file: File, columns: BankColumns | null, take: Taking | null): Promise<void> => {
    const into = bank();
    if (into === null) return;
    if (file.size > statementMebibytesMax * 1024 ** 2)
      return void setStand({ kind: "failed", why: "tooLarge", file: null });
    turn += 1;
    const mine = turn;
    if (stand().kind !== "shown") setStand({ kind: "reading", file });
    const answer = await settlementClient.statement(file, into, columns, take);
    // a later choice was made meanwhile: its answer is the one that counts
    if (mine !== turn) return;
    if (answer.ok) {
      const { why } = answer.value;
      if (why !== null) return void setStand({ kind: "failed", why, file });
      setStand({ kind: "shown", file, answer: answer.value, draft: null });
      if (answer.value.kind === "taken") onTaken();
      return;
    }
    if (answer.refusal === "signedOut") office.setSession(null);
    setStand({ kind: "failed", why: typeof answer.refusal === "object" ? "unreadable" : "failed", file });
  };
  return {
    stand,
    read: (file: File) => send(file, null, null),
    async readBy(file: File, columns: BankColumns): Promise<void> {
      const now = stand();
      // the next choice builds on this one, also before its answer is here
      if (now.kind === "shown") setStand({ ...now, draft: columns });
      if (isWhole(columns)) await send(file, columns, null);
    },
    /** Once: pressed twice, the second would only tell that its lines are known. */
    async take(file: File, columns: BankColumns, taking: Taking): Promise<void> {
      if (isTaking) return;
      isTaking = true;
      await send(file, columns, taking);
      isTaking = false;
    },
    clear(): void {
      turn += 1;
      setStand({ kind: "none" });
    },
  };
}
