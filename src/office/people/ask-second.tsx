import { createSignal, For, onCleanup, Show } from "solid-js";
import { approvalPollMs } from "../../contract/approvals.ts";
import { permissionWords } from "../../i18n/permission-words.ts";
import type { Office } from "../office.ts";
import { createReadBeside } from "../read-beside.ts";
import { createOnce } from "../send-once.ts";
import { peopleClient } from "./people-client.ts";
import "./people.css";

export { createAsking } from "./asking.ts";

/**
 * Waits for another person's yes: beside, by PIN or office password, or from a device of their own. `done` is told once it is given;
 * `leave` when it is taken back or refused.
 */
export function AskSecond(props: {
  readonly office: Office;
  readonly id: string;
  readonly done: (approval: string) => void;
  readonly leave: () => void;
}) {
  const { office } = props;
  const words = () => permissionWords(office.language()).ask;
  const form = createWaiting(props);
  return (
    <form
      class="ask-second"
      data-testid="ask-second"
      onSubmit={(event) => {
        event.preventDefault();
        void form.agree();
      }}
    >
      <h4>{words().title}</h4>
      <Show when={form.isEnded()} fallback={<Waiting office={office} form={form} />}>
        <p class="fault" role="alert" data-testid="ask-ended">
          {words()[form.fault() ?? "over"]}
        </p>
        <div class="buttons">
          <button type="button" class="plain" data-testid="ask-leave" onClick={() => props.leave()}>
            {words().leave}
          </button>
        </div>
      </Show>
    </form>
  );
}

/** Who agrees beside, with their secret; or the wait for a yes from elsewhere. */
function Waiting(props: { readonly office: Office; readonly form: ReturnType<typeof createWaiting> }) {
  const { form } = props;
  const words = () => permissionWords(props.office.language()).ask;
  return (
    <>
      <p class="about">{words().text}</p>
      <Show
        when={(form.people()?.length ?? 0) > 0}
        fallback={<p class="fault">{form.people() === undefined ? words().waiting : words().nobody}</p>}
      >
        <label class="field">
          {words().who}
          <select data-testid="ask-who" onChange={(event) => form.setBy(event.currentTarget.value)}>
            <For each={form.people()}>{({ id, name }) => <option value={id}>{name}</option>}</For>
          </select>
        </label>
        <label class="field">
          {form.chosen()?.hasPassword === true ? words().password : words().pin}
          <input
            type="password"
            autocomplete="off"
            data-testid="ask-secret"
            onInput={(event) => form.setSecret(event.currentTarget.value)}
          />
        </label>
      </Show>
      <p class="fault" role="alert" hidden={form.fault() === null}>
        {words()[form.fault() ?? "wrong"]}
      </p>
      <Buttons office={props.office} form={form} />
      <p class="soft" role="status">
        {words().waiting}
      </p>
    </>
  );
}

/** The other person's yes, or taking it back. */
function Buttons(props: { readonly office: Office; readonly form: ReturnType<typeof createWaiting> }) {
  const { form } = props;
  const words = () => permissionWords(props.office.language()).ask;
  return (
    <div class="buttons">
      <button class="go" data-testid="ask-go" disabled={form.isSending() || form.secret() === ""}>
        {words().beside}
      </button>
      <button
        type="button"
        class="plain"
        data-testid="ask-leave"
        disabled={form.isSending()}
        onClick={() => void form.leave()}
      >
        {words().takeBack}
      </button>
    </div>
  );
}

type AskFault = "wrong" | "locked" | "unknown" | "refused" | "over" | "knownPin";

/** Who could say yes, what is typed, and the look at what became of it. */
function createWaiting(props: Parameters<typeof AskSecond>[0]) {
  const { office } = props;
  const people = createReadBeside(
    () => props.id,
    async (id) => {
      const answer = await peopleClient.approvers(id);
      return answer.ok ? answer.value.people : [];
    },
  );
  const [by, setBy] = createSignal("");
  const [secret, setSecret] = createSignal("");
  const [fault, setFault] = createSignal<AskFault | null>(null);
  const chosen = () => people()?.find(({ id }) => id === by()) ?? people()?.[0];
  let isOver = false;
  const look = async (): Promise<void> => {
    const answer = await peopleClient.approval(props.id);
    if (isOver || !answer.ok || answer.value.state === "open") return;
    isOver = true;
    if (answer.value.state === "given") props.done(props.id);
    else setFault(answer.value.state === "refused" ? "refused" : "over");
  };
  onCleanup(office.browser.clock.every(approvalPollMs, () => void (isOver || look())));
  const once = createOnce();
  const agreed = async (): Promise<void> => {
    const person = chosen();
    if (person === undefined || secret() === "") return;
    setFault(null);
    const answer = await peopleClient.beside(
      props.id,
      person.id,
      person.hasPassword ? { password: secret() } : { pin: secret() },
    );
    if (answer.ok) return look();
    if (answer.refusal === "knownPin") return void setFault("knownPin");
    // it may have counted all the same: the next look says
    if (answer.refusal === "unreachable" || answer.refusal === "broken") return void setFault("unknown");
    setFault(answer.refusal === "locked" || answer.refusal === "tooManyTries" ? "locked" : "wrong");
  };
  const agree = (): Promise<void> => once.run(agreed);
  const leave = (): Promise<void> =>
    once.run(async () => {
      isOver = true;
      // whoever reads anew after this finds it taken back
      await peopleClient.withdraw(props.id);
      props.leave();
    });
  /** Refused, or its time is over: nobody waits any more. */
  const isEnded = (): boolean => fault() === "refused" || fault() === "over";
  return { people, setBy, secret, setSecret, fault, isEnded, chosen, agree, isSending: once.isSending, leave };
}
