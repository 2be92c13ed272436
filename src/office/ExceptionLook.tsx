import { createSignal, Show } from "solid-js";
import type { OfficeException } from "../contract/office-exceptions.ts";
import type { Office } from "./office.ts";
import { createOnce } from "./send-once.ts";

/** Ends an exception by a person's look, who writes what came of it. */
export function ExceptionLook(props: {
  readonly office: Office;
  readonly exception: OfficeException;
  readonly done: () => void;
}) {
  const { office } = props;
  const words = () => office.words().exception;
  const [note, setNote] = createSignal("");
  const [isFailed, setFailed] = createSignal(false);
  const once = createOnce();
  const send = (event: SubmitEvent): void => {
    event.preventDefault();
    if (note().trim() === "") return;
    void once.run(async () => {
      const answer = await office.client.lookAtException(props.exception, note().trim());
      setFailed(!answer.ok);
      if (!answer.ok && answer.refusal === "signedOut") office.setSession(null);
      else props.done();
    });
  };
  return (
    <form class="look-at" onSubmit={send}>
      <input
        class="plain-input"
        type="text"
        maxLength={200}
        placeholder={words().lookNote}
        aria-label={words().lookNote}
        data-testid="exception-note"
        value={note()}
        onInput={(event) => setNote(event.currentTarget.value)}
      />
      <button class="plain" data-testid="exception-look" disabled={once.isSending() || note().trim() === ""}>
        {words().look}
      </button>
      <Show when={isFailed()}>
        <p class="fault" role="alert">
          {words().lookFailed}
        </p>
      </Show>
    </form>
  );
}
