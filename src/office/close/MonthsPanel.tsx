import { createSignal, For, Show } from "solid-js";
import type { StoreMonth, StoreMonths } from "../../contract/store-close.ts";
import { closeWords } from "../../i18n/close-words.ts";
import { Icon } from "../../ui/parts/icons.tsx";
import { booksRefreshMs } from "../books/books-parts.ts";
import { LiveFrame } from "../books/LiveFrame.tsx";
import { createLive } from "../live.ts";
import type { Office } from "../office.ts";
import { PanelHead } from "../PanelHead.tsx";
import { AskSecond, createAsking } from "../people/ask-second.tsx";
import { Empty } from "../states.tsx";
import { closeClient } from "./close-client.ts";

/** A store's months that are over: which are locked and by whom, and locking one whose days are all closed. */
export function MonthsPanel(props: { readonly office: Office; readonly store: string; readonly onLocked: () => void }) {
  const { office } = props;
  const words = () => closeWords(office.language()).months;
  const live = createLive<string, StoreMonths>(
    () => props.store,
    closeClient.months,
    office.browser.clock,
    booksRefreshMs,
  );
  const locking = createLocking(
    props,
    () => {
      void live.refresh();
      props.onLocked();
    },
    () => void live.refresh(),
  );
  return (
    <aside class="panel close-panel" aria-label={words().title} data-testid="months-panel">
      <PanelHead office={office} title={words().title} close={() => office.close()} />
      <div class="panel-body" tabIndex={0}>
        <p class="soft">{words().note}</p>
        <Show when={locking.failure()}>
          {(why) => (
            <p class="fault" role="alert" data-testid="month-failed">
              {words()[why()]}
            </p>
          )}
        </Show>
        <Show when={locking.proposed()}>
          {(id) => (
            <>
              <h3 class="num" data-testid="month-asked">{`${locking.month()} · ${words().lockForGood}`}</h3>
              <AskSecond
                office={office}
                id={id()}
                done={(approval) => void locking.run(approval)}
                leave={locking.leave}
              />
            </>
          )}
        </Show>
        <LiveFrame office={office} live={live}>
          {(told) => (
            <Show when={told().months.length > 0} fallback={<Empty told={words().empty} />}>
              <MonthsTable office={office} store={props.store} months={told().months} locking={locking} />
            </Show>
          )}
        </LiveFrame>
      </div>
    </aside>
  );
}

/** Locking one month, with another person's yes where the shop's table asks for it. */
function createLocking(
  props: { readonly office: Office; readonly store: string },
  onLocked: () => void,
  onFailed: () => void,
) {
  const [month, setMonth] = createSignal("");
  const [failure, setFailure] = createSignal<"failed" | "unknown" | null>(null);
  const asking = createAsking<StoreMonths>(
    (approval) => closeClient.lock(props.store, month(), approval),
    onLocked,
    (why) => {
      if (why === "signedOut") props.office.setSession(null);
      // it may have been locked all the same: the same again locks once
      setFailure(why === "unreachable" || why === "broken" ? "unknown" : "failed");
      onFailed();
    },
  );
  return {
    month,
    failure,
    proposed: asking.proposed,
    isSending: asking.isSending,
    run: asking.run,
    leave: asking.leave,
    lock(of: string): void {
      setMonth(of);
      setFailure(null);
      void asking.run();
    },
  };
}

type Locking = ReturnType<typeof createLocking>;

function MonthsTable(props: {
  readonly office: Office;
  readonly store: string;
  readonly months: readonly StoreMonth[];
  readonly locking: Locking;
}) {
  const { office } = props;
  const words = () => closeWords(office.language()).months;
  const [pressed, setPressed] = createSignal<string | null>(null);
  return (
    <table class="num" data-testid="months-table">
      <thead>
        <tr>
          <th>{words().column.month}</th>
          <th>{words().column.state}</th>
          <th class="r">{words().column.who}</th>
        </tr>
      </thead>
      <tbody>
        <For each={props.months}>
          {(month) => (
            <tr data-testid="month-row" data-state={month.state}>
              <td class="month">{month.month}</td>
              <td>
                <Show when={month.state !== "after"} fallback={<span class="soft">{words().state.after}</span>}>
                  <span class="state" classList={{ good: month.state === "locked" }}>
                    <Icon name={month.state === "locked" ? "check" : "history"} />
                    {words().state[month.state]}
                  </span>
                </Show>
              </td>
              <td class="r">
                <Show
                  when={month.state === "ready" && office.may("lockMonth")}
                  fallback={<span class="soft">{lockedText(office, props.store, month)}</span>}
                >
                  <LockButton
                    office={office}
                    locking={props.locking}
                    month={month.month}
                    isPressed={pressed() === month.month}
                    press={() => setPressed(month.month)}
                  />
                </Show>
              </td>
            </tr>
          )}
        </For>
      </tbody>
    </table>
  );
}

/** Pressed twice, because it cannot be taken back. */
function LockButton(props: {
  readonly office: Office;
  readonly locking: Locking;
  readonly month: string;
  readonly isPressed: boolean;
  readonly press: () => void;
}) {
  const words = () => closeWords(props.office.language()).months;
  return (
    <button
      class="plain"
      classList={{ danger: props.isPressed }}
      data-testid="month-lock"
      disabled={props.locking.isSending() || props.locking.proposed() !== null}
      onClick={() => (props.isPressed ? props.locking.lock(props.month) : props.press())}
    >
      {props.isPressed ? words().lockForGood : words().lock}
    </button>
  );
}

function lockedText(office: Office, store: string, { lockedBy, secondPerson, lockedAt }: StoreMonth): string {
  if (lockedBy === null || lockedAt === null) return "";
  const at = office.formats().dateTime(lockedAt, office.zoneOf(store)).slice(0, 16);
  return closeWords(office.language()).months.lockedBy(lockedBy, secondPerson ?? "", at);
}
