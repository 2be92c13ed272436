import { createSignal, Show } from "solid-js";
import { passwordLengthMax, passwordLengthMin } from "../contract/office.ts";
import type { OfficeWords } from "../i18n/office-words.ts";
import { Choices } from "./Choices.tsx";
import type { Office } from "./office.ts";
import type { Trouble } from "./office-client.ts";
import { peopleClient } from "./people/people-client.ts";

/** The owner's password; after the one-time password, one of the owner's own. */
export function SignIn(props: { readonly office: Office }) {
  const form = createSignInForm(props.office);
  const words = () => props.office.words().signIn;
  const intro = (): string => {
    if (form.isFirst()) return words().firstText(passwordLengthMin);
    return props.office.wasSignedIn() ? words().expired : words().text;
  };
  return (
    <main class="alone">
      <form
        class="sign-in"
        onSubmit={(event) => {
          event.preventDefault();
          void form.submit();
        }}
      >
        <h1>{form.isFirst() ? words().firstTitle : words().title}</h1>
        <p>{intro()}</p>
        <Show
          when={form.isFirst()}
          fallback={
            <>
              <NameField office={props.office} set={form.setName} />
              <Secret
                name="password"
                label={words().password}
                set={form.setPassword}
                kind="current-password"
                isFocused
              />
            </>
          }
        >
          <Secret name="new-password" label={words().newPassword} set={form.setFresh} kind="new-password" isFocused />
          <Secret name="again" label={words().again} set={form.setAgain} kind="new-password" />
        </Show>
        <Show when={form.fault()}>
          {(fault) => (
            <p class="fault" role="alert" data-testid="sign-in-fault">
              {fault()(props.office.words())}
            </p>
          )}
        </Show>
        <button class="go" data-testid="sign-in-go" disabled={form.isBusy()}>
          {form.isBusy() ? words().busy : form.isFirst() ? words().save : words().go}
        </button>
        <Show when={!form.isFirst() && props.office.browser.hasHostName}>
          <button type="button" class="plain" data-testid="sign-in-passkey" onClick={() => void form.byPasskey()}>
            {words().passkey}
          </button>
        </Show>
      </form>
      <Choices office={props.office} />
    </main>
  );
}

function NameField(props: { readonly office: Office; readonly set: (name: string) => void }) {
  const words = () => props.office.words().signIn;
  return (
    <label class="field">
      {words().name}
      <input
        type="text"
        autocomplete="username webauthn"
        maxLength={64}
        placeholder={words().nameHint}
        data-testid="sign-in-name"
        onInput={(event) => props.set(event.currentTarget.value)}
      />
    </label>
  );
}

/** What is typed, and what became of sending it. A fault is kept as a sentence of any language. */
function createSignInForm(office: Office) {
  const [name, setName] = createSignal("");
  const [password, setPassword] = createSignal("");
  const [fresh, setFresh] = createSignal("");
  const [again, setAgain] = createSignal("");
  const [isFirst, setFirst] = createSignal(false);
  const [isBusy, setBusy] = createSignal(false);
  const [fault, setFault] = createSignal<((words: OfficeWords) => string) | null>(null);
  const submit = async (): Promise<void> => {
    if (isBusy() || password() === "") return;
    const wrong = isFirst() ? faultOf(password(), fresh(), again()) : null;
    setFault(() => wrong);
    if (wrong !== null) return;
    setBusy(true);
    const answer = await office.client.signIn(name(), password(), isFirst() ? fresh() : undefined);
    setBusy(false);
    if (answer.ok) return office.setSession(answer.value);
    if (answer.refusal === "forbidden" && !isFirst()) return void setFirst(true);
    if (answer.refusal === "signedOut" && isFirst()) {
      setFirst(false);
      setPassword("");
    }
    setFault(() => sentenceOf(answer.refusal));
  };
  const byPasskey = async (): Promise<void> => {
    const asked = await peopleClient.signInOptions();
    if (!asked.ok) return void setFault(() => sentenceOf(asked.refusal));
    const { provePasskey } = await import("./people/passkey.ts");
    const credential = await provePasskey(asked.value);
    if (credential === null) return;
    const answer = await peopleClient.signInWith(credential);
    if (answer.ok) return office.setSession(answer.value);
    setFault(() => sentenceOf(answer.refusal));
  };
  return { setName, byPasskey, setPassword, setFresh, setAgain, isFirst, isBusy, fault, submit };
}

function Secret(props: {
  readonly name: string;
  readonly label: string;
  readonly set: (text: string) => void;
  readonly kind: "current-password" | "new-password";
  readonly isFocused?: boolean;
}) {
  return (
    <label class="field">
      {props.label}
      <input
        type="password"
        autocomplete={props.kind}
        ref={(input) => props.isFocused === true && queueMicrotask(() => input.focus())}
        maxLength={passwordLengthMax}
        data-testid={`sign-in-${props.name}`}
        onInput={(event) => props.set(event.currentTarget.value)}
      />
    </label>
  );
}

function faultOf(oneTime: string, fresh: string, again: string): ((words: OfficeWords) => string) | null {
  if (fresh.length < passwordLengthMin) return ({ signIn }) => signIn.tooShort(passwordLengthMin);
  if (fresh === oneTime) return ({ signIn }) => signIn.sameAsOneTime;
  return fresh === again ? null : ({ signIn }) => signIn.differ;
}

function sentenceOf(trouble: Trouble): (words: OfficeWords) => string {
  if (trouble === "signedOut" || trouble === "forbidden") return ({ signIn }) => signIn.wrong;
  if (trouble === "tooManyTries") return ({ signIn }) => signIn.tooMany;
  return (words) => {
    const { title, text } = trouble === "unreachable" ? words.trouble.unreachable : words.trouble.broken;
    return `${title}\n${text}`;
  };
}
