import { Match, Show, Switch, createSignal, lazy, type Accessor, type Component, type JSX } from "solid-js";
import { Dynamic } from "solid-js/web";
import type { Register } from "../register/register.ts";
import { ActivationScreen } from "./screens/ActivationScreen.tsx";
import { BrokenScreen } from "./screens/BrokenScreen.tsx";
import { SignOnScreen } from "./screens/SignOnScreen.tsx";
import { Strip } from "./screens/Strip.tsx";
import { createTill, TillContext, type Shell } from "./till.ts";

/** Fetched when a journal file is opened: few ever are. */
const JournalFile = lazy(async () => ({ default: (await import("./screens/JournalFile.tsx")).JournalFile }));

/** The till's window: one screen at a time over one strip of state. */
export function App(props: {
  readonly register: Register;
  readonly loadScreens: () => Promise<CounterScreens>;
  readonly shell: Shell;
}): JSX.Element {
  const till = createTill(props.register, props.shell);
  const phase = (): string => till.state().phase;
  const counter = screensOf(props.shell, props.loadScreens);
  return (
    <TillContext.Provider value={till}>
      <div class="till" data-testid="till" data-phase={phase()}>
        <Switch>
          <Match when={phase() === "activation"}>
            <ActivationScreen />
          </Match>
          <Match when={phase() === "signOn"}>
            <SignOnScreen />
          </Match>
          <Match when={phase() === "openShift" ? counter() : null}>
            {(screens) => <Dynamic component={screens().OpenShift} />}
          </Match>
          <Match when={phase() === "selling" ? counter() : null}>
            {(screens) => <Dynamic component={screens().SellingScreen} />}
          </Match>
          <Match when={phase() === "broken"}>
            <BrokenScreen />
          </Match>
        </Switch>
        <Show when={props.shell.journalFile()}>{(view) => <JournalFile view={view()} />}</Show>
        <Show when={phase() !== "starting"}>
          <Strip />
        </Show>
      </div>
    </TillContext.Provider>
  );
}

/** The screens behind signing on. */
export type CounterScreens = { readonly OpenShift: Component; readonly SellingScreen: Component };

/**
 * These screens and the desk's code are read, whole, while somebody types their PIN: nothing is fetched on the way from the first
 * item to the receipt, and the first screen does not wait for it.
 */
function screensOf(shell: Shell, load: () => Promise<CounterScreens>): Accessor<CounterScreens | null> {
  const [screens, setScreens] = createSignal<CounterScreens | null>(null);
  shell.clock.after(0, () => void load().then(setScreens));
  return screens;
}
