import { createSignal, For, Show } from "solid-js";
import type { OfficeFeeRates } from "../../contract/bills.ts";
import { billWords } from "../../i18n/bill-words.ts";
import { createLive } from "../live.ts";
import { AskSecond, createAsking } from "../people/ask-second.tsx";
import { Empty } from "../states.tsx";
import { booksClient } from "./books-client.ts";
import { booksRefreshMs, type BooksParts } from "./books-parts.ts";
import { AccountOf } from "./AccountOf.tsx";
import { Chooser, DayChoice } from "./Chooser.tsx";
import { LiveFrame } from "./LiveFrame.tsx";
import { MatchingWindow } from "./MatchingWindow.tsx";

/** Parts per million in a percent. */
const millionthsOfPercent = 10_000;
const percentPattern = /^\d{1,2}(?:\.\d{1,4})?$/;
const percentMax = 10;

/** What each account is agreed to cost, by the day from which it holds; and a form for one more. */
export function FeeRates(props: { readonly parts: BooksParts }) {
  const { parts } = props;
  const { office } = parts;
  const words = () => billWords(office.language()).rates;
  const live = createLive<string, OfficeFeeRates>(
    () => "rates",
    () => booksClient.rates(),
    office.browser.clock,
    booksRefreshMs,
  );
  const mayCorrect = (): boolean => office.may("correctRate") && parts.withheldTold() === null;
  return (
    <div class="split bills-page" classList={{ open: mayCorrect() }}>
      <section class="list">
        <LiveFrame office={office} live={live}>
          {(told) => (
            <div class="scroll">
              <Show when={told().rates.length > 0} fallback={<Empty told={parts.withheldTold() ?? words().empty} />}>
                <RatesTable parts={parts} rates={told().rates} />
              </Show>
            </div>
          )}
        </LiveFrame>
      </section>
      <Show when={mayCorrect()}>
        <aside class="panel" aria-label={words().add}>
          <div class="panel-body">
            <AddRate parts={parts} onSaved={() => void live.refresh()} />
            <MatchingWindow parts={parts} windows={live.value()?.windows ?? []} onSaved={() => void live.refresh()} />
          </div>
        </aside>
      </Show>
    </div>
  );
}

function RatesTable(props: { readonly parts: BooksParts; readonly rates: OfficeFeeRates["rates"] }) {
  const { parts } = props;
  const words = () => billWords(parts.office.language());
  return (
    <table class="books-table" data-testid="rates-table">
      <thead>
        <tr>
          <th>{words().account}</th>
          <th>{words().rates.since}</th>
          <th class="r">{words().rates.rate}</th>
          <th>{words().rates.givesBack}</th>
          <th class="wide">{words().rates.setBy}</th>
        </tr>
      </thead>
      <tbody>
        <For each={props.rates}>
          {(rate) => (
            <tr data-testid="rate-row">
              <td>{parts.accountName(rate.account)}</td>
              <td class="num">{rate.since}</td>
              <td class="r num">{(rate.rate / millionthsOfPercent).toFixed(rate.rate % 100 === 0 ? 2 : 4)}</td>
              <td>{rate.givesBack ? words().rates.refunds : words().rates.keeps}</td>
              <td class="wide soft">{rate.setBy}</td>
            </tr>
          )}
        </For>
      </tbody>
      <tfoot>
        <tr>
          <td class="total num">
            <span>{words().rates.total(props.rates.length)}</span>
          </td>
          <td />
          <td />
          <td />
          <td class="wide" />
        </tr>
      </tfoot>
    </table>
  );
}

/** What is being typed of a new rate, and what came of saving it. */
function createRateForm(parts: BooksParts, onSaved: () => void) {
  const { office } = parts;
  const words = () => billWords(office.language()).rates;
  const [chosen, setChosen] = createSignal<string>();
  const [since, setSince] = createSignal("");
  const [percent, setPercent] = createSignal("");
  const [givesBack, setGivesBack] = createSignal(true);
  const [told, setTold] = createSignal<{ readonly isFault: boolean; readonly text: () => string } | null>(null);
  const account = (): string => chosen() ?? parts.accounts()[0]?.id ?? "";
  const day = (): string => (since() === "" ? parts.today() : since());
  let agreed: Parameters<typeof booksClient.setRate>[0] | null = null;
  const asking = createAsking<OfficeFeeRates>(
    (approval) => booksClient.setRate(agreed ?? typed(), approval),
    () => {
      const { account: of, since: from } = agreed ?? typed();
      setPercent("");
      setTold({ isFault: false, text: () => words().saved(parts.accountName(of), from) });
      onSaved();
    },
    (why) => {
      if (why === "signedOut") office.setSession(null);
      setTold({ isFault: true, text: () => office.words().trouble.unreachable.title });
    },
  );
  const typed = () => ({
    account: account(),
    since: day(),
    givesBack: givesBack(),
    rate: Math.round(Number(percent().trim()) * millionthsOfPercent),
  });
  const save = (): void => {
    const text = percent().trim();
    if (!percentPattern.test(text) || Number(text) > percentMax)
      return void setTold({ isFault: true, text: () => words().wrong });
    setTold(null);
    agreed = typed();
    void asking.run();
  };
  return { account, setChosen, day, setSince, percent, setPercent, givesBack, setGivesBack, told, asking, save };
}

/** A new rate; where another person has to agree it waits for that in place. */
function AddRate(props: { readonly parts: BooksParts; readonly onSaved: () => void }) {
  const { parts } = props;
  const form = createRateForm(parts, () => props.onSaved());
  return (
    <Show when={form.asking.proposed()} fallback={<RateForm parts={parts} form={form} />}>
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

function RateForm(props: { readonly parts: BooksParts; readonly form: ReturnType<typeof createRateForm> }) {
  const { parts, form } = props;
  const words = () => billWords(parts.office.language());
  return (
    <form
      class="add-rate"
      onSubmit={(event) => {
        event.preventDefault();
        form.save();
      }}
    >
      <h3>{words().rates.add}</h3>
      <p class="soft">{words().rates.note}</p>
      <AccountOf parts={parts} value={form.account()} testId="rate-account" choose={form.setChosen} />
      <DayChoice title={words().rates.since} value={form.day()} testId="rate-since" choose={form.setSince} />
      <label class="pick">
        <span>{words().rates.rate}</span>
        <input
          class="num"
          type="text"
          inputMode="decimal"
          maxLength={8}
          autocomplete="off"
          placeholder="0.6"
          data-testid="rate-percent"
          value={form.percent()}
          onInput={(event) => form.setPercent(event.currentTarget.value)}
        />
      </label>
      <Chooser
        title={words().rates.givesBack}
        all={null}
        value={form.givesBack() ? "refunds" : "keeps"}
        choices={[
          { value: "refunds", name: words().rates.refunds },
          { value: "keeps", name: words().rates.keeps },
        ]}
        testId="rate-back"
        choose={(value) => form.setGivesBack(value !== "keeps")}
      />
      <button class="go" type="submit" data-testid="rate-save" disabled={form.account() === ""}>
        {words().rates.save}
      </button>
      <Show when={form.told()}>
        {(of) => (
          <p role="status" classList={{ fault: of().isFault }} data-testid="rate-told">
            {of().text()}
          </p>
        )}
      </Show>
    </form>
  );
}
