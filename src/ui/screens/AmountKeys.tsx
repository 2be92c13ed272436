import type { JSX } from "solid-js";
import type { AmountEntry } from "../amount-entry.ts";
import { Keypad } from "../parts/Keypad.tsx";
import { useTill } from "../till.ts";

/** The digits for an amount: a point, or two noughts where the currency has no cents. */
export function AmountKeys(props: {
  readonly entry: Pick<AmountEntry, "decimals" | "type" | "back">;
  readonly children?: JSX.Element;
}): JSX.Element {
  const { words } = useTill();
  const left = () =>
    props.entry.decimals() === 0
      ? { label: "00", press: () => ["0", "0"].forEach((zero) => props.entry.type(zero)) }
      : { label: ".", press: () => props.entry.type(".") };
  return (
    <Keypad
      onDigit={(digit) => props.entry.type(digit)}
      onBack={() => props.entry.back()}
      backLabel={words().signOn.back}
      left={left()}
    >
      {props.children}
    </Keypad>
  );
}
