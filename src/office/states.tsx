import { createSignal, onCleanup, Show, type JSX } from "solid-js";
import type { Instant } from "../domain/clock.ts";
import type { OfficeTold } from "../i18n/office-words.ts";
import { Icon } from "../ui/parts/icons.tsx";
import type { Office } from "./office.ts";
import type { Trouble } from "./office-client.ts";
import { mayTryAgain, troubleTold } from "./trouble-word.ts";

/** So long an answer may take before it is said that the gateway has not answered yet. */
const slowMs = 3_000;

/** Shown only when an answer takes long enough to be noticed; of one that takes longer than `slowMs`, that it is waited for. */
export function Reading(props: { readonly office: Office }) {
  const [isSlow, setIsSlow] = createSignal(false);
  onCleanup(props.office.browser.clock.every(slowMs, () => setIsSlow(true)));
  const words = () => props.office.words();
  return (
    <p class="reading" role="status" data-testid={isSlow() ? "office-slow" : undefined}>
      {isSlow() ? words().notAnswering : words().loading}
    </p>
  );
}

/** Nothing to show, and what comes next. */
export function Empty(props: {
  readonly told: OfficeTold;
  readonly isGood?: boolean;
  readonly children?: JSX.Element;
}) {
  return (
    <div class="empty" classList={{ good: props.isGood === true }}>
      <Show when={props.isGood}>
        <Icon name="check" />
      </Show>
      <b>{props.told.title}</b>
      <p>{props.told.text}</p>
      {props.children}
    </div>
  );
}

/** What went wrong and what to do, where the content would be. */
export function TroubleNote(props: {
  readonly office: Office;
  readonly trouble: Trouble | null;
  readonly retry: () => void;
}) {
  const told = (): OfficeTold => troubleTold(props.office.words(), props.trouble);
  return (
    <div class="trouble" role="alert" data-testid="office-trouble">
      <Icon name="warning" />
      <b>{told().title}</b>
      <p>{told().text}</p>
      <Show when={mayTryAgain(props.trouble)}>
        <button class="plain" onClick={() => props.retry()}>
          {props.office.words().trouble.retry}
        </button>
      </Show>
    </div>
  );
}

/** Above content that could not be refreshed: from when it is. */
export function Stale(props: {
  readonly office: Office;
  readonly trouble: Trouble | null;
  readonly readAt: number | null;
}) {
  return (
    <Show when={props.trouble !== null && props.trouble !== "signedOut" && props.readAt !== null}>
      <p class="stale" role="status">
        <Icon name="offline" />
        {props.office
          .words()
          .trouble.stale(
            props.office
              .formats()
              .timeToSecond((props.readAt ?? 0) as Instant, props.office.stores()[0]?.zone ?? "UTC"),
          )}
      </p>
    </Show>
  );
}

/** What a press came to that was not done: above what it was about, which stays as it was. */
export function Refused(props: { readonly office: Office; readonly trouble: Trouble | null }) {
  const told = (): OfficeTold => troubleTold(props.office.words(), props.trouble);
  return (
    <Show when={props.trouble !== null}>
      <p class="fault" role="alert" data-testid="office-refused">
        <b>{told().title}</b> {told().text}
      </p>
    </Show>
  );
}
