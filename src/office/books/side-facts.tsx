import { Show, type JSX } from "solid-js";
import type { BankLineShown, BesideBills } from "../../contract/beside-bills.ts";
import type { ReconciliationItemOpened } from "../../contract/reconciliation.ts";
import type { Money } from "../../domain/money.ts";
import { reconcileWords } from "../../i18n/reconcile-words.ts";
import type { BooksParts } from "./books-parts.ts";

/** What stands behind an item that no bill has, of one kind. */
export type Beside<K extends BesideBills["kind"]> = Extract<BesideBills, { kind: K }>;
export type BesideProps = { readonly parts: BooksParts; readonly opened: ReconciliationItemOpened };

/** A line of the bank's, as it stands in its statement. */
export function BankLine(props: { readonly parts: BooksParts; readonly line: BankLineShown }) {
  const words = () => reconcileWords(props.parts.office.language()).beside;
  const line = () => props.line;
  return (
    <dl class="facts">
      <Sum parts={props.parts} word={line().bank} amount={line().amount} />
      <Fact word={words().day}>{`${line().day} ${line().time}`.trim()}</Fact>
      <Fact word={words().counterparty}>{line().counterparty}</Fact>
      <Fact word={words().text}>{line().text}</Fact>
      <Fact word={words().reference}>{line().reference}</Fact>
    </dl>
  );
}

/** The amount that it is about. */
export function Sum(props: { readonly parts: BooksParts; readonly word: string; readonly amount: Money }) {
  return (
    <>
      <dt class="kind">{props.word}</dt>
      <dd class="sum num">{props.parts.office.formats().money(props.amount)}</dd>
    </>
  );
}

/** A fact with its word; one that is not known stands nowhere. */
export function Fact(props: { readonly word: string; readonly children: JSX.Element }) {
  return (
    <Show when={props.children !== ""}>
      <dt>{props.word}</dt>
      <dd class="num">{props.children}</dd>
    </Show>
  );
}
