import { createEffect, Show, type JSX } from "solid-js";
import type { OfficeTold } from "../i18n/office-words.ts";
import type { LiveList, ListRow } from "./live-list.ts";
import type { Office } from "./office.ts";
import { Empty, Reading, Stale, TroubleNote } from "./states.tsx";

/** Where a list stands: its table, or why there is none; new rows wait behind a button while one reads. */
export function ListFrame<Row extends ListRow, Totals>(props: {
  readonly office: Office;
  readonly list: LiveList<Row, Totals>;
  readonly empty: OfficeTold;
  readonly onScroll: (top: number) => void;
  /** The search above the sales and payments does not narrow this list. */
  readonly isUnsearched?: boolean;
  /** Nothing in it takes the keyboard: the list itself does, so that it can be scrolled. */
  readonly isPlain?: boolean;
  readonly children: JSX.Element;
}) {
  const office = props.office;
  const searched = (): string => (props.isUnsearched === true ? "" : office.query().trim());
  createEffect(() => {
    if (props.list.trouble() === "signedOut") office.setSession(null);
  });
  return (
    <section class="list">
      <Stale office={office} trouble={props.list.trouble()} readAt={props.list.readAt()} />
      <Show when={props.list.waiting() > 0}>
        <button class="new-rows num" data-testid="office-new-rows" onClick={() => props.list.showWaiting()}>
          {office.words().newRows(props.list.waiting())}
        </button>
      </Show>
      <div
        class="scroll"
        tabIndex={props.isPlain === true ? 0 : undefined}
        onScroll={(event) => props.onScroll(event.currentTarget.scrollTop)}
      >
        <Show
          when={props.list.rows()}
          fallback={
            <Show when={props.list.trouble() !== null} fallback={<Reading office={office} />}>
              <TroubleNote office={office} trouble={props.list.trouble()} retry={() => void props.list.refresh()} />
            </Show>
          }
        >
          <Show
            when={(props.list.rows()?.length ?? 0) > 0}
            fallback={<Empty told={searched() === "" ? props.empty : office.words().empty.found(searched())} />}
          >
            {props.children}
            <Show when={props.list.hasEarlier()}>
              <button class="plain earlier" onClick={() => void props.list.showEarlier()}>
                {office.words().earlier}
              </button>
            </Show>
          </Show>
        </Show>
      </div>
    </section>
  );
}

/** A row that a press or Enter opens; its button holds the keyboard, arrows go up and down. */
export function OpeningRow(props: {
  readonly isOpened: boolean;
  readonly open: () => void;
  readonly label: string;
  readonly time: string;
  readonly testId: string;
  /** Whether the keyboard goes on from here, as after coming back from what was opened. */
  readonly hasFocus?: boolean;
  readonly class?: string | undefined;
  readonly children: JSX.Element;
}) {
  return (
    <tr
      class={props.class}
      classList={{ opened: props.isOpened }}
      data-testid={props.testId}
      onClick={() => props.open()}
    >
      <td class="num time">
        <button
          class="opener"
          ref={(button) => queueMicrotask(() => props.hasFocus === true && button.focus())}
          aria-label={`${props.time} ${props.label}`}
          aria-expanded={props.isOpened}
          onClick={(event) => {
            event.stopPropagation();
            props.open();
          }}
          onKeyDown={moveWithArrows}
        >
          {props.time}
        </button>
      </td>
      {props.children}
    </tr>
  );
}

function moveWithArrows(event: KeyboardEvent & { readonly currentTarget: HTMLButtonElement }): void {
  if (event.key !== "ArrowDown" && event.key !== "ArrowUp") return;
  event.preventDefault();
  const row = event.currentTarget.closest("tr");
  const next = event.key === "ArrowDown" ? row?.nextElementSibling : row?.previousElementSibling;
  next?.querySelector<HTMLButtonElement>(".opener")?.focus();
}
