import { For, type JSX } from "solid-js";
import { money, subtract, type Money } from "../../domain/money.ts";
import type { Carried, TenderLeft } from "../../domain/returns.ts";
import type { ReturnWords } from "../../i18n/areas/return-words.ts";
import { useTill } from "../till.ts";

/** Where money goes back to: each of the sale's tenders with what is left on it and how much of it goes now. */
export function ReturnTo(props: {
  readonly words: ReturnWords;
  readonly left: readonly TenderLeft[];
  readonly parts: readonly Carried[];
}): JSX.Element {
  const { words, formats } = useTill();
  const partOf = (left: TenderLeft): Money =>
    props.parts.find(
      (part) =>
        part.kind === left.kind && (part.kind === "cash" || (left.kind === "payment" && part.attempt === left.attempt)),
    )?.amount ?? money(0, left.left.currency);
  return (
    <ul class="goes" data-testid="return-goes" aria-label={props.words.pick.goes}>
      <For each={props.left.filter((each) => each.left.amount > 0)}>
        {(left) => (
          <li data-testid={`goes-${left.kind === "cash" ? "cash" : left.channel}`}>
            <b>{left.kind === "cash" ? props.words.pick.toCash : props.words.pick.to(words().channel[left.channel])}</b>
            <span class="num">
              {props.words.pick.leftThere(
                formats().amount(left.left),
                formats().amount(subtract(left.left, partOf(left))),
              )}
            </span>
            <strong class="num" classList={{ zero: partOf(left).amount === 0 }}>
              {formats().money(partOf(left))}
            </strong>
          </li>
        )}
      </For>
    </ul>
  );
}
