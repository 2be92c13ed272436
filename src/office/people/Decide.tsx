import { createSignal, onCleanup, Show } from "solid-js";
import { approvalLiveMs, type OpenApproval } from "../../contract/approvals.ts";
import { permissionWords } from "../../i18n/permission-words.ts";
import { Icon } from "../../ui/parts/icons.tsx";
import type { Office } from "../office.ts";
import { createOnce } from "../send-once.ts";
import { provePasskey } from "./passkey.ts";
import { peopleClient } from "./people-client.ts";
import "./approve.css";

const secondMs = 1_000;

export type DecideProps = {
  readonly office: Office;
  readonly approval: Pick<OpenApproval, "id" | "expiresAt" | "till">;
  /** Its box for the password is typed into at once; what is asked stays in view. */
  readonly takesFocus: boolean;
  readonly decided: (state: "given" | "refused" | "gone") => void;
};

/** Yes by passkey or password, or no, to what one is asked: on a card of its own, or where what it is about stands. */
export function Decide(props: DecideProps) {
  const office = props.office;
  const words = () => permissionWords(office.language()).approve;
  const asking = () => permissionWords(office.language()).ask;
  const form = createDecision(props);
  return (
    <form
      class="decide"
      onSubmit={(event) => {
        event.preventDefault();
        void (form.byPassword() ? form.send(true, { password: form.password() }) : form.byPasskey());
      }}
    >
      <Show when={props.approval.till !== null && props.approval.expiresAt}>
        {(until) => <RunsOut office={office} until={until()} over={() => props.decided("gone")} />}
      </Show>
      <Show when={form.byPassword()}>
        <label class="field">
          {words().password}
          <input
            type="password"
            autocomplete="current-password"
            data-testid="approve-password"
            ref={(input) =>
              queueMicrotask(() => (props.takesFocus || form.isChosen()) && input.focus({ preventScroll: true }))
            }
            onInput={(event) => form.setPassword(event.currentTarget.value)}
          />
        </label>
      </Show>
      <Show when={form.fault()}>
        {(kind) => (
          <p class="fault" role="alert">
            {asking()[kind()]}
          </p>
        )}
      </Show>
      <YesOrNo office={office} form={form} />
      <Show when={!form.byPassword()} fallback={<p class="hint">{words().once}</p>}>
        <button type="button" class="hint" data-testid="approve-by-password" onClick={form.choosePassword}>
          {words().byPassword}
        </button>
      </Show>
    </form>
  );
}

function YesOrNo(props: { readonly office: Office; readonly form: ReturnType<typeof createDecision> }) {
  const { form } = props;
  const words = () => permissionWords(props.office.language()).approve;
  const yes = (): string => (form.byPassword() ? words().yes : words().passkey);
  return (
    <>
      <button
        class="go large"
        data-testid="approve-yes"
        disabled={form.isSending() || (form.byPassword() && form.password() === "")}
      >
        <Icon name="key" /> {form.isSending() ? permissionWords(props.office.language()).ask.sending : yes()}
      </button>
      <button
        type="button"
        class="no"
        data-testid="approve-no"
        disabled={form.isSending()}
        onClick={() => void form.send(false)}
      >
        {words().no}
      </button>
    </>
  );
}

/** Whether this person has a passkey, and this page a name that one can be bound to. */
function canPasskey(office: Office): boolean {
  return office.browser.hasHostName && office.session()?.hasPasskey === true;
}

/** The yes with its proof, or the no, and what became of it. */
function createDecision(props: DecideProps) {
  const [password, setPassword] = createSignal("");
  const [fault, setFault] = createSignal<"wrong" | "locked" | "unknown" | null>(null);
  const [byPassword, setByPassword] = createSignal(!canPasskey(props.office));
  const [isChosen, setChosen] = createSignal(false);
  const choosePassword = (): void => {
    setChosen(true);
    setByPassword(true);
  };
  const once = createOnce();
  const decide = async (yes: boolean, proof: object): Promise<void> => {
    setFault(null);
    const answer = await peopleClient.decide(props.approval.id, yes, proof);
    if (answer.ok) return props.decided(yes ? "given" : "refused");
    if (answer.refusal === "wrongPassword") return void setFault("wrong");
    if (answer.refusal === "tooManyTries") return void setFault("locked");
    // it may have counted all the same: the same again counts once
    if (answer.refusal === "unreachable" || answer.refusal === "broken") return void setFault("unknown");
    props.decided("gone");
  };
  const send = (yes: boolean, proof: object = {}): Promise<void> => once.run(() => decide(yes, proof));
  const byPasskey = (): Promise<void> =>
    once.run(async () => {
      setFault(null);
      const asked = await peopleClient.decisionOptions(props.approval.id);
      const credential = asked.ok ? await provePasskey(asked.value) : null;
      if (credential === null) return choosePassword();
      await decide(true, { credential });
    });
  return {
    password,
    setPassword,
    fault,
    byPassword,
    isChosen,
    choosePassword,
    send,
    byPasskey,
    isSending: once.isSending,
  };
}

/** What is left of the two minutes, as a figure and a bar that empties. */
function RunsOut(props: { readonly office: Office; readonly until: number; readonly over: () => void }) {
  const { clock } = props.office.browser;
  const words = () => permissionWords(props.office.language()).approve;
  const [now, setNow] = createSignal(clock.now());
  onCleanup(
    clock.every(secondMs, () => {
      setNow(clock.now());
      if (clock.now() >= props.until) props.over();
    }),
  );
  const left = (): number => Math.max(0, Math.ceil((props.until - now()) / secondMs));
  return (
    <div class="runs-out" role="timer">
      <span class="soft">{words().runsOut}</span>
      <b class="num">{`${Math.floor(left() / 60)}:${String(left() % 60).padStart(2, "0")}`}</b>
      <progress max={approvalLiveMs / secondMs} value={left()} aria-label={words().runsOut} />
    </div>
  );
}
