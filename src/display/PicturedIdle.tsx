import { For, type JSX } from "solid-js";
import type { DisplayWords } from "../i18n/display-words.ts";

/** While nobody is served: the shop's pictures, and its welcome on a ground of its own, so that it is read over any of them. */
export function PicturedIdle(props: {
  readonly hung: readonly HTMLImageElement[];
  readonly shop: string;
  readonly words: DisplayWords;
}): JSX.Element {
  return (
    <main class="pictured" data-testid="pictured">
      <div class="hung">
        <For each={props.hung}>{(image) => image}</For>
      </div>
      <div class="greeting">
        <h1>{props.words.welcome}</h1>
        <p>{props.shop}</p>
      </div>
    </main>
  );
}
