import { createSignal } from "solid-js";
import { plusDays } from "../../domain/local-time.ts";
import type { MendingAction } from "../../domain/reconciliation/mending.ts";
import type { MendFailureWord } from "../../i18n/mend-texts.ts";
import { mendWords } from "../../i18n/mend-words.ts";
import { permissionWords } from "../../i18n/permission-words.ts";
import type { Office } from "../office.ts";
import { mendClient } from "./mend-client.ts";
import { isWaitingDay, millionthsOfPercent, parametersOf, type TypedParameters } from "./mend-parameters.ts";
import type { MendSubject } from "./mend-subject.ts";

const waitDays = 3;

export type MendFormProps = {
  readonly office: Office;
  readonly subject: MendSubject;
  readonly action: MendingAction;
  readonly needsSecond: boolean;
  readonly done: (how: "done") => void;
  readonly proposed: () => void;
  readonly leave: () => void;
};

/** What is typed for an action, and sending it. */
export function createMendForm({ office, subject, action, done, proposed }: MendFormProps) {
  const words = () => mendWords(office.language());
  const [reason, setReason] = createSignal("");
  const [fault, setFault] = createSignal<string | null>(null);
  const [isSending, setIsSending] = createSignal(false);
  const [typed, setTyped] = createSignal<TypedParameters>({
    until: plusDays(office.today(), waitDays),
    paidFrom: "safe",
    proof: "",
    since: subject.day === "" ? office.today() : subject.day,
    percent: subject.billedRate === null ? "" : String(subject.billedRate / millionthsOfPercent),
    staff: "",
    row: subject.candidates[0]?.number ?? "",
  });
  const failure = (why: string): string =>
    words().nothingDone + (words().failed[why as MendFailureWord] ?? words().failed.other);
  const unanswered = (): string => permissionWords(office.language()).ask.unknown;
  const send = async (): Promise<void> => {
    const parameters = parametersOf(action, typed(), subject.zone);
    if (parameters === null || reason().trim() === "") return void setFault(failure("badParameters"));
    setIsSending(true);
    const answer = await mendClient.propose({ items: [...subject.items], action, reason: reason().trim(), parameters });
    setIsSending(false);
    if (!answer.ok) {
      if (answer.refusal === "signedOut") office.setSession(null);
      // it may have been taken all the same: whoever looks again sees it
      if (answer.refusal === "unreachable" || answer.refusal === "broken") return void setFault(unanswered());
      return void setFault(failure(answer.refusal === "badRequest" ? "changed" : "other"));
    }
    const { value } = answer;
    if (value.kind === "proposed") return proposed();
    const [first] = value.failed;
    if (first === undefined) return done("done");
    const all = subject.items.length;
    if (value.failed.length === all) return void setFault(failure(first.why));
    const why = words().failed[first.why as MendFailureWord] ?? words().failed.other;
    setFault(words().someDone(all - value.failed.length, all) + why);
  };
  return {
    /** Whether all that the action needs is typed, and the day that is waited for is one that may be. */
    isComplete: (): boolean =>
      reason().trim() !== "" &&
      parametersOf(action, typed(), subject.zone) !== null &&
      (action !== "wait" || isWaitingDay(typed().until, office.browser.clock.now(), subject.zone)),
    reason,
    setReason,
    fault,
    isSending,
    typed,
    type: (change: Partial<TypedParameters>): void => void setTyped({ ...typed(), ...change }),
    /** What it is about, without its sign; nothing where no money is. */
    amount: (): string => (subject.amount.amount === 0 ? "" : office.formats().money(subject.amount)),
    send,
  };
}
