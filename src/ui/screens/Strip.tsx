import { createSignal, For, Show, type JSX } from "solid-js";
import { languageNames, languages } from "../../i18n/languages.ts";
import { Icon } from "../parts/icons.tsx";
import { useTill } from "../till.ts";

/** The state at the edge. Green is silence: it shows what is wrong, not what is right. */
export function Strip(): JSX.Element {
  const { state, words, formats, zone, now } = useTill();
  const settings = () => state().settings;
  const connection = () => state().connection;
  return (
    <footer class="strip" data-testid="strip" data-online={connection().online} data-unsent={connection().unsent}>
      <Show when={settings()}>
        {(shop) => (
          <span>
            {shop().store.name} · {words().till(shop().label)}
          </span>
        )}
      </Show>
      <Show when={state().who}>{(who) => <span class="who">{words().strip.cashier(who().name)}</span>}</Show>
      <Troubles />
      <span class="end">
        <Doors />
        <span class="num">{formats().time(now(), zone())}</span>
      </span>
    </footer>
  );
}

/** What is wrong, each with its own word. */
function Troubles(): JSX.Element {
  const { register, state, words, formats, zone } = useTill();
  const connection = () => state().connection;
  const printerTrouble = () => words().strip.printer(state().printer.status);
  function unsent(): string | null {
    const { unsent: count, oldestUnsentAt } = connection();
    if (count === 0) return null;
    return words().strip.unsent(
      count,
      oldestUnsentAt === null || connection().online ? null : formats().time(oldestUnsentAt, zone()),
    );
  }
  return (
    <>
      <Show when={state().phase !== "activation" && (!connection().online || connection().unsent > 0)}>
        <span class="bad" data-testid="connection">
          <Icon name={connection().online ? "upload" : "offline"} />
          {[connection().online ? null : words().strip.offline, unsent()].filter((each) => each !== null).join(" · ")}
        </span>
      </Show>
      <Show when={state().phase === "selling" && !state().storage.persisted}>
        <span class="bad" data-testid="fragile">
          <Icon name="warning" /> {words().strip.fragile}
        </span>
      </Show>
      <Show when={state().phase === "selling" && state().cutPassed}>
        <button type="button" class="bad" data-testid="cut-passed" onClick={() => void register.showShift()}>
          <Icon name="wait" /> {words().strip.cut}
        </button>
      </Show>
      <Show when={state().clockOffMs !== 0}>
        <span class="bad" data-testid="clock-off">
          <Icon name="wait" /> {words().strip.clockOff(Math.round(Math.abs(state().clockOffMs) / 60_000))}
        </span>
      </Show>
      <Show when={printerTrouble()}>
        {(trouble) => (
          <span class="bad" data-testid="printer-trouble">
            <Icon name="printer" /> {trouble()}
          </span>
        )}
      </Show>
      <Show when={state().storage.fault}>
        {(fault) => (
          <span class="bad" role="alert" data-testid="storage-fault">
            <Icon name="warning" /> {words().broken[fault().kind].title}
          </span>
        )}
      </Show>
    </>
  );
}

function Doors(): JSX.Element {
  const { register, shell, state, words, ask } = useTill();
  const [isWhole, setIsWhole] = createSignal(false);
  // on a narrow screen what is pressed once a week stands behind one key
  const rare = () => ({ rare: state().phase === "selling" && !isWhole() });
  return (
    <>
      <Show when={shell.updateReady()}>
        <button type="button" data-testid="update" onClick={() => shell.update()}>
          {words().strip.update}
        </button>
      </Show>
      <InstallOffer />
      <Show when={state().phase === "selling"}>
        <DeviceDoors rare={rare().rare} />
        <button
          type="button"
          classList={{ wanted: shell.displayWanted(), rare: rare().rare && !shell.displayWanted() }}
          data-testid="open-display"
          onClick={() => shell.openDisplay()}
        >
          <Icon name="screen" /> {words().strip.display}
        </button>
        <button type="button" data-testid="open-shift-page" onClick={() => void register.showShift()}>
          <Icon name="drawer" /> {words().strip.shift}
        </button>
        <button type="button" data-testid="open-sales" onClick={() => void register.showDaysSales()}>
          <Icon name="list" /> {words().strip.sales}
        </button>
        <button type="button" classList={rare()} data-testid="open-keys" onClick={() => ask({ kind: "keys" })}>
          <Icon name="keyboard" /> {words().strip.keys}
        </button>
        <button type="button" data-testid="sign-off" onClick={() => register.signOff()}>
          <Icon name="person" /> {words().strip.signOff}
        </button>
      </Show>
      <LanguageDoor rare={rare().rare} />
      <Show when={state().phase === "selling"}>
        <button
          type="button"
          class="more"
          data-testid="strip-more"
          aria-expanded={isWhole()}
          onClick={() => setIsWhole(!isWhole())}
        >
          <Icon name={isWhole() ? "up" : "down"} /> {words().strip.more}
        </button>
      </Show>
    </>
  );
}

function InstallOffer(): JSX.Element {
  const { shell, words } = useTill();
  return (
    <>
      <Show when={shell.install.isOffered()}>
        <button type="button" data-testid="install-app" onClick={() => shell.install.accept()}>
          <Icon name="upload" /> {words().strip.install}
        </button>
        <button type="button" data-testid="install-not" onClick={() => shell.install.decline()}>
          {words().strip.installNot}
        </button>
      </Show>
    </>
  );
}

function DeviceDoors(props: { readonly rare: boolean }): JSX.Element {
  const { register, shell, state, words } = useTill();
  return (
    <>
      <Show when={state().printer.status.kind === "notPaired"}>
        <button type="button" data-testid="pair-printer" onClick={() => void register.pairPrinter()}>
          <Icon name="printer" /> {words().strip.pairPrinter}
        </button>
      </Show>
      <Show when={shell.scanner.isOffered()}>
        <button
          type="button"
          classList={{ rare: props.rare }}
          data-testid="pair-scanner"
          onClick={() => shell.scanner.pair()}
        >
          <Icon name="code" /> {words().strip.pairScanner}
        </button>
      </Show>
      <Show when={state().printer.status.kind !== "notPaired"}>
        <label class="language" classList={{ rare: props.rare }}>
          <Icon name="printer" />
          <select
            data-testid="paper-width"
            aria-label={words().strip.paper}
            value={shell.paperWidthMm()}
            onChange={(event) => shell.setPaperWidthMm(event.currentTarget.value === "58" ? 58 : 80)}
          >
            <For each={[80, 58]}>{(width) => <option value={width}>{width} mm</option>}</For>
          </select>
        </label>
      </Show>
    </>
  );
}

function LanguageDoor(props: { readonly rare: boolean }): JSX.Element {
  const { shell, words, language } = useTill();
  return (
    <>
      <label class="language" classList={{ rare: props.rare }}>
        <Icon name="globe" />
        <select
          data-testid="language"
          aria-label={words().strip.language}
          value={language()}
          onChange={(event) => shell.setLanguage(event.currentTarget.value as ReturnType<typeof language>)}
        >
          <For each={languages}>{(each) => <option value={each}>{languageNames[each]}</option>}</For>
        </select>
      </label>
    </>
  );
}
