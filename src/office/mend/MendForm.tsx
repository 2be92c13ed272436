import { Show } from "solid-js";
import { reasonLengthMax } from "../../contract/mending.ts";
import { mendWords } from "../../i18n/mend-words.ts";
import { actionTold } from "./action-told.ts";
import { MendFields } from "./MendFields.tsx";
import { createMendForm, type MendFormProps } from "./mend-form-state.ts";

/** One action's form: what it needs, why, and the button that proposes it or does it. */
export function MendForm(props: MendFormProps) {
  const { office, action } = props;
  const words = () => mendWords(office.language());
  const told = () => actionTold(words(), action, props.subject);
  const form = createMendForm(props);
  return (
    <form
      class="mend-form"
      data-testid="mend-form"
      onSubmit={(event) => {
        event.preventDefault();
        void form.send();
      }}
    >
      <h3>
        {told().title} <span class="num">{form.amount()}</span>
      </h3>
      <p class="soft">{told().text}</p>
      <MendFields office={office} subject={props.subject} action={action} typed={form.typed()} type={form.type} />
      <label class="pick grow">
        <span>{words().reason}</span>
        <input
          type="text"
          maxLength={reasonLengthMax}
          placeholder={words().reasonHint}
          data-testid="mend-reason"
          value={form.reason()}
          onInput={(event) => form.setReason(event.currentTarget.value)}
        />
      </label>
      <Show when={form.fault()}>
        {(text) => (
          <p class="fault" role="alert" data-testid="mend-fault">
            {text()}
          </p>
        )}
      </Show>
      <div class="buttons">
        <button class="go" type="submit" data-testid="mend-go" disabled={form.isSending() || !form.isComplete()}>
          {props.needsSecond ? words().propose(told().title, form.amount()) : words().doIt(told().title)}
        </button>
        <button class="plain" type="button" onClick={() => props.leave()}>
          {words().cancel}
        </button>
      </div>
    </form>
  );
}
