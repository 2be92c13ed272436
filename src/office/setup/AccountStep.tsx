import { createSignal, For, Match, Show, Switch } from "solid-js";
import type { SetUpAccount } from "../../contract/shop-setup.ts";
import type { Instant } from "../../domain/clock.ts";
import { setupWords } from "../../i18n/setup-words.ts";
import { Icon } from "../../ui/parts/icons.tsx";
import {
  createAccountForm,
  type AccountForm,
  type AccountStand,
  type Provider,
  type SignedBy,
} from "./account-form.ts";
import { AskSecond } from "../people/ask-second.tsx";
import { Failed } from "./Failed.tsx";
import { KeyField } from "./KeyField.tsx";
import type { StepProps } from "./setup-parts.ts";

const providers: readonly Provider[] = ["wechat-pay", "alipay"];
const ways: readonly SignedBy[] = ["publicKey", "certificates"];

/** The accounts that take money, and the form for one more or for new keys: tested by the provider before it is used. */
export function AccountStep(props: StepProps) {
  const words = () => setupWords(props.office.language());
  const [isOpen, setOpen] = createSignal(props.shop.accounts.length === 0);
  const [isInUse, setInUse] = createSignal(false);
  return (
    <>
      <ul class="setup-rows">
        <For each={props.shop.accounts}>{(account) => <Row {...props} account={account} />}</For>
      </ul>
      <Show when={props.shop.kind === "own"} fallback={<p class="soft">{words().account.demo}</p>}>
        <Show
          when={isOpen()}
          fallback={
            <>
              <Show when={isInUse()}>
                <p class="state received" role="status" data-testid="account-in-use">
                  <Icon name="check" />
                  <span>{words().account.inUse}</span>
                </p>
              </Show>
              <button class="plain" data-testid="account-add" onClick={() => setOpen(true)}>
                {words().account.add}
              </button>
            </>
          }
        >
          <NewAccount
            {...props}
            onInUse={() => {
              setInUse(true);
              setOpen(false);
            }}
          />
        </Show>
      </Show>
    </>
  );
}

function Row(props: StepProps & { readonly account: SetUpAccount }) {
  const words = () => setupWords(props.office.language()).account;
  const zone = () => props.shop.stores[0]?.zone ?? props.shop.timeZone;
  const tested = (): string =>
    props.account.testedAt === null
      ? ""
      : words().tested(
          props.office
            .formats()
            .dateTime(props.account.testedAt as Instant, zone())
            .slice(0, 16),
        );
  const stores = (): string =>
    props.account.stores.length === props.shop.stores.length
      ? words().everywhere
      : props.account.stores.map((id) => props.shop.stores.find((store) => store.id === id)?.name ?? id).join(", ");
  return (
    <li data-testid="setup-account">
      <span class="setup-what">
        <b>{props.office.words().channel[props.account.channel]}</b>
        <small class="num">
          {[props.account.merchant === null ? "" : words().merchant(props.account.merchant), stores(), tested()]
            .filter((each) => each !== "")
            .join(" · ")}
        </small>
      </span>
      <Show when={!props.account.isSandbox} fallback={<span class="state doubt">{words().sandbox}</span>}>
        <span class="state received">
          <Icon name="check" />
        </span>
      </Show>
    </li>
  );
}

/** The form, and in its place another person's yes where the account has taken money already. */
function NewAccount(props: StepProps & { readonly onInUse: () => void }) {
  const form = createAccountForm(props, () => props.onInUse());
  return (
    <Show when={form.asking.proposed()} fallback={<AccountFormBox {...props} form={form} />}>
      {(id) => (
        <div data-testid="account-second">
          <p class="about">{setupWords(props.office.language()).account.second}</p>
          <AskSecond
            office={props.office}
            id={id()}
            done={(approval) => void form.keep(approval)}
            leave={form.asking.leave}
          />
        </div>
      )}
    </Show>
  );
}

function AccountFormBox(props: StepProps & { readonly form: AccountForm }) {
  const { office, form } = props;
  const words = () => setupWords(office.language()).account;
  return (
    <form
      class="setup-form"
      data-testid="account-form"
      onSubmit={(event) => {
        event.preventDefault();
        void form.keep();
      }}
    >
      <Choice
        title={words().provider}
        choices={providers.map((each) => ({ value: each, name: each === "alipay" ? words().alipay : words().wechat }))}
        value={form.provider()}
        testId="account-provider"
        choose={form.choose}
      />
      <Choice
        title={words().signedBy}
        choices={ways.map((each) => ({
          value: each,
          name: each === "publicKey" ? words().byPublicKey : words().byCertificates,
        }))}
        value={form.signedBy()}
        testId="account-signed"
        choose={form.setSignedBy}
      />
      <For each={form.fields()}>{(field) => <KeyField office={office} form={form} field={field} />}</For>
      <Show when={props.shop.stores.length > 1}>
        <Stores {...props} form={form} />
      </Show>
      <p class="soft">{words().secrecy}</p>
      <Told {...props} stand={form.stand()} />
      <div class="buttons">
        <button class="go" data-testid="account-go" disabled={!form.isComplete() || form.stand().kind === "testing"}>
          {words().go}
        </button>
      </div>
    </form>
  );
}

function Choice<Value extends string>(props: {
  readonly title: string;
  readonly choices: readonly { readonly value: Value; readonly name: string }[];
  readonly value: Value;
  readonly testId: string;
  readonly choose: (value: Value) => void;
}) {
  return (
    <fieldset class="setup-choice">
      <legend>{props.title}</legend>
      <For each={props.choices}>
        {(each) => (
          <label classList={{ chosen: each.value === props.value }}>
            <input
              type="radio"
              name={props.testId}
              checked={each.value === props.value}
              data-testid={`${props.testId}-${each.value}`}
              onChange={() => props.choose(each.value)}
            />
            {each.name}
          </label>
        )}
      </For>
    </fieldset>
  );
}

function Stores(props: StepProps & { readonly form: AccountForm }) {
  const words = () => setupWords(props.office.language()).account;
  return (
    <fieldset class="setup-choice">
      <legend>{words().stores}</legend>
      <For each={props.shop.stores}>
        {(store) => (
          <label classList={{ chosen: props.form.stores().includes(store.id) }}>
            <input
              type="checkbox"
              checked={props.form.stores().includes(store.id)}
              onChange={(event) => props.form.setStore(store.id, event.currentTarget.checked)}
            />
            {store.name}
          </label>
        )}
      </For>
    </fieldset>
  );
}

/** What became of the test. */
function Told(props: StepProps & { readonly stand: AccountStand }) {
  const words = () => setupWords(props.office.language());
  const failed = () => {
    const { stand } = props;
    return stand.kind === "answered" && stand.answer.kind === "failed" ? stand.answer : null;
  };
  return (
    <Switch>
      <Match when={props.stand.kind === "testing"}>
        <p role="status">{words().account.testing}</p>
      </Match>
      <Match when={props.stand.kind === "trouble"}>
        <Failed told={words().failed} />
      </Match>
      <Match when={failed()}>
        {(told) => (
          <div class="fault" role="alert" data-testid="account-failed" data-why={told().why}>
            <p>{words().account.test[told().why]}</p>
            <Show when={told().word}>{(word) => <small>{words().account.word(word())}</small>}</Show>
          </div>
        )}
      </Match>
    </Switch>
  );
}
