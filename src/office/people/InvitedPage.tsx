import { createSignal, Show } from "solid-js";
import { passwordLengthMax, passwordLengthMin, type OfficeSession } from "../../contract/office.ts";
import { permissionWords } from "../../i18n/permission-words.ts";
import { Choices } from "../Choices.tsx";
import type { Office } from "../office.ts";
import type { Answer } from "../office-client.ts";
import { makePasskey } from "./passkey.ts";
import { peopleClient } from "./people-client.ts";

/** An invitation taken up: a password of one's own or a passkey, and one is in. */
export function InvitedPage(props: { readonly office: Office; readonly code: string }) {
  const office = props.office;
  const words = () => permissionWords(office.language());
  const signIn = () => office.words().signIn;
  const form = createTaking(props);
  return (
    <main class="alone">
      <form
        class="sign-in"
        onSubmit={(event) => {
          event.preventDefault();
          void form.byPassword();
        }}
      >
        <h1>{words().welcome.title}</h1>
        <p>{words().welcome.text(passwordLengthMin)}</p>
        <label class="field">
          {signIn().newPassword}
          <input
            type="password"
            autocomplete="new-password"
            maxLength={passwordLengthMax}
            data-testid="invited-password"
            onInput={(event) => form.setPassword(event.currentTarget.value)}
          />
        </label>
        <Show when={form.fault()}>
          {(kind) => (
            <p class="fault" role="alert" data-testid="invited-fault">
              {form.sentence(kind())}
            </p>
          )}
        </Show>
        <button class="go" data-testid="invited-go">
          {words().welcome.go}
        </button>
        <button type="button" class="plain" data-testid="invited-passkey" onClick={() => void form.byPasskey()}>
          {words().welcome.orPasskey}
        </button>
      </form>
      <Choices office={office} />
    </main>
  );
}

function createTaking(props: { readonly office: Office; readonly code: string }) {
  const office = props.office;
  const words = () => permissionWords(office.language());
  const signIn = () => office.words().signIn;
  const [password, setPassword] = createSignal("");
  const [fault, setFault] = createSignal<"stale" | "tooShort" | "tooMany" | "passkeyFailed" | null>(null);
  const take = async (answer: Answer<OfficeSession>): Promise<void> => {
    const taken = await answer;
    if (!taken.ok) return void setFault(taken.refusal === "tooManyTries" ? "tooMany" : "stale");
    office.setSession(taken.value);
    office.open(office.views()[0] ?? "me");
  };
  const byPassword = async (): Promise<void> => {
    if (password().length < passwordLengthMin) return void setFault("tooShort");
    await take(peopleClient.takeInvitation(props.code, { password: password() }));
  };
  const byPasskey = async (): Promise<void> => {
    const asked = await peopleClient.invitationOptions(props.code);
    if (!asked.ok) return void setFault(asked.refusal === "codeInvalid" ? "stale" : "passkeyFailed");
    const credential = await makePasskey(asked.value);
    if (credential === null) return void setFault("passkeyFailed");
    await take(peopleClient.takeInvitation(props.code, { passkey: { label: words().me.thisOne, credential } }));
  };
  const sentence = (kind: NonNullable<ReturnType<typeof fault>>): string => {
    if (kind === "stale") return words().welcome.stale;
    if (kind === "passkeyFailed") return words().me.passkeyFailed;
    return kind === "tooShort" ? signIn().tooShort(passwordLengthMin) : signIn().tooMany;
  };
  return { setPassword, fault, byPassword, byPasskey, sentence };
}
