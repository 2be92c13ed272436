import { For } from "solid-js";
import type { WalletBehaviour, WalletWords } from "../i18n/wallet-words.ts";
import type { Phone } from "./phone.ts";

const customer: readonly WalletBehaviour[] = ["usual", "0100", "0101", "0102", "0103", "0201", "0202", "0601", "0602"];
const platform: readonly WalletBehaviour[] = ["0301", "0302", "0303", "0304", "0305", "0401"];
const reversal: readonly WalletBehaviour[] = ["0501", "0502", "0503"];

/** What the next payment is to do, for the tester. */
export function BehaviourChoice(props: { readonly phone: Phone; readonly words: WalletWords }) {
  const group = (label: string, choices: readonly WalletBehaviour[]) => (
    <optgroup label={label}>
      <For each={choices}>{(choice) => <option value={choice}>{props.words.behaviours[choice]}</option>}</For>
    </optgroup>
  );
  return (
    <label class="choice">
      <span>{props.words.whatHappens}</span>
      <select
        data-testid="wallet-behaviour"
        value={props.phone.behaviour()}
        onChange={(event) => void props.phone.choose(event.currentTarget.value as WalletBehaviour)}
      >
        {group(props.words.groups.customer, customer)}
        {group(props.words.groups.platform, platform)}
        {group(props.words.groups.reversal, reversal)}
      </select>
    </label>
  );
}
