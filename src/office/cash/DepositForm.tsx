import { createSignal, For, Show } from "solid-js";
import { slipLengthMax, type OfficeCash } from "../../contract/cash.ts";
import { compare } from "../../domain/money.ts";
import { cashWords } from "../../i18n/cash-words.ts";
import { settlementWords } from "../../i18n/settlement-words.ts";
import type { Office } from "../office.ts";
import { PanelHead } from "../PanelHead.tsx";
import { AskSecond, createAsking } from "../people/ask-second.tsx";
import { cashClient } from "./cash-client.ts";
import { createCounting, NoteEntry } from "./NoteEntry.tsx";

type Props = { readonly office: Office; readonly cash: OfficeCash; readonly onChanged: () => void };

/** 存款单: how much goes to which account, under which number, and who carries it. */
export function DepositForm(props: Props) {
  const { office } = props;
  const words = () => cashWords(office.language());
  const form = createForm(props);
  return (
    <aside class="panel" aria-label={words().make.title} data-testid="cash-deposit-form">
      <PanelHead office={office} title={words().make.title} close={() => office.close()} />
      <div class="panel-body">
        <p class="soft">{words().make.text}</p>
        <Show when={props.cash.banks.length > 0} fallback={<NoBank office={office} />}>
          <Show when={form.asking.proposed()} fallback={<Fields {...props} form={form} />}>
            {(id) => (
              <AskSecond
                office={office}
                id={id()}
                done={(approval) => void form.asking.run(approval)}
                leave={form.asking.leave}
              />
            )}
          </Show>
        </Show>
      </div>
    </aside>
  );
}

/** Nothing to take it to yet: an account is added where payouts are matched. */
function NoBank(props: { readonly office: Office }) {
  const { office } = props;
  return (
    <div class="cash-form" data-testid="cash-no-bank">
      <p>{cashWords(office.language()).make.noBank}</p>
      <Show when={office.may("handInBill")}>
        <button class="go" data-testid="cash-add-bank" onClick={() => office.open("settlement")}>
          {settlementWords(office.language()).addBank}
        </button>
      </Show>
    </div>
  );
}

type Fault = "failed" | "slipTaken" | "moreThanSafe";
const faults: { readonly [why: string]: Fault | undefined } = { taken: "slipTaken", nothingLeft: "moreThanSafe" };

function createForm(props: Props) {
  const { office } = props;
  const counting = createCounting(() => props.cash.currency);
  const [bank, setBank] = createSignal<string | null>(null);
  const [slip, setSlip] = createSignal("");
  const [takenBy, setTakenBy] = createSignal<string | null>(null);
  const [fault, setFault] = createSignal<Fault | null>(null);
  const [wasThere, setWasThere] = createSignal(false);
  /** What the gateway refused as too much: whoever is not told the balance hears of it so. */
  const [tooMuch, setTooMuch] = createSignal<number | null>(null);
  const isMore = (): boolean => {
    const amount = counting.amount();
    if (amount === null) return false;
    const refused = tooMuch();
    return (
      (refused !== null && amount.amount >= refused) ||
      (props.cash.safe !== null && compare(amount, props.cash.safe) > 0)
    );
  };
  const chosenBank = (): string => bank() ?? props.cash.banks[0]?.id ?? "";
  const carrier = (): string => takenBy() ?? props.cash.people[0]?.id ?? "";
  const asking = createAsking<{ id: string }>(
    (approval) =>
      cashClient.deposit(
        {
          store: props.cash.store,
          bank: chosenBank(),
          slip: slip().trim(),
          amount: counting.amount()?.amount ?? 0,
          notes: counting.notes(),
          takenBy: carrier(),
          ...(wasThere() ? { beyondBooks: true } : {}),
        },
        approval,
      ),
    ({ id }) => {
      props.onChanged();
      office.open("cash", id);
    },
    (refusal) => {
      if (refusal === "signedOut") office.setSession(null);
      else setFault(faults[refusal ?? "broken"] ?? "failed");
      if (fault() === "moreThanSafe") setTooMuch(counting.amount()?.amount ?? null);
    },
  );
  const isReady = (): boolean =>
    slip().trim() !== "" && (counting.amount()?.amount ?? 0) > 0 && carrier() !== "" && (!isMore() || wasThere());
  const send = (event: SubmitEvent): void => {
    event.preventDefault();
    setFault(null);
    void asking.run();
  };
  const typed = { chosenBank, setBank, slip, setSlip, carrier, setTakenBy, wasThere, setWasThere };
  return { ...typed, counting, fault, isMore, asking, isReady, send };
}

function Fields(props: Props & { readonly form: ReturnType<typeof createForm> }) {
  const { office, form } = props;
  const words = () => cashWords(office.language()).make;
  const fault = (): string => {
    const kind = form.fault();
    if (kind === "slipTaken") return words().slipTaken;
    if (kind === "moreThanSafe") return words().moreThanSafe;
    return kind === "failed" ? cashWords(office.language()).failed : "";
  };
  return (
    <form class="cash-form" onSubmit={(event) => form.send(event)}>
      <Choice
        title={words().bank}
        testId="cash-bank"
        choices={props.cash.banks}
        value={form.chosenBank()}
        choose={form.setBank}
      />
      <label class="cash-field">
        {words().slip}
        <input
          autocomplete="off"
          maxLength={slipLengthMax}
          data-testid="cash-slip"
          value={form.slip()}
          onInput={(event) => form.setSlip(event.currentTarget.value)}
        />
        <small class="soft">{words().slipText}</small>
      </label>
      <Choice
        title={words().takenBy}
        testId="cash-taken-by"
        choices={props.cash.people}
        value={form.carrier()}
        choose={form.setTakenBy}
      />
      <NoteEntry office={office} currency={props.cash.currency} counting={form.counting} />
      <div class="cash-warning" role="status" hidden={!form.isMore()}>
        <p>{words().moreThanSafe}</p>
        <label>
          <input
            type="checkbox"
            data-testid="cash-was-there"
            checked={form.wasThere()}
            onChange={(event) => form.setWasThere(event.currentTarget.checked)}
          />
          {words().wasThere}
        </label>
      </div>
      <p class="fault" role="alert" hidden={fault() === ""}>
        {fault()}
      </p>
      <button class="go" data-testid="cash-deposit-go" disabled={!form.isReady()}>
        {words().go}
      </button>
    </form>
  );
}

function Choice(props: {
  readonly title: string;
  readonly testId: string;
  readonly choices: readonly { readonly id: string; readonly name: string }[];
  readonly value: string;
  readonly choose: (id: string) => void;
}) {
  return (
    <label class="cash-field">
      {props.title}
      <select data-testid={props.testId} onChange={(event) => props.choose(event.currentTarget.value)}>
        <For each={props.choices}>
          {({ id, name }) => (
            <option value={id} selected={id === props.value}>
              {name}
            </option>
          )}
        </For>
      </select>
    </label>
  );
}
