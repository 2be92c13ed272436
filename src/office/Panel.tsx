import { createEffect, createSignal, Show, type JSX } from "solid-js";
import type { Live } from "./live.ts";
import type { Office } from "./office.ts";
import { PanelHead } from "./PanelHead.tsx";
import { Reading, Stale, TroubleNote } from "./states.tsx";

/** How long "copied" is shown. */
const copiedMs = 1_500;

/** Where an opened sale or payment is read: beside its list, or below it on a narrow screen. */
export function Panel<Told>(props: {
  readonly office: Office;
  readonly live: Live<Told>;
  readonly title: string;
  readonly testId: string;
  readonly children: JSX.Element;
}) {
  const office = props.office;
  createEffect(() => {
    if (props.live.trouble() === "signedOut") office.setSession(null);
  });
  return (
    <aside class="panel" data-testid={props.testId} aria-label={props.title}>
      <PanelHead office={office} title={props.title} isNumber close={() => office.open(office.place().view)} />
      <Stale office={office} trouble={props.live.trouble()} readAt={props.live.readAt()} />
      <div class="panel-body">
        <Show
          when={props.live.value()}
          fallback={
            <Show when={props.live.trouble() !== null} fallback={<Reading office={office} />}>
              <TroubleNote office={office} trouble={props.live.trouble()} retry={() => void props.live.refresh()} />
            </Show>
          }
        >
          {props.children}
        </Show>
      </div>
    </aside>
  );
}

/** A number as long as it is, and a button that copies it. */
export function LongNumber(props: { readonly office: Office; readonly text: string; readonly label: string }) {
  const [isCopied, setCopied] = createSignal(false);
  const { clock } = props.office.browser;
  const copy = async (): Promise<void> => {
    if (!(await props.office.browser.copy(props.text))) return;
    setCopied(true);
    const cancel = clock.every(copiedMs, () => {
      cancel();
      setCopied(false);
    });
  };
  return (
    <span class="number num">
      <span class="digits">{props.text}</span>
      <button class="copy" aria-label={`${props.office.words().copy} ${props.label}`} onClick={() => void copy()}>
        {isCopied() ? props.office.words().copied : props.office.words().copy}
      </button>
    </span>
  );
}
