import { onMount, type JSX } from "solid-js";

/** Something over the whole screen until it is closed; keys pressed in it go nowhere else. Esc closes it. */
export function Overlay(props: {
  readonly class: string;
  readonly testId: string;
  readonly label: string;
  readonly close: () => void;
  /** Hears a key first; true when it was meant for it. */
  readonly onKey?: (event: KeyboardEvent) => boolean;
  readonly children: JSX.Element;
}): JSX.Element {
  let dialog!: HTMLDialogElement;
  onMount(() => dialog.showModal());
  const hear = (event: KeyboardEvent): void => {
    event.stopPropagation();
    if (props.onKey?.(event) === true) event.preventDefault();
  };
  return (
    <dialog
      ref={dialog}
      class={props.class}
      data-testid={props.testId}
      aria-label={props.label}
      on:keydown={hear}
      on:close={() => props.close()}
    >
      {props.children}
    </dialog>
  );
}
