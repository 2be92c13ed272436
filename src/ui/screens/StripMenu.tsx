import { createEffect, createMemo, For, on, Show, type JSX } from "solid-js";
import { Icon } from "../parts/icons.tsx";
import { useTill } from "../till.ts";
import { troubleIcons, troublesOf, troubleText } from "../troubles.ts";
import { LanguageChoice } from "./LanguageChoice.tsx";

const scannerKinds = ["hid", "serial"] as const;

/** What is pressed once a week, and everything that is wrong in full. Closes at a choice, at Esc, and at a press beside it. */
export function StripMenu(): JSX.Element {
  const { shell, words, ask, asked, state } = useTill();
  let menu!: HTMLDivElement;
  const close = (): void => {
    if (menu.matches(":popover-open")) menu.hidePopover();
  };
  // a key, or a scan, that leads to another page is no press beside it
  const page = createMemo(() => [state().phase, state().counter.kind, asked()?.kind ?? ""].join("/"));
  createEffect(on(page, close, { defer: true }));
  // Esc closes the menu and does nothing else
  const onKey = (event: KeyboardEvent): void => {
    if (event.key === "Escape" && menu.matches(":popover-open")) event.stopPropagation();
  };
  const onClick = (event: MouseEvent): void => {
    if (event.target instanceof Element && event.target.closest("button") !== null) close();
  };
  return (
    <span class="morebox" on:keydown={onKey}>
      <button type="button" data-testid="strip-more" popovertarget="strip-menu">
        <Icon name="more" /> <span class="word">{words().strip.more}</span>
      </button>
      <div
        ref={menu}
        id="strip-menu"
        class="stripmenu"
        popover="auto"
        data-testid="strip-menu"
        onClick={onClick}
        onChange={close}
      >
        <TroublesInFull />
        <Show when={shell.install.isOffered()}>
          <button type="button" data-testid="menu-install" onClick={() => shell.install.accept()}>
            <Icon name="upload" /> {words().strip.install}
          </button>
        </Show>
        <button type="button" data-testid="open-display" onClick={() => shell.openDisplay()}>
          <Icon name="screen" /> {words().strip.display}
        </button>
        <button type="button" data-testid="open-keys" onClick={() => ask({ kind: "keys" })}>
          <Icon name="keyboard" /> {words().strip.keys}
        </button>
        <button type="button" data-testid="open-own-pin" onClick={() => ask({ kind: "ownPin" })}>
          <Icon name="shield" /> {words().strip.ownPin}
        </button>
        <For each={scannerKinds}>
          {(kind) => (
            <Show when={shell.scanners[kind].isOffered()}>
              <button type="button" data-testid={`pair-scanner-${kind}`} onClick={() => shell.scanners[kind].pair()}>
                <Icon name="code" /> {words().strip.pairScanner[kind]}
              </button>
            </Show>
          )}
        </For>
        <PaperChoice />
        <LanguageChoice />
      </div>
    </span>
  );
}

function TroublesInFull(): JSX.Element {
  const till = useTill();
  return (
    <For each={troublesOf(till)}>
      {(kind) => (
        <p class="bad">
          <Icon name={troubleIcons[kind]} /> {troubleText(kind, till)}
        </p>
      )}
    </For>
  );
}

function PaperChoice(): JSX.Element {
  const { shell, state, words } = useTill();
  return (
    <Show when={state().printer.status.kind !== "notPaired"}>
      <label class="choice">
        <Icon name="printer" />
        <span>{words().strip.paper}</span>
        <select
          data-testid="paper-width"
          value={shell.paperWidthMm()}
          onChange={(event) => shell.setPaperWidthMm(event.currentTarget.value === "58" ? 58 : 80)}
        >
          <For each={[80, 58]}>{(width) => <option value={width}>{width} mm</option>}</For>
        </select>
      </label>
    </Show>
  );
}
