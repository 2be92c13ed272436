import type { JSX } from "solid-js";
import { Icon } from "../parts/icons.tsx";
import { useTill } from "../till.ts";

/** Storage failed: nothing can be sold, and this says what to do. */
export function BrokenScreen(): JSX.Element {
  const { state, words } = useTill();
  const told = () => words().broken[state().storage.fault?.kind ?? "failed"];
  return (
    <main class="alone">
      <div class="card danger" role="alert" data-testid="broken">
        <Icon name="warning" />
        <h1>{told().title}</h1>
        <p>{told().text}</p>
      </div>
    </main>
  );
}
