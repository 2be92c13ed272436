import { createMemo, For, lazy, Show, type JSX } from "solid-js";
import { Icon, type IconName } from "../parts/icons.tsx";
import { useTill } from "../till.ts";
import { troubleIcons, troublesOf, troubleText, type TroubleKind } from "../troubles.ts";
import { LanguageChoice } from "./LanguageChoice.tsx";

/** Comes with the selling screen: before it there is nothing to choose in it. */
const StripMenu = lazy(async () => ({ default: (await import("./StripMenu.tsx")).StripMenu }));

/** The state at the edge, in one row. Green is silence: it shows what is wrong, not what is right. */
export function Strip(): JSX.Element {
  const { state, words, formats, zone, now } = useTill();
  const settings = () => state().settings;
  const connection = () => state().connection;
  return (
    <footer class="strip" data-testid="strip" data-online={connection().online} data-unsent={connection().unsent}>
      <Show when={settings()}>
        {(shop) => (
          <span class="place">
            {shop().store.name} · {words().till(shop().label)}
          </span>
        )}
      </Show>
      <Show when={state().who}>{(who) => <span class="who">{words().strip.cashier(who().name)}</span>}</Show>
      <Troubles />
      <Doors />
      <span class="num clock">{formats().time(now(), zone())}</span>
    </footer>
  );
}

/** What is wrong, each with its own word; where there is no room for all, the worst keeps its words longest. */
function Troubles(): JSX.Element {
  const till = useTill();
  const kinds = createMemo(() => troublesOf(till), [], {
    equals: (one, other) => one.join() === other.join(),
  });
  return (
    <div class="troubles">
      <For each={kinds()}>{(kind) => <Trouble kind={kind} />}</For>
    </div>
  );
}

function Trouble(props: { readonly kind: TroubleKind }): JSX.Element {
  const till = useTill();
  const icon = (): IconName =>
    props.kind === "connection" && till.state().connection.online ? "upload" : troubleIcons[props.kind];
  const told = (): JSX.Element => (
    <>
      <Icon name={icon()} /> <span>{troubleText(props.kind, till)}</span>
    </>
  );
  return (
    <Show
      when={props.kind === "cut-passed"}
      fallback={
        <span class="bad" role={props.kind === "storage-fault" ? "alert" : undefined} data-testid={props.kind}>
          {told()}
        </span>
      }
    >
      <button type="button" class="bad" data-testid={props.kind} onClick={() => void till.register.showShift()}>
        {told()}
      </button>
    </Show>
  );
}

function Doors(): JSX.Element {
  const { register, shell, state, words } = useTill();
  const isSelling = (): boolean => state().phase === "selling";
  return (
    <div class="doors">
      <Show when={shell.updateReady()}>
        <button type="button" class="offered" data-testid="update" onClick={() => shell.update()}>
          <Icon name="upload" /> <span class="word">{words().strip.update}</span>
        </button>
      </Show>
      <InstallOffer />
      <Show when={isSelling()} fallback={<LanguageChoice />}>
        <Show when={state().printer.status.kind === "notPaired"}>
          <Door
            name="pair-printer"
            icon="printer"
            word={words().strip.pairPrinter}
            press={() => void register.pairPrinter()}
          />
        </Show>
        <Show when={shell.displayWanted()}>
          <button type="button" class="wanted" data-testid="open-display" onClick={() => shell.openDisplay()}>
            <Icon name="screen" /> {words().strip.display}
          </button>
        </Show>
        <Door name="open-shift-page" icon="drawer" word={words().strip.shift} press={() => void register.showShift()} />
        <Door name="open-sales" icon="list" word={words().strip.sales} press={() => void register.showDaysSales()} />
        <Door name="sign-off" icon="person" word={words().strip.signOff} press={() => register.signOff()} />
        <StripMenu />
      </Show>
    </div>
  );
}

/** A key of the strip; on a phone its word is for the ear only. */
function Door(props: {
  readonly name: string;
  readonly icon: IconName;
  readonly word: string;
  readonly press: () => void;
}): JSX.Element {
  return (
    <button type="button" data-testid={props.name} onClick={() => props.press()}>
      <Icon name={props.icon} /> <span class="word">{props.word}</span>
    </button>
  );
}

/** On a phone the strip has no room for it: it stands in the menu. */
function InstallOffer(): JSX.Element {
  const { shell, words } = useTill();
  return (
    <Show when={shell.install.isOffered()}>
      <button type="button" class="offered install" data-testid="install-app" onClick={() => shell.install.accept()}>
        <Icon name="upload" /> <span class="word">{words().strip.install}</span>
      </button>
      <button
        type="button"
        class="install"
        data-testid="install-not"
        aria-label={words().strip.installNot}
        onClick={() => shell.install.decline()}
      >
        <Icon name="close" />
      </button>
    </Show>
  );
}
