import { createSignal, Match, Show, Switch } from "solid-js";
import { passwordLengthMax, passwordLengthMin } from "../contract/office.ts";
import type { OfficeWords } from "../i18n/office-words.ts";
import { Choices } from "./Choices.tsx";
import type { Office } from "./office.ts";
import type { Trouble } from "./office-client.ts";

/** The owner's password; after the one-time password, one of the owner's own. */
export function SignIn(props: { readonly office: Office }) {
  const office = props.office;
  const words = () => office.words().signIn;
  const [password, setPassword] = createSignal("");
  const [fresh, setFresh] = createSignal("");
  const [again, setAgain] = createSignal("");
  const [isFirst, setFirst] = createSignal(false);
  const [isBusy, setBusy] = createSignal(false);
  const [fault, setFault] = createSignal<string | null>(null);

  const submit = async (event: SubmitEvent): Promise<void> => {
    event.preventDefault();
    if (isBusy()) return;
    setFault(isFirst() ? faultOf(words(), password(), fresh(), again()) : null);
    if (fault() !== null || password() === "") return;
    setBusy(true);
    const answer = await office.client.signIn(password(), isFirst() ? fresh() : undefined);
    setBusy(false);
    if (answer.ok) return office.setSession(answer.value);
    if (answer.refusal === "forbidden" && !isFirst()) return void setFirst(true);
    setFirst(isFirst() && answer.refusal !== "signedOut");
    setFault(said(office.words(), answer.refusal));
  };
  return (
    <div class="alone">
      <form class="sign-in" onSubmit={(event) => void submit(event)}>
        <h1>{isFirst() ? words().firstTitle : words().title}</h1>
        <p>
          {isFirst() ? words().firstText(passwordLengthMin) : office.wasSignedIn() ? words().expired : words().text}
        </p>
        <Switch>
          <Match when={!isFirst()}>
            <Secret
              name="password"
              label={words().password}
              value={password()}
              set={setPassword}
              kind="current-password"
            />
          </Match>
          <Match when={isFirst()}>
            <Secret
              name="new-password"
              label={words().newPassword}
              value={fresh()}
              set={setFresh}
              kind="new-password"
            />
            <Secret name="again" label={words().again} value={again()} set={setAgain} kind="new-password" />
          </Match>
        </Switch>
        <Show when={fault() !== null}>
          <p class="fault" role="alert" data-testid="sign-in-fault">
            {fault()}
          </p>
        </Show>
        <button class="go" data-testid="sign-in-go" disabled={isBusy()}>
          {isBusy() ? words().busy : isFirst() ? words().save : words().go}
        </button>
      </form>
      <Choices office={office} />
    </div>
  );
}

function Secret(props: {
  readonly name: string;
  readonly label: string;
  readonly value: string;
  readonly set: (text: string) => void;
  readonly kind: "current-password" | "new-password";
}) {
  return (
    <label class="field">
      {props.label}
      <input
        type="password"
        autocomplete={props.kind}
        autofocus={props.name !== "again"}
        ref={(input) => props.name !== "again" && queueMicrotask(() => input.focus())}
        maxLength={passwordLengthMax}
        data-testid={`sign-in-${props.name}`}
        value={props.value}
        onInput={(event) => props.set(event.currentTarget.value)}
      />
    </label>
  );
}

function faultOf(words: OfficeWords["signIn"], oneTime: string, fresh: string, again: string): string | null {
  if (fresh.length < passwordLengthMin) return words.tooShort(passwordLengthMin);
  if (fresh === oneTime) return words.sameAsOneTime;
  return fresh === again ? null : words.differ;
}

function said(words: OfficeWords, trouble: Trouble): string {
  if (trouble === "signedOut" || trouble === "forbidden") return words.signIn.wrong;
  if (trouble === "tooManyTries") return words.signIn.tooMany;
  const { title, text } = trouble === "unreachable" ? words.trouble.unreachable : words.trouble.broken;
  return `${title}\n${text}`;
}
