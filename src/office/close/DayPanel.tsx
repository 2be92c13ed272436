import { createSignal, For, Show } from "solid-js";
import type { LeftOpen, StoreDay } from "../../contract/store-close.ts";
import { closeWords } from "../../i18n/close-words.ts";
import type { Office } from "../office.ts";
import { PanelHead } from "../PanelHead.tsx";
import { createOnce } from "../send-once.ts";
import { closeClient } from "./close-client.ts";
import { ShiftsTable } from "./ShiftsTable.tsx";

/** One day: what is open of it, its shifts, and closing it over what is open. */
export function DayPanel(props: {
  readonly office: Office;
  readonly day: StoreDay;
  /** The earliest day that is not closed; null when all are. */
  readonly firstOpen: string | null;
  readonly onClosed: () => void;
  readonly toDay: (day: string) => void;
}) {
  const { office } = props;
  const words = () => closeWords(office.language());
  const day = () => props.day;
  const earlier = (): string | null =>
    props.firstOpen !== null && props.firstOpen < day().day ? props.firstOpen : null;
  return (
    <aside class="panel close-panel" aria-label={day().day} data-testid="close-panel">
      <PanelHead office={office} title={day().day} isNumber close={() => office.close()} />
      <div class="panel-body">
        <Show when={day().closedBy}>
          {(who) => (
            <p class="soft" data-testid="close-by">
              {words().closedBy(who(), at(office, day()))}
              <Show when={day().reason !== ""}> · {day().reason}</Show>
            </p>
          )}
        </Show>
        <h4>{day().state === "open" ? words().stillOpen : words().wasOpen}</h4>
        <Open office={office} open={day().leftOpen} isNow={day().state === "open"} />
        <h4>{words().shifts}</h4>
        <ShiftsTable office={office} day={day()} />
        <Show when={day().state === "open" && office.may("closeStore")}>
          <Show
            when={day().day < office.today()}
            fallback={
              <p class="soft num" data-testid="close-from">
                {words().closesFrom(
                  office.formats().dateTime(day().closesFrom, office.zoneOf(day().store)).slice(0, 16),
                )}
              </p>
            }
          >
            <Show when={earlier()} fallback={<CloseForm office={office} day={day()} onClosed={props.onClosed} />}>
              {(first) => (
                <div class="close-form">
                  <p class="soft">{words().earlierFirst(first())}</p>
                  <button class="plain to" data-testid="close-earlier" onClick={() => props.toDay(first())}>
                    {words().toEarlier(first())}
                  </button>
                </div>
              )}
            </Show>
          </Show>
        </Show>
      </div>
    </aside>
  );
}

function at(office: Office, day: StoreDay): string {
  return day.closedAt === null ? "" : office.formats().dateTime(day.closedAt, office.zoneOf(day.store)).slice(0, 16);
}

/** Where one sees to it. */
const placeOf: { readonly [What in keyof LeftOpen]?: string } = {
  breaks: "#reconciliation/open/breaks",
  waiting: "#reconciliation/open/waiting",
  aloneActs: "#alone",
  exceptions: "#exceptions",
};

/** What is open, with the way to it while it is. */
function Open(props: { readonly office: Office; readonly open: LeftOpen; readonly isNow: boolean }) {
  const words = () => closeWords(props.office.language());
  const some = () => (Object.keys(props.open) as (keyof LeftOpen)[]).filter((what) => props.open[what] > 0);
  return (
    <Show when={some().length > 0} fallback={<p class="soft">{words().nothingOpen}</p>}>
      <ul class="left-open" data-testid="close-open">
        <For each={some()}>
          {(what) => (
            <li classList={{ red: what === "breaks" || what === "exceptions" }}>
              <Show when={props.isNow && placeOf[what]} fallback={words().leftOpen[what](props.open[what])}>
                {(place) => (
                  <a href={place()} data-testid={`close-open-${what}`}>
                    {words().leftOpen[what](props.open[what])}
                  </a>
                )}
              </Show>
            </li>
          )}
        </For>
      </ul>
    </Show>
  );
}

/** Whether anything is open that does not only wait for the provider's bill. */
function needsSomebody({ waiting: _waiting, unbilled: _unbilled, ...others }: LeftOpen): boolean {
  return Object.values(others).some((count) => count > 0);
}

function CloseForm(props: { readonly office: Office; readonly day: StoreDay; readonly onClosed: () => void }) {
  const { office } = props;
  const words = () => closeWords(office.language());
  const [reason, setReason] = createSignal("");
  const [failure, setFailure] = createSignal<"failed" | "unknown" | null>(null);
  const once = createOnce();
  const send = async (): Promise<void> => {
    const answer = await closeClient.close(props.day.store, props.day.day, reason().trim());
    if (answer.ok) return props.onClosed();
    if (answer.refusal === "signedOut") office.setSession(null);
    setFailure(answer.refusal === "unreachable" || answer.refusal === "broken" ? "unknown" : "failed");
  };
  const close = (): Promise<void> => {
    setFailure(null);
    return once.run(send);
  };
  return (
    <form
      class="close-form"
      onSubmit={(event) => {
        event.preventDefault();
        void close();
      }}
    >
      <p class="soft">{words().closeNote}</p>
      <label class="pick grow">
        <span>{words().reason}</span>
        <input
          type="text"
          maxLength={200}
          data-testid="close-reason"
          value={reason()}
          onInput={(event) => setReason(event.currentTarget.value)}
        />
      </label>
      <Show when={failure()}>
        {(why) => (
          <p class="fault" role="alert" data-testid="close-failed">
            {words()[why()]}
          </p>
        )}
      </Show>
      <button class="go" type="submit" data-testid="close-go" disabled={once.isSending()}>
        {needsSomebody(props.day.leftOpen) ? words().closeOver : words().close}
      </button>
    </form>
  );
}
