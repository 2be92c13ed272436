import { Show } from "solid-js";

/** One line of text with its name, what it is for, and what is wrong with it. */
export function TextField(props: {
  readonly title: string;
  readonly hint?: string | undefined;
  readonly value: string;
  readonly max: number;
  readonly isNeeded?: boolean;
  readonly isSecret?: boolean;
  readonly fault?: string | null;
  readonly testId: string;
  readonly set: (text: string) => void;
}) {
  return (
    <label class="field" classList={{ wrong: (props.fault ?? null) !== null }}>
      {props.title}
      <input
        type={props.isSecret === true ? "password" : "text"}
        maxLength={props.max}
        required={props.isNeeded === true}
        autocomplete="off"
        spellcheck={false}
        data-testid={props.testId}
        value={props.value}
        onInput={(event) => props.set(event.currentTarget.value)}
      />
      <Show when={props.fault} fallback={<small>{props.hint}</small>}>
        {(fault) => (
          <small class="danger" role="alert">
            {fault()}
          </small>
        )}
      </Show>
    </label>
  );
}
