import { For, Show, type JSX } from "solid-js";
import type { CashDrawer, HandOverShown, OfficeCash, SafeCountShown } from "../../contract/cash.ts";
import { subtract, sum, type Money } from "../../domain/money.ts";
import { cashWords } from "../../i18n/cash-words.ts";
import { Icon } from "../../ui/parts/icons.tsx";
import type { Office } from "../office.ts";

type Props = { readonly office: Office; readonly cash: OfficeCash };

/** A part of the page with its head, or what stands in place of an empty table. */
export function CashPart(props: {
  readonly title: string;
  readonly empty: string;
  readonly isEmpty: boolean;
  readonly children: JSX.Element;
}) {
  return (
    <section class="cash-card">
      <h3>{props.title}</h3>
      <Show when={!props.isEmpty} fallback={<p class="soft">{props.empty}</p>}>
        {props.children}
      </Show>
    </section>
  );
}

/** Every till's drawer: whose shift, with which float, and what should lie in it. */
export function DrawersTable(props: Props) {
  const words = () => cashWords(props.office.language());
  const head = () => words().drawer;
  return (
    <CashPart title={words().drawers} empty={words().noDrawers} isEmpty={props.cash.drawers.length === 0}>
      <table class="books-table" data-testid="cash-drawers">
        <thead>
          <tr>
            <th>{head().till}</th>
            <th>{head().state}</th>
            <th>{head().who}</th>
            <th class="r wide">{head().float}</th>
            <th class="r">{head().holds}</th>
          </tr>
        </thead>
        <tbody>
          <For each={props.cash.drawers}>{(drawer) => <DrawerLine {...props} drawer={drawer} />}</For>
        </tbody>
      </table>
    </CashPart>
  );
}

function DrawerLine(props: Props & { readonly drawer: CashDrawer }) {
  const { office } = props;
  const words = () => cashWords(office.language()).drawer;
  const since = (): string => {
    const { since: at } = props.drawer;
    return at === null ? "" : office.formats().dateTime(at, office.zoneOf(props.cash.store)).slice(0, 16);
  };
  return (
    <tr data-testid="cash-drawer">
      <td class="strong">{props.drawer.label}</td>
      <td>
        <span class="named">
          {props.drawer.isOpen ? words().open : words().closed}
          <small class="num">{since()}</small>
        </span>
      </td>
      <td>{props.drawer.by ?? ""}</td>
      <td class="r num wide">{amountOr(office, props.drawer.float)}</td>
      <td class="r num strong" data-testid="cash-drawer-holds">
        {amountOr(office, props.drawer.holds)}
      </td>
    </tr>
  );
}

/** What drawers handed over, by whom and to whom. */
export function HandOversTable(props: Props) {
  const { office } = props;
  const words = () => cashWords(office.language());
  const head = () => words().handOver;
  const rows = () => props.cash.handOvers;
  const whole = (): Money =>
    sum(
      rows().map(({ amount }) => amount),
      props.cash.currency,
    );
  return (
    <CashPart title={words().handOvers} empty={words().noHandOvers} isEmpty={rows().length === 0}>
      <table class="books-table" data-testid="cash-hand-overs">
        <thead>
          <tr>
            <th>{head().time}</th>
            <th>{head().till}</th>
            <th>{head().handedBy}</th>
            <th>{head().receivedBy}</th>
            <th class="r wide">{head().kept}</th>
            <th class="r">{head().amount}</th>
          </tr>
        </thead>
        <tbody>
          <For each={rows()}>{(row) => <HandOverLine {...props} row={row} />}</For>
        </tbody>
        <tfoot>
          <tr>
            <td class="total num">
              <span>{head().total(rows().length)}</span>
            </td>
            <td />
            <td />
            <td />
            <td class="wide" />
            <td class="r num">{office.formats().amount(whole())}</td>
          </tr>
        </tfoot>
      </table>
    </CashPart>
  );
}

function HandOverLine(props: Props & { readonly row: HandOverShown }) {
  const { office } = props;
  const words = () => cashWords(office.language()).handOver;
  return (
    <tr data-testid="cash-hand-over">
      <td class="num">{office.formats().dateTime(props.row.at, office.zoneOf(props.cash.store)).slice(0, 16)}</td>
      <td>{props.row.tillLabel}</td>
      <td>{props.row.handedBy ?? ""}</td>
      <td>
        <Show
          when={props.row.receivedBy}
          fallback={
            <span class="state danger">
              <Icon name="warning" />
              {words().nobody}
            </span>
          }
        >
          {(name) => <>{name()}</>}
        </Show>
      </td>
      <td class="r num wide soft">{office.formats().amount(props.row.kept)}</td>
      <td class="r num strong">{office.formats().amount(props.row.amount)}</td>
    </tr>
  );
}

/** How the safe was counted, and what it was over or short. */
export function CountsTable(props: Props) {
  const words = () => cashWords(props.office.language());
  const head = () => words().count;
  return (
    <CashPart title={words().counts} empty={words().noCounts} isEmpty={props.cash.counts.length === 0}>
      <table class="books-table" data-testid="cash-counts">
        <thead>
          <tr>
            <th>{head().time}</th>
            <th>{head().who}</th>
            <th class="r">{head().counted}</th>
            <th class="r wide">{head().expected}</th>
            <th class="r">{head().off}</th>
          </tr>
        </thead>
        <tbody>
          <For each={props.cash.counts}>{(count) => <CountLine {...props} count={count} />}</For>
        </tbody>
      </table>
    </CashPart>
  );
}

function CountLine(props: Props & { readonly count: SafeCountShown }) {
  const { office } = props;
  const people = (): string =>
    office
      .formats()
      .list([props.count.countedBy, props.count.secondPerson].flatMap((name) => (name === null ? [] : name)));
  const off = (): Money => subtract(props.count.counted, props.count.expected);
  return (
    <tr data-testid="cash-counted">
      <td class="num">{office.formats().dateTime(props.count.at, office.zoneOf(props.cash.store)).slice(0, 16)}</td>
      <td>{people()}</td>
      <td class="r num">{office.formats().amount(props.count.counted)}</td>
      <td class="r num wide soft">{office.formats().amount(props.count.expected)}</td>
      <td class="r num">
        <Show when={off().amount !== 0} fallback={<span class="soft">{office.words().never}</span>}>
          <span class="state danger">{office.formats().amount(off())}</span>
        </Show>
      </td>
    </tr>
  );
}

/** An amount, or the dash of what is not told. */
function amountOr(office: Office, amount: Money | null): string {
  return amount === null ? office.words().never : office.formats().amount(amount);
}
