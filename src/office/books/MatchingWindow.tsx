import { createSignal, Show } from "solid-js";
import type { OfficeFeeRates } from "../../contract/bills.ts";
import { windowMinutesMax } from "../../domain/reconciliation/matching-window.ts";
import { billWords } from "../../i18n/bill-words.ts";
import { AskSecond, createAsking } from "../people/ask-second.tsx";
import { AccountOf } from "./AccountOf.tsx";
import { booksClient } from "./books-client.ts";
import type { BooksParts } from "./books-parts.ts";

type Window = OfficeFeeRates["windows"][number];
const minutesPattern = /^\d{1,3}$/;

/** What is being typed of an account's minutes, over what holds now, and what came of saving it. */
function createWindowForm(parts: BooksParts, windows: () => readonly Window[], onSaved: () => void) {
  const { office } = parts;
  const words = () => billWords(office.language()).window;
  const [chosen, setChosen] = createSignal<string>();
  const [near, setNear] = createSignal<string | null>(null);
  const [pair, setPair] = createSignal<string | null>(null);
  const [told, setTold] = createSignal<{ readonly isFault: boolean; readonly text: () => string } | null>(null);
  const account = (): string => chosen() ?? parts.accounts()[0]?.id ?? "";
  const present = () => windows().find((each) => each.account === account());
  const shown = {
    near: () => near() ?? String(present()?.nearMinutes ?? ""),
    pair: () => pair() ?? String(present()?.pairMinutes ?? ""),
  };
  const choose = (id: string | undefined): void => {
    setChosen(id);
    setNear(null);
    setPair(null);
    setTold(null);
  };
  let asked: Window | null = null;
  const typed = (): Window => ({
    account: account(),
    nearMinutes: Number(shown.near().trim()),
    pairMinutes: Number(shown.pair().trim()),
  });
  const asking = createAsking<OfficeFeeRates>(
    (approval) => booksClient.setWindow(asked ?? typed(), approval),
    () => {
      const { account: of } = asked ?? typed();
      choose(chosen());
      setTold({ isFault: false, text: () => words().saved(parts.accountName(of)) });
      onSaved();
    },
    (why) => {
      if (why === "signedOut") office.setSession(null);
      setTold({ isFault: true, text: () => office.words().trouble.unreachable.title });
    },
  );
  const save = (): void => {
    const areMinutes = [shown.near(), shown.pair()].every(
      (text) => minutesPattern.test(text.trim()) && Number(text) <= windowMinutesMax,
    );
    if (!areMinutes) return void setTold({ isFault: true, text: () => words().wrong(windowMinutesMax) });
    setTold(null);
    asked = typed();
    void asking.run();
  };
  return { account, choose, shown, setNear, setPair, told, asking, save };
}

/** By how many minutes clocks may differ in matching an account; where another person has to agree it waits for that in place. */
export function MatchingWindow(props: {
  readonly parts: BooksParts;
  readonly windows: readonly Window[];
  readonly onSaved: () => void;
}) {
  const { parts } = props;
  const form = createWindowForm(
    parts,
    () => props.windows,
    () => props.onSaved(),
  );
  return (
    <Show when={form.asking.proposed()} fallback={<WindowForm parts={parts} form={form} />}>
      {(id) => (
        <AskSecond
          office={parts.office}
          id={id()}
          done={(approval) => void form.asking.run(approval)}
          leave={form.asking.leave}
        />
      )}
    </Show>
  );
}

function WindowForm(props: { readonly parts: BooksParts; readonly form: ReturnType<typeof createWindowForm> }) {
  const { parts, form } = props;
  const words = () => billWords(parts.office.language()).window;
  return (
    <form
      class="add-rate"
      onSubmit={(event) => {
        event.preventDefault();
        form.save();
      }}
    >
      <h3>{words().title}</h3>
      <p class="soft">{words().note}</p>
      <AccountOf parts={parts} value={form.account()} testId="window-account" choose={form.choose} />
      <Minutes title={words().near} value={form.shown.near()} testId="window-near" type={form.setNear} />
      <Minutes title={words().pair} value={form.shown.pair()} testId="window-pair" type={form.setPair} />
      <button class="go" type="submit" data-testid="window-save" disabled={form.account() === ""}>
        {words().save}
      </button>
      <Show when={form.told()}>
        {(of) => (
          <p role="status" classList={{ fault: of().isFault }} data-testid="window-told">
            {of().text()}
          </p>
        )}
      </Show>
    </form>
  );
}

function Minutes(props: {
  readonly title: string;
  readonly value: string;
  readonly testId: string;
  readonly type: (text: string) => void;
}) {
  return (
    <label class="pick">
      <span>{props.title}</span>
      <input
        class="num"
        type="text"
        inputMode="numeric"
        maxLength={3}
        autocomplete="off"
        data-testid={props.testId}
        value={props.value}
        onInput={(event) => props.type(event.currentTarget.value)}
      />
    </label>
  );
}
