import { Show, type JSX } from "solid-js";
import type { Live } from "../live.ts";
import type { Office } from "../office.ts";
import { Reading, Stale, TroubleNote } from "../states.tsx";
import { endWhenSignedOut } from "./books-parts.ts";

/** What was read, or why it is not there; above what could not be refreshed, from when it is. */
export function LiveFrame<Told extends object>(props: {
  readonly office: Office;
  readonly live: Live<Told>;
  /** What must be known before it can be asked for. */
  readonly before?: Pick<Live<unknown>, "trouble" | "refresh">;
  readonly children: (told: () => Told) => JSX.Element;
}) {
  const { office } = props;
  endWhenSignedOut(office, props.live);
  const trouble = () => props.live.trouble() ?? props.before?.trouble() ?? null;
  const retry = (): void => {
    void props.before?.refresh();
    void props.live.refresh();
  };
  return (
    <>
      <Stale office={office} trouble={props.live.trouble()} readAt={props.live.readAt()} />
      <Show
        when={props.live.value()}
        fallback={
          <Show when={trouble() !== null} fallback={<Reading office={office} />}>
            <TroubleNote office={office} trouble={trouble()} retry={retry} />
          </Show>
        }
      >
        {(told) => props.children(told)}
      </Show>
    </>
  );
}
