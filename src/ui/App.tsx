import { Match, Show, Switch, createSignal, lazy, type Accessor, type Component, type JSX } from "solid-js";
import { Dynamic } from "solid-js/web";
import type { Register } from "../register/register.ts";
import { ActivationScreen } from "./screens/ActivationScreen.tsx";
import { BrokenScreen } from "./screens/BrokenScreen.tsx";
import { OpenShift } from "./screens/OpenShift.tsx";
import { SignOnScreen } from "./screens/SignOnScreen.tsx";
import { Strip } from "./screens/Strip.tsx";
import { createTill, TillContext, type Shell } from "./till.ts";

/** Fetched when a journal file is opened: few ever are. */
const JournalFile = lazy(async () => ({ default: (await import("./screens/JournalFile.tsx")).JournalFile }));

/** The till's window: one screen at a time over one strip of state. */
export function App(props: { readonly register: Register; readonly shell: Shell }): JSX.Element {
  const till = createTill(props.register, props.shell);
  const phase = (): string => till.state().phase;
  const selling = sellingScreen(props.shell);
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
          <Match when={phase() === "openShift"}>
            <OpenShift />
          </Match>
          <Match when={phase() === "selling" ? selling() : null}>{(screen) => <Dynamic component={screen()} />}</Match>
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

/**
 * The selling screen's code, whole, is read while somebody types their PIN: nothing is fetched on the way from the first item
 * to the receipt, and the first screen does not wait for it.
 */
function sellingScreen(shell: Shell): Accessor<Component | null> {
  const [screen, setScreen] = createSignal<Component | null>(null);
  shell.clock.after(0, () => {
    void import("./screens/SellingScreen.tsx").then(({ SellingScreen }) => setScreen(() => SellingScreen));
  });
  return screen;
}
