import { createSignal } from "solid-js";
import type { ItemResult, ReconciliationItemOpened } from "../../contract/reconciliation.ts";
import { plusDays } from "../../domain/local-time.ts";
import { money, type Money } from "../../domain/money.ts";
import type { MendingAction } from "../../domain/reconciliation/mending.ts";
import type { BreakClass } from "../../domain/reconciliation/verdict.ts";
import type { MendFailureWord } from "../../i18n/mend-texts.ts";
import { mendWords } from "../../i18n/mend-words.ts";
import type { Office } from "../office.ts";
import { mendClient } from "./mend-client.ts";
import { parametersOf, type TypedParameters } from "./mend-parameters.ts";

const waitDays = 3;

export type MendFormProps = {
  readonly office: Office;
  readonly opened: ReconciliationItemOpened;
  readonly action: MendingAction;
  readonly needsSecond: boolean;
  readonly done: (how: "done") => void;
  readonly proposed: () => void;
  readonly leave: () => void;
};

/** What is typed for an action, and sending it. */
export function createMendForm({ office, opened, action, done, proposed }: MendFormProps) {
  const words = () => mendWords(office.language());
  const [reason, setReason] = createSignal("");
  const [fault, setFault] = createSignal<string | null>(null);
  const [isSending, setIsSending] = createSignal(false);
  const [typed, setTyped] = createSignal<TypedParameters>({
    until: plusDays(office.today(), waitDays),
    paidFrom: "safe",
    proof: "",
    since: opened.item.day === "" ? office.today() : opened.item.day,
    percent: "",
    staff: "",
    row: opened.candidates[0]?.number ?? "",
  });
  const failure = (why: string): string => words().failed[why as MendFailureWord] ?? words().failed.other;
  const send = async (): Promise<void> => {
    const parameters = parametersOf(action, typed(), office.zoneOf(opened.item.store));
    if (parameters === null || reason().trim() === "") return void setFault(words().failed.badParameters);
    setIsSending(true);
    const items = [{ store: opened.item.store as string, id: opened.item.id }];
    const answer = await mendClient.propose({ items, action, reason: reason().trim(), parameters });
    setIsSending(false);
    if (!answer.ok) {
      if (answer.refusal === "signedOut") office.setSession(null);
      return void setFault(words().failed.changed);
    }
    const { value } = answer;
    if (value.kind === "proposed") return proposed();
    const [first] = value.failed;
    if (first !== undefined) return void setFault(words().nothingDone + failure(first.why));
    done("done");
  };
  return {
    reason,
    setReason,
    fault,
    isSending,
    typed,
    type: (change: Partial<TypedParameters>): void => void setTyped({ ...typed(), ...change }),
    /** What it is about, without its sign; nothing where no money is. */
    amount: (): string => {
      const of = breakIn(opened.item.result);
      if (of === null || of.amount.amount === 0) return "";
      return office.formats().money(money(Math.abs(of.amount.amount), of.amount.currency));
    },
    send,
  };
}

/** The break that an item is, also while a person lets it wait; null when it is none. */
export function breakIn(result: ItemResult): { readonly class: BreakClass; readonly amount: Money } | null {
  if (result.kind === "break") return result;
  return result.kind === "waiting" ? result.letWait : null;
}
