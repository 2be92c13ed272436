import { createEffect, createSignal, on, Show } from "solid-js";
import { plusDays } from "../../domain/local-time.ts";
import { billWords } from "../../i18n/bill-words.ts";
import { booksClient } from "./books-client.ts";
import type { BooksParts } from "./books-parts.ts";
import { AccountOf } from "./AccountOf.tsx";
import { DayChoice } from "./Chooser.tsx";

export type SentFor = { readonly day: string; readonly account: string };

/** Asks the provider for one day's bills now. */
export function AskBill(props: {
  readonly parts: BooksParts;
  readonly sentFor: SentFor | null;
  readonly onAnswer: () => void;
}) {
  const { parts } = props;
  const words = () => billWords(parts.office.language()).ask;
  const [day, setDay] = createSignal("");
  const [chosen, setChosen] = createSignal<string>();
  const [isBusy, setBusy] = createSignal(false);
  const [told, setTold] = createSignal<(() => string) | null>(null);
  const account = (): string => chosen() ?? parts.accounts()[0]?.id ?? "";
  const asked = (): string => (day() === "" ? plusDays(parts.today(), -1) : day());
  createEffect(
    on(
      () => props.sentFor,
      (sent) => {
        if (sent === null) return;
        setDay(sent.day);
        setChosen(sent.account);
      },
    ),
  );
  const ask = async (): Promise<void> => {
    const of = asked();
    // a day that is typed is not held to the field's last one
    if (of > parts.today()) return void setTold(() => () => words().notBegun(of));
    setBusy(true);
    setTold(null);
    const answer = await booksClient.fetchBills(account(), of);
    setBusy(false);
    if (!answer.ok && answer.refusal === "signedOut") return parts.office.setSession(null);
    setTold(() => () => {
      if (answer.ok) return words()[answer.value.outcome](of);
      return answer.refusal === "badRequest" ? words().notBegun(of) : words().silent;
    });
    props.onAnswer();
  };
  return (
    <section class="ask" aria-label={words().title}>
      <h3>{words().title}</h3>
      <p class="soft">{words().text}</p>
      <p class="row">
        <AccountOf parts={parts} value={account()} testId="ask-account" choose={setChosen} />
        <DayChoice title={words().day} value={asked()} max={parts.today()} testId="ask-day" choose={setDay} />
      </p>
      <button class="go" data-testid="ask-go" disabled={isBusy() || account() === ""} onClick={() => void ask()}>
        {isBusy() ? words().busy : words().go}
      </button>
      <Show when={told()}>
        {(sentence) => (
          <p role="status" data-testid="ask-told">
            {sentence()()}
          </p>
        )}
      </Show>
    </section>
  );
}
