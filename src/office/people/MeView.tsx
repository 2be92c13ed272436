import { createSignal, For, Show } from "solid-js";
import { passwordLengthMin } from "../../contract/office.ts";
import type { OwnAccess } from "../../contract/people.ts";
import { permissionWords } from "../../i18n/permission-words.ts";
import { Icon } from "../../ui/parts/icons.tsx";
import { createLive } from "../live.ts";
import { refreshMs, type Office } from "../office.ts";
import type { Trouble } from "../office-client.ts";
import { Reading, Refused, Stale, TroubleNote } from "../states.tsx";
import { makePasskey } from "./passkey.ts";
import { PinCard } from "./PinCard.tsx";
import { peopleClient } from "./people-client.ts";

/** How one gets in: passkeys, password, and where one is signed in. */
export function MeView(props: { readonly office: Office }) {
  const office = props.office;
  const live = createLive<string, OwnAccess>(() => "me", peopleClient.me, office.browser.clock, refreshMs);
  return (
    <>
      <header>
        <h2>{permissionWords(office.language()).me.view}</h2>
        <span class="soft">{office.session()?.name}</span>
      </header>
      <div class="scroll">
        <Stale office={office} trouble={live.trouble()} readAt={live.readAt()} />
        <Show
          when={live.value()}
          fallback={
            <Show when={live.trouble() !== null} fallback={<Reading office={office} />}>
              <TroubleNote office={office} trouble={live.trouble()} retry={() => void live.refresh()} />
            </Show>
          }
        >
          {(access) => (
            <div class="own-cards">
              <Passkeys office={office} access={access()} refresh={() => void live.refresh()} />
              <Show when={access().hasPassword}>
                <PasswordCard office={office} refresh={() => void live.refresh()} />
              </Show>
              <Show when={access().pin}>
                {(pin) => <PinCard office={office} pin={pin()} refresh={() => void live.refresh()} />}
              </Show>
              <Sessions office={office} access={access()} refresh={() => void live.refresh()} />
            </div>
          )}
        </Show>
      </div>
    </>
  );
}

type CardProps = { readonly office: Office; readonly access: OwnAccess; readonly refresh: () => void };

function Passkeys(props: CardProps) {
  const words = () => permissionWords(props.office.language()).me;
  const [label, setLabel] = createSignal("");
  const [fault, setFault] = createSignal<"passkeyFailed" | "lastWay" | null>(null);
  const add = async (): Promise<void> => {
    setFault(null);
    const asked = await peopleClient.passkeyOptions();
    const credential = asked.ok ? await makePasskey(asked.value) : null;
    const kept =
      credential === null ? null : await peopleClient.addPasskey(label().trim() || words().thisOne, credential);
    if (kept?.ok !== true) return void setFault("passkeyFailed");
    setLabel("");
    props.refresh();
  };
  const remove = async (id: string): Promise<void> => {
    const answer = await peopleClient.removePasskey(id);
    setFault(answer.ok ? null : "lastWay");
    props.refresh();
  };
  return (
    <section class="own-card">
      <h3>{words().passkeys}</h3>
      <Show
        when={props.access.passkeysMissingAt}
        fallback={
          <>
            <p class="about">{words().passkeyText}</p>
            <For each={props.access.passkeys}>
              {(passkey) => (
                <PasskeyRow office={props.office} passkey={passkey} remove={() => void remove(passkey.id)} />
              )}
            </For>
            <div class="row">
              <input
                class="plain-input"
                type="text"
                maxLength={64}
                placeholder={words().passkeyName}
                aria-label={words().passkeyName}
                data-testid="passkey-label"
                value={label()}
                onInput={(event) => setLabel(event.currentTarget.value)}
              />
              <button class="go small" data-testid="passkey-add" onClick={() => void add()}>
                {words().addPasskey}
              </button>
            </div>
          </>
        }
      >
        {(host) => <p class="about">{words().needName(host())}</p>}
      </Show>
      <Show when={fault()}>{(kind) => <Fault text={words()[kind()]} />}</Show>
    </section>
  );
}

function Fault(props: { readonly text: string }) {
  return (
    <p class="fault" role="alert">
      {props.text}
    </p>
  );
}

function PasskeyRow(props: {
  readonly office: Office;
  readonly passkey: OwnAccess["passkeys"][number];
  readonly remove: () => void;
}) {
  const words = () => permissionWords(props.office.language()).me;
  const when = (at: OwnAccess["passkeys"][number]["madeAt"]): string =>
    props.office
      .formats()
      .dateTime(at, props.office.stores()[0]?.zone ?? "UTC")
      .slice(0, 10);
  return (
    <div class="row" data-testid="passkey-row">
      <span>
        <Icon name="key" /> {props.passkey.label} <small class="soft num">{when(props.passkey.madeAt)}</small>
      </span>
      <button class="plain danger" data-testid="passkey-remove" onClick={() => props.remove()}>
        {words().remove}
      </button>
    </div>
  );
}

function PasswordCard(props: { readonly office: Office; readonly refresh: () => void }) {
  const words = () => permissionWords(props.office.language());
  const signIn = () => props.office.words().signIn;
  const [old, setOld] = createSignal("");
  const [fresh, setFresh] = createSignal("");
  const [told, setTold] = createSignal<"saved" | "wrong" | "tooShort" | "tooMany" | null>(null);
  const save = async (): Promise<void> => {
    if (fresh().length < passwordLengthMin) return void setTold("tooShort");
    const answer = await peopleClient.setPassword(old(), fresh());
    setTold(answer.ok ? "saved" : answer.refusal === "tooManyTries" ? "tooMany" : "wrong");
    if (answer.ok) props.refresh();
  };
  const sentence = (kind: "saved" | "wrong" | "tooShort" | "tooMany"): string => {
    if (kind === "tooShort") return signIn().tooShort(passwordLengthMin);
    if (kind === "tooMany") return signIn().tooMany;
    return kind === "saved" ? words().saved : words().me.wrong;
  };
  return (
    <form
      class="own-card"
      onSubmit={(event) => {
        event.preventDefault();
        void save();
      }}
    >
      <h3>{words().me.password}</h3>
      <label class="field">
        {words().me.oldPassword}
        <input
          type="password"
          autocomplete="current-password"
          data-testid="me-old"
          onInput={(event) => setOld(event.currentTarget.value)}
        />
      </label>
      <label class="field">
        {words().me.newPassword}
        <input
          type="password"
          autocomplete="new-password"
          data-testid="me-new"
          onInput={(event) => setFresh(event.currentTarget.value)}
        />
      </label>
      <Show when={told()}>
        {(kind) => (
          <p classList={{ fault: kind() !== "saved", "state received": kind() === "saved" }} role="status">
            {sentence(kind())}
          </p>
        )}
      </Show>
      <button class="go small" data-testid="me-save" disabled={old() === "" || fresh() === ""}>
        {words().save}
      </button>
    </form>
  );
}

function Sessions(props: CardProps) {
  const words = () => permissionWords(props.office.language()).me;
  const [refused, setRefused] = createSignal<Trouble | null>(null);
  const end = async (id: string): Promise<void> => {
    const answer = await peopleClient.endSession(id);
    setRefused(answer.ok ? null : answer.refusal);
    props.refresh();
  };
  const zone = (): string => props.office.stores()[0]?.zone ?? "UTC";
  return (
    <section class="own-card">
      <h3>{words().sessions}</h3>
      <Refused office={props.office} trouble={refused()} />
      <For each={props.access.sessions}>
        {(session) => (
          <div class="row" data-testid="session-row">
            <span class="num">
              {session.isThis ? <b>{words().thisOne}</b> : session.address}
              <small class="soft block">
                {words().made(props.office.formats().dateTime(session.madeAt, zone()).slice(0, 16))} ·{" "}
                {words().by[session.method === "passkey" ? "passkey" : "password"]}
              </small>
            </span>
            <Show when={!session.isThis}>
              <button class="plain danger" data-testid="session-end" onClick={() => void end(session.id)}>
                {words().end}
              </button>
            </Show>
          </div>
        )}
      </For>
    </section>
  );
}
