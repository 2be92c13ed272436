import { Show } from "solid-js";
import { Icon } from "../ui/parts/icons.tsx";
import type { Office } from "./office.ts";

/** Why a file was not read or taken in, the same one again where that may come out otherwise, and the way to another. */
export function RefusedFile(props: {
  readonly office: Office;
  readonly why: string;
  /** Null where the same file would be refused again. */
  readonly retry: (() => void) | null;
  readonly again: string;
  readonly clear: () => void;
  readonly testId: string;
}) {
  return (
    <div class="drop-refused" role="alert" data-testid={`${props.testId}-failed`}>
      <p class="state danger">
        <Icon name="warning" />
        <span>{props.why}</span>
      </p>
      <div class="row">
        <Show when={props.retry}>
          {(retry) => (
            <button class="go" onClick={() => retry()()}>
              {props.office.words().trouble.retry}
            </button>
          )}
        </Show>
        <button class="plain" onClick={() => props.clear()}>
          {props.again}
        </button>
      </div>
    </div>
  );
}
