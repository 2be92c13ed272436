import { For, type JSX } from "solid-js";
import { keyTable, keysOf, type Action } from "../keys.ts";
import { useTill } from "../till.ts";

const written: { readonly [name: string]: string } = { Escape: "Esc", Delete: "Del", Insert: "Ins", "-": "−" };

/** A key's name as it stands on the keyboard. */
export function writtenKey(key: string): string {
  return written[key] ?? key.replace("Shift+", "⇧ ");
}

/** The first key of an action as this person has it, to stand on the action's own button. */
export function Key(props: { readonly of: Action }): JSX.Element {
  const { shell } = useTill();
  const first = (): readonly string[] =>
    keyTable
      .filter((row) => row.action === props.of)
      .flatMap((row) => keysOf(row, shell.ownKeys()))
      .slice(0, 1);
  return <For each={first()}>{(key) => <kbd>{writtenKey(key)}</kbd>}</For>;
}
