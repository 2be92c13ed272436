import { lazy, Match, Show, Switch, type JSX } from "solid-js";
import type { Register } from "../register/register.ts";
import { ActivationScreen } from "./screens/ActivationScreen.tsx";
import { BrokenScreen } from "./screens/BrokenScreen.tsx";
import { OpenShift } from "./screens/OpenShift.tsx";
import { SellingScreen } from "./screens/SellingScreen.tsx";
import { SignOnScreen } from "./screens/SignOnScreen.tsx";
import { Strip } from "./screens/Strip.tsx";
import { createTill, TillContext, type Shell } from "./till.ts";

/** Fetched when a journal file is opened: few ever are. */
const JournalFile = lazy(async () => ({ default: (await import("./screens/JournalFile.tsx")).JournalFile }));

/** The till's window: one screen at a time over one strip of state. */
export function App(props: { readonly register: Register; readonly shell: Shell }): JSX.Element {
  const till = createTill(props.register, props.shell);
  const phase = (): string => till.state().phase;
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
          <Match when={phase() === "selling"}>
            <SellingScreen />
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
