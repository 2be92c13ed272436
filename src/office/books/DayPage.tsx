import { Show } from "solid-js";
import type { ReconciliationBridge, ReconciliationDay, ReconciliationDays } from "../../contract/reconciliation.ts";
import { reconcileWords } from "../../i18n/reconcile-words.ts";
import { Icon } from "../../ui/parts/icons.tsx";
import { createLive } from "../live.ts";
import { BillStand } from "./BillStand.tsx";
import { booksClient } from "./books-client.ts";
import { booksRefreshMs, type BooksParts } from "./books-parts.ts";
import { Bridge } from "./Bridge.tsx";
import { ItemFilters } from "./ItemFilters.tsx";
import { ItemsTogether } from "./CausePage.tsx";
import { ItemsList } from "./ItemsList.tsx";
import { WithheldNote } from "./WithheldNote.tsx";
import type { ReconciliationState } from "./reconciliation-state.ts";

type Props = {
  readonly parts: BooksParts;
  readonly state: ReconciliationState;
  readonly day: string;
  readonly account: string;
};

/** One provider's day of one account: its four figures, the way from the business day to the bill, and its items. */
export function DayPage(props: Props) {
  const { parts, state } = props;
  const { office } = parts;
  const words = () => reconcileWords(office.language());
  const days = createLive<string, ReconciliationDays>(
    () => JSON.stringify([props.day, office.store()]),
    () => booksClient.days({ from: props.day, to: props.day, store: office.store() ?? undefined }),
    office.browser.clock,
    booksRefreshMs,
  );
  const bridge = createLive<string, ReconciliationBridge>(
    () => `${props.day} ${props.account}`,
    () => booksClient.bridge({ day: props.day, account: props.account }),
    office.browser.clock,
    booksRefreshMs,
  );
  const day = (): ReconciliationDay | undefined => days.value()?.days.find(({ account }) => account === props.account);
  return (
    <>
      <header>
        <div>
          <h2 class="num" data-testid="day-title">
            {words().dayTitle(props.day)}
          </h2>
          <p class="about-day">
            {parts.accountName(props.account)}
            <Show when={day()}>{(of) => <BillStand parts={parts} day={of()} />}</Show>
          </p>
        </div>
        <a class="plain to" href="#reconciliation" data-testid="to-days">
          <Icon name="back" />
          {words().backToDays}
        </a>
        <div class="tools">
          <ItemFilters parts={parts} state={state} hasResult account={props.account} />
        </div>
      </header>
      <div class="day-page">
        <Show when={day()}>{(of) => <Figures parts={parts} day={of()} />}</Show>
        <Show when={office.store() === null && bridge.value()}>
          {(of) => <Bridge parts={parts} bridge={of()} isRed={(day()?.breaks.count ?? 0) > 0} />}
        </Show>
        <WithheldNote parts={parts} account={props.account} />
        <ItemsTogether parts={parts} state={state} />
        <ItemsList parts={parts} state={state} isOfDay empty={words().allMatched} />
      </div>
    </>
  );
}

/** Ours, the bill's, the fee, and what needs a person. */
function Figures(props: { readonly parts: BooksParts; readonly day: ReconciliationDay }) {
  const { office } = props.parts;
  const words = () => reconcileWords(office.language());
  const { formats } = office;
  const isHere = (): boolean => props.day.bill.state === "here" || props.day.bill.state === "empty";
  const rowsTold = (): string => {
    const { other, theirs: of } = props.day;
    const counted = words().count(of.count);
    if (other.count === 0) return counted;
    return `${counted} · ${words().results.other} ${formats().amount(other.amount)}`;
  };
  /** The fee's share in percent of all that it was taken for. */
  const share = (): string => {
    const { theirs, other, fee } = props.day;
    const whole = theirs.amount.amount + other.amount.amount;
    return whole <= 0 ? "" : words().feeShare(((fee.amount * 100) / whole).toFixed(3));
  };
  const waiting = (): string =>
    props.day.waiting.count === 0
      ? ""
      : words().waitingToo(props.day.waiting.count, formats().money(props.day.waiting.amount));
  return (
    <dl class="day-figures num" data-testid="day-figures">
      <div>
        <dt>{words().figure.ours}</dt>
        <dd>{formats().money(props.day.ours.amount)}</dd>
        <dd class="small">{words().count(props.day.ours.count)}</dd>
      </div>
      <div>
        <dt>{words().figure.theirs}</dt>
        <dd>{isHere() ? formats().money(props.day.theirs.amount) : office.words().never}</dd>
        <dd class="small">{isHere() ? rowsTold() : words().billNotYet}</dd>
      </div>
      <div>
        <dt>{words().figure.fee}</dt>
        <dd>{isHere() ? formats().money(props.day.fee) : office.words().never}</dd>
        <dd class="small">{isHere() ? share() : ""}</dd>
      </div>
      <div classList={{ red: props.day.breaks.count > 0 }}>
        <dt>{words().figure.needsPerson}</dt>
        <dd>{words().count(props.day.breaks.count)}</dd>
        <dd class="small">
          {props.day.breaks.count > 0
            ? words().difference(formats().money(props.day.breaks.amount))
            : waiting() || words().nothingOpen}
        </dd>
      </div>
    </dl>
  );
}
