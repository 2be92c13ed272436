import { Match, Switch } from "solid-js";
import type { ApiKeysShown } from "../../contract/api.ts";
import { outsideWords } from "../../i18n/outside-words.ts";
import { Icon } from "../../ui/parts/icons.tsx";
import type { Office } from "../office.ts";
import { momentText } from "./outside-parts.tsx";

export type ShownKey = ApiKeysShown["keys"][number];
/** A key that ends within this is to be replaced soon. */
const soonMs = 14 * 86_400_000;

/** How a key stands at `now`. */
export function standOf(key: ShownKey, now: number): "inForce" | "soon" | "expired" | "revoked" {
  if (key.revokedAt !== null) return "revoked";
  if (key.expiresAt <= now) return "expired";
  return key.expiresAt - now < soonMs ? "soon" : "inForce";
}

/** The same as a mark with its word. */
export function KeyState(props: { readonly office: Office; readonly of: ShownKey }) {
  const words = () => outsideWords(props.office.language()).keys;
  const stand = () => standOf(props.of, props.office.browser.clock.now());
  return (
    <Switch>
      <Match when={stand() === "inForce"}>
        <span class="state received calm">
          <Icon name="check" /> {words().inForce}
        </span>
      </Match>
      <Match when={stand() === "soon"}>
        <span class="state doubt">
          <Icon name="wait" /> {words().soon}
        </span>
      </Match>
      <Match when={stand() === "expired"}>
        <span class="state over">{words().expired}</span>
      </Match>
      <Match when={props.of.revokedAt}>
        {(at) => <span class="state over num">{words().revoked(momentText(props.office, at()).slice(0, 10))}</span>}
      </Match>
    </Switch>
  );
}
