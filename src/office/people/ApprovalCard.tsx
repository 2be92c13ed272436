import { createSignal, For, onCleanup, Show } from "solid-js";
import { Dynamic } from "solid-js/web";
import { approvalLiveMs, type OpenApproval } from "../../contract/approvals.ts";
import type { Instant } from "../../domain/clock.ts";
import { permissionWords } from "../../i18n/permission-words.ts";
import { Icon } from "../../ui/parts/icons.tsx";
import type { Office } from "../office.ts";
import { createOnce } from "../send-once.ts";
import { provePasskey } from "./passkey.ts";
import { peopleClient } from "./people-client.ts";
import { moreText, shownText } from "./shown-text.ts";
import { sizeText } from "./size-text.ts";

const secondMs = 1_000;

/** One thing that another asks: how much, what, why, where; yes by passkey or password, or no. */
export function ApprovalCard(props: {
  readonly office: Office;
  readonly approval: OpenApproval;
  readonly heading: "h1" | "h3";
  /** Of several cards one: its box for the password is typed into at once. */
  readonly takesFocus: boolean;
  readonly decided: (state: "given" | "refused" | "gone") => void;
}) {
  const office = props.office;
  const words = () => permissionWords(office.language());
  return (
    <div class="asked">
      <Dynamic component={props.heading}>
        {words().approve.asks(props.approval.askedByName, words().act[props.approval.act])}
      </Dynamic>
      <Show when={figureOf(office, props.approval)}>{(figure) => <p class="figure num">{figure()}</p>}</Show>
      <dl class="told">
        <For each={props.approval.shown}>
          {(line) => (
            <>
              <dt>{words().approve.label[line.label]}</dt>
              <dd>
                {shownText(office, words(), props.approval, line)}
                <Show when={moreText(office, line)}>{(more) => <small class="soft block">{more()}</small>}</Show>
              </dd>
            </>
          )}
        </For>
        <Show when={hasUnsaidReason(props.approval)}>
          <dt>{words().approve.label.why}</dt>
          <dd>{props.approval.reason}</dd>
        </Show>
        <dt>{words().approve.label.where}</dt>
        <dd class="num">{whereText(office, props.approval)}</dd>
      </dl>
      <Show when={props.approval.goneAt}>
        {(at) => (
          <p class="about" role="status" data-testid="approval-left">
            {words().approve.left(timeText(office, props.approval, at()))}
          </p>
        )}
      </Show>
      <Show
        when={props.approval.goneAt === null && props.approval.isMine}
        fallback={
          <Show when={props.approval.goneAt === null}>
            <p class="about">{words().approve.own}</p>
          </Show>
        }
      >
        <Decide office={office} approval={props.approval} takesFocus={props.takesFocus} decided={props.decided} />
      </Show>
    </div>
  );
}

function Decide(props: {
  readonly office: Office;
  readonly approval: OpenApproval;
  readonly takesFocus: boolean;
  readonly decided: (state: "given" | "refused" | "gone") => void;
}) {
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
            ref={(input) => queueMicrotask(() => (props.takesFocus || form.isChosen()) && input.focus())}
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

type DecideProps = {
  readonly office: Office;
  readonly approval: OpenApproval;
  readonly decided: (state: "given" | "refused" | "gone") => void;
};

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

/** Whether its reason is not among what is shown of it. */
function hasUnsaidReason({ reason, shown }: OpenApproval): boolean {
  return (
    reason !== "" && !shown.some(({ label, text, more }) => label === "why" && (text === reason || more === reason))
  );
}

function figureOf(office: Office, { amount, size, act }: OpenApproval): string | null {
  if (amount !== null) return office.formats().money(amount);
  return size > 0 ? sizeText(office, act, size) : null;
}

function whereText(office: Office, { store, stores, till, askedAt }: OpenApproval): string {
  const some = store === null ? stores : [store];
  const place =
    some === null
      ? permissionWords(office.language()).wholeChain
      : some.map((each) => office.storeName(each)).join(", ");
  const at = timeText(office, { store, stores }, askedAt);
  return [till === null ? place : office.words().tillWithStore(till, place), at].join(" · ");
}

/** An instant as the clock of its stores shows it. */
function timeText(office: Office, { store, stores }: Pick<OpenApproval, "store" | "stores">, at: Instant): string {
  const some = store === null ? stores : [store];
  return office
    .formats()
    .dateTime(at, office.zoneOf(some?.[0] ?? office.stores()[0]?.id ?? ""))
    .slice(11, 16);
}
