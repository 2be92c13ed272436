import { For, Show, type JSX } from "solid-js";
import type { BillRowShown, ReconciliationItemOpened } from "../../contract/reconciliation.ts";
import { compare } from "../../domain/money.ts";
import { reconcileWords } from "../../i18n/reconcile-words.ts";
import { LongNumber } from "../Panel.tsx";
import { ItemWays } from "./ItemWays.tsx";
import type { ItemName } from "../../contract/reconciliation.ts";
import type { BooksParts } from "./books-parts.ts";

type Props = {
  readonly parts: BooksParts;
  readonly opened: ReconciliationItemOpened;
  readonly name: ItemName;
};
type Movement = ReconciliationItemOpened["movements"][number];

/** What till and books know of the item. */
export function OurSide(props: Props) {
  const { parts } = props;
  const { office } = parts;
  const words = () => reconcileWords(office.language());
  const state = (): string => {
    const { attemptState } = props.opened;
    // of a refund it is the payment's
    if (props.name.side === "refund") return "";
    const known: Readonly<Record<string, string>> = office.words().state;
    return attemptState === null ? "" : (known[attemptState] ?? attemptState);
  };
  const isKnown = (): boolean =>
    props.opened.movements.length > 0 || props.opened.attemptState !== null || props.opened.counted !== null;
  return (
    <section class="card" data-testid="our-side">
      <h3>{words().ours}</h3>
      <Show when={isKnown()} fallback={<Nothing told={words().nothingOurs} />}>
        <dl class="facts">
          <For each={props.opened.movements}>
            {(movement) => <MovementFacts parts={parts} store={props.name.store} movement={movement} />}
          </For>
          <Show when={props.opened.counted}>
            {(counted) => <CountedFacts parts={parts} store={props.name.store} counted={counted()} />}
          </Show>
          <Show when={state() !== ""}>
            <dt>{words().fact.state}</dt>
            <dd>{state()}</dd>
          </Show>
          <dt>{words().fact.receipt}</dt>
          <dd class="num">{props.opened.item.receipt ?? words().noReceipt}</dd>
          <Show when={props.opened.item.tillLabel}>
            {(label) => (
              <>
                <dt>{words().fact.till}</dt>
                <dd>{[label(), props.opened.item.staffName].filter((part) => part !== null).join(" · ")}</dd>
              </>
            )}
          </Show>
        </dl>
        <Numbers parts={parts} of={[[numberWord(props), props.name.number]]} />
      </Show>
      <ItemWays parts={parts} opened={props.opened} />
    </section>
  );
}

function numberWord({ parts, name }: Props): string {
  const { fact } = reconcileWords(parts.office.language());
  return name.side === "refund" ? fact.refundNumber : fact.number;
}

/** What the books know of it though nothing has moved. */
function CountedFacts(props: {
  readonly parts: BooksParts;
  readonly store: string;
  readonly counted: NonNullable<ReconciliationItemOpened["counted"]>;
}) {
  const { office } = props.parts;
  const words = () => reconcileWords(office.language());
  const of = () => props.counted;
  return (
    <>
      <dt class="kind">{words().counted[of().kind]}</dt>
      <dd class="sum num">{office.formats().money(of().amount)}</dd>
      <dt>{words().fact.at}</dt>
      <dd class="num">{office.formats().dateTime(of().at, office.zoneOf(props.store))}</dd>
      <dt>{words().fact.businessDate}</dt>
      <dd class="num">{of().businessDate}</dd>
    </>
  );
}

function MovementFacts(props: { readonly parts: BooksParts; readonly store: string; readonly movement: Movement }) {
  const { office } = props.parts;
  const words = () => reconcileWords(office.language());
  const of = () => props.movement;
  return (
    <>
      <dt class="kind">{words().moved[of().side]}</dt>
      <dd class="sum num">{office.formats().money(of().amount)}</dd>
      <Show when={compare(of().amount, of().receivable) !== 0}>
        <dt>{words().fact.receivable}</dt>
        <dd class="num">{office.formats().money(of().receivable)}</dd>
      </Show>
      <dt>{words().fact.at}</dt>
      <dd class="num">{office.formats().dateTime(of().at, office.zoneOf(props.store))}</dd>
      <dt>{words().fact.businessDate}</dt>
      <dd class="num">{of().businessDate}</dd>
      <Show when={of().isUndone}>
        <dt>{words().fact.state}</dt>
        <dd>{words().undone}</dd>
      </Show>
    </>
  );
}

/** Reasons of what no bill that is here can say anything of. */
const isOfBill: ReadonlySet<string> = new Set(["billNotHere", "billEarly"]);

/** What the provider's bill has of it. */
export function TheirSide(props: Props & { readonly isBillHere: boolean }) {
  const { parts } = props;
  const words = () => reconcileWords(parts.office.language());
  const account = () => parts.accountOf(props.name.account);
  const channel = (): string => {
    const of = account()?.channel;
    return of === undefined ? words().channelWithoutName : parts.channelWord(of);
  };
  const isBillHere = (): boolean => {
    const { result } = props.opened.item;
    return props.isBillHere && !(result.kind === "waiting" && isOfBill.has(result.reason));
  };
  return (
    <section class="card" data-testid="their-side">
      <h3>{words().theirs(channel())}</h3>
      <Show
        when={props.opened.rows.length > 0}
        fallback={<Nothing told={isBillHere() ? words().nothingTheirs(channel()) : words().noBillYet} />}
      >
        <For each={props.opened.rows}>{(row) => <RowFacts parts={parts} row={row} />}</For>
      </Show>
    </section>
  );
}

function RowFacts(props: { readonly parts: BooksParts; readonly row: BillRowShown }) {
  const { parts } = props;
  const { formats } = parts.office;
  const words = () => reconcileWords(parts.office.language());
  const row = () => props.row;
  return (
    <>
      <dl class="facts">
        <dt class="kind">{words().moved[row().side]}</dt>
        <dd class="sum num">{formats().money(row().amount)}</dd>
        <Show when={compare(row().amount, row().receivable) !== 0}>
          <dt>{words().fact.receivable}</dt>
          <dd class="num">{formats().money(row().receivable)}</dd>
        </Show>
        <dt>{words().fact.at}</dt>
        <dd class="num">{formats().dateTime(row().at, parts.zone())}</dd>
        <dt>{words().fact.state}</dt>
        <dd>{row().isGone ? words().corrected : row().status}</dd>
        <dt>{words().fact.fee}</dt>
        <dd class="num">
          {formats().money(row().fee)}
          <Show when={row().rate !== null}> · {words().feeShare(String((row().rate ?? 0) / 10_000))}</Show>
        </dd>
        <dt>{words().fact.bill}</dt>
        <dd class="num">{words().line(row().day, row().line)}</dd>
      </dl>
      <Numbers parts={parts} of={[[words().fact.providerNumber, row().providerNumber]]} />
    </>
  );
}

/** Numbers as long as they are, each with its name above and a button that copies it. */
function Numbers(props: { readonly parts: BooksParts; readonly of: readonly (readonly [string, string])[] }) {
  return (
    <dl class="facts stacked">
      <For each={props.of.filter(([, number]) => number !== "")}>
        {([word, number]) => (
          <>
            <dt>{word}</dt>
            <dd>
              <LongNumber office={props.parts.office} text={number} label={word} />
            </dd>
          </>
        )}
      </For>
    </dl>
  );
}

/** A side that has nothing, which is what differs. */
function Nothing(props: { readonly told: { readonly title: string; readonly text: string } }): JSX.Element {
  return (
    <div class="nothing">
      <b>{props.told.title}</b>
      <p>{props.told.text}</p>
    </div>
  );
}
