import { For, Match, Show, Switch } from "solid-js";
import type { BesideBills } from "../../contract/beside-bills.ts";
import { reconcileWords } from "../../i18n/reconcile-words.ts";
import { BillTotals } from "./BillTotals.tsx";
import { CashDeposit, SafeCounted } from "./CashSides.tsx";
import { BankLine, Fact, Sum, type Beside, type BesideProps as Props } from "./side-facts.tsx";

type Kind<K extends BesideBills["kind"]> = Beside<K>;

/** Both sides of what no bill has: provider and bank, what must be in a drawer or safe and what was counted; of a bill its totals. */
export function BesideSides(props: Props) {
  const as = <K extends BesideBills["kind"]>(kind: K): Kind<K> | null => {
    const { beside } = props.opened;
    return beside?.kind === kind ? (beside as Kind<K>) : null;
  };
  return (
    <div class="sides" data-testid="beside">
      <Switch>
        <Match when={as("payout")}>{(payout) => <Payout {...props} payout={payout()} />}</Match>
        <Match when={as("credit")}>{(credit) => <Credit {...props} credit={credit()} />}</Match>
        <Match when={as("drawer")}>{(drawer) => <Drawer {...props} drawer={drawer()} />}</Match>
        <Match when={as("safe")}>{(safe) => <SafeCounted {...props} safe={safe()} />}</Match>
        <Match when={as("deposit")}>{(deposit) => <CashDeposit {...props} deposit={deposit()} />}</Match>
        <Match when={as("bill")}>{(bill) => <BillTotals {...props} bill={bill()} />}</Match>
      </Switch>
    </div>
  );
}

function Payout(props: Props & { readonly payout: Kind<"payout"> }) {
  const { office } = props.parts;
  const words = () => reconcileWords(office.language()).beside;
  const payout = () => props.payout;
  return (
    <>
      <section class="card">
        <h3>{words().left(props.parts.accountName(props.opened.item.account))}</h3>
        <dl class="facts">
          <Sum parts={props.parts} word={words().amount} amount={payout().amount} />
          <Fact word={words().day}>{payout().day}</Fact>
          <Show when={payout().fee.amount !== 0}>
            <Fact word={words().fee}>{office.formats().money(payout().fee)}</Fact>
          </Show>
          <Fact word={words().state}>{words().states[payout().state]}</Fact>
          <Fact word={words().number}>{props.opened.item.number}</Fact>
        </dl>
      </section>
      <section class="card">
        <h3>{words().atBank}</h3>
        <For
          each={payout().lines}
          fallback={
            <div class="nothing">
              <b>{words().notAtBank}</b>
              <p>{words().through(payout().through)}</p>
            </div>
          }
        >
          {(line) => <BankLine parts={props.parts} line={line} />}
        </For>
      </section>
    </>
  );
}

function Credit(props: Props & { readonly credit: Kind<"credit"> }) {
  const words = () => reconcileWords(props.parts.office.language()).beside;
  return (
    <>
      <section class="card">
        <h3>{words().atBank}</h3>
        <BankLine parts={props.parts} line={props.credit.line} />
      </section>
      <section class="card">
        <h3>{words().payouts}</h3>
        <For
          each={props.credit.payouts}
          fallback={
            <div class="nothing">
              <b>{words().noPayout}</b>
              <p>{words().noPayoutText}</p>
            </div>
          }
        >
          {(number) => <p class="num">{number}</p>}
        </For>
      </section>
    </>
  );
}

function Drawer(props: Props & { readonly drawer: Kind<"drawer"> }) {
  const { office } = props.parts;
  const words = () => reconcileWords(office.language()).beside;
  const drawer = () => props.drawer;
  const time = (at: Kind<"drawer">["closedAt"]): string =>
    at === null ? "" : office.formats().dateTime(at, office.zoneOf(props.opened.item.store)).slice(0, 16);
  const cash = () => drawer().totals?.cash ?? null;
  return (
    <>
      <section class="card">
        <h3>{words().mustHold}</h3>
        <dl class="facts">
          <Show when={drawer().expected}>
            {(amount) => <Sum parts={props.parts} word={words().expected} amount={amount()} />}
          </Show>
          <Show when={cash()}>
            {(of) => (
              <>
                <Fact word={words().float}>{office.formats().money(of().float)}</Fact>
                <Fact word={words().taken}>{office.formats().money(of().taken)}</Fact>
                <Fact word={words().givenBack}>{office.formats().money(of().givenBack)}</Fact>
                <Fact word={words().paidIn}>{office.formats().money(of().paidIn)}</Fact>
                <Fact word={words().paidOut}>{office.formats().money(of().paidOut)}</Fact>
              </>
            )}
          </Show>
        </dl>
      </section>
      <section class="card">
        <h3>{words().counted}</h3>
        <dl class="facts">
          <Show when={drawer().counted}>
            {(amount) => <Sum parts={props.parts} word={words().counted} amount={amount()} />}
          </Show>
          <Show when={cash()}>{(of) => <Fact word={words().counts}>{String(of().counts)}</Fact>}</Show>
          <Fact word={words().opened}>{[drawer().openedBy, time(drawer().openedAt)].filter(Boolean).join(" · ")}</Fact>
          <Fact word={words().closed}>{[drawer().closedBy, time(drawer().closedAt)].filter(Boolean).join(" · ")}</Fact>
        </dl>
      </section>
    </>
  );
}
