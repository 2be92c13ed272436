import { createSignal, For, Show } from "solid-js";
import type { BillFirstRow } from "../../contract/bill-reading.ts";
import type { Instant } from "../../domain/clock.ts";
import { money } from "../../domain/money.ts";
import { billWords } from "../../i18n/bill-words.ts";
import { Icon } from "../../ui/parts/icons.tsx";
import { AskSecond } from "../people/ask-second.tsx";
import { shortId } from "../short-id.ts";
import type { BillDrop, BillDropState } from "./bill-drop-state.ts";
import type { BooksParts } from "./books-parts.ts";
import { Chooser } from "./Chooser.tsx";

type Props = {
  readonly parts: BooksParts;
  readonly state: BillDropState;
  readonly now: Extract<BillDrop, { kind: "shown" }>;
};

/** A file that was read: whose, of which day, its rows and sums, whether its totals are right; and the button that hands it in. */
export function BillShown(props: Props) {
  const { parts } = props;
  const { office } = parts;
  const words = () => billWords(office.language());
  const bill = () => props.now.bill;
  const [chosen, setChosen] = createSignal<string>();
  const possible = () => parts.accounts().filter(({ channel }) => channel === bill().channel);
  const account = (): string | undefined => bill().account ?? chosen() ?? possible()[0]?.id;
  const title = (): string =>
    words().shown.title(parts.channelWord(bill().channel), words().kinds[bill().bill], bill().day);
  return (
    <div class="bill-shown" data-testid="bill-shown">
      <h4 class="num">{title()}</h4>
      <p class="soft num">{props.now.file.name}</p>
      <Show when={bill().account === null && possible().length > 1}>
        <Chooser
          title={words().account}
          all={null}
          value={account()}
          choices={possible().map(({ id }) => ({ value: id, name: parts.accountName(id) }))}
          testId="bill-account"
          choose={setChosen}
        />
      </Show>
      <Sums {...props} />
      <Footer {...props} />
      <Show when={bill().joined.length > 0}>
        <p class="doubt">{words().shown.joined(bill().joined.join(", "))}</p>
      </Show>
      <Show when={props.now.isUnsent}>
        <p class="fault" role="alert">
          {words().drop.notSent}
        </p>
      </Show>
      <Show when={props.now.isOld}>
        <p class="doubt" role="alert" data-testid="bill-old">
          {words().shown.old}
        </p>
      </Show>
      <Show when={props.now.proposed} fallback={<Press {...props} account={account()} />}>
        {(id) => (
          <>
            <p class="doubt" role="status" data-testid="bill-replaces">
              {words().shown.replaces}
            </p>
            <AskSecond
              office={office}
              id={id()}
              done={(approval) => void props.state.handIn(account() ?? "", approval)}
              leave={() => props.state.unasked()}
            />
          </>
        )}
      </Show>
      <Show when={bill().first.length > 0}>
        <FirstRows {...props} />
      </Show>
    </div>
  );
}

/** Hands it in; what another file has replaced only after that was said. */
function Press(props: Props & { readonly account: string | undefined }) {
  const { state } = props;
  const words = () => billWords(props.parts.office.language());
  const title = (): string => {
    if (props.now.isSending) return words().shown.handingIn;
    return props.now.isOld ? words().shown.handInOld : words().shown.handIn;
  };
  return (
    <p class="row">
      <button
        class="go"
        data-testid="bill-hand-in"
        disabled={props.now.isSending || props.account === undefined}
        onClick={() => void state.handIn(props.account ?? "")}
      >
        {title()}
      </button>
      <button class="plain" data-testid="bill-again" disabled={props.now.isSending} onClick={() => state.clear()}>
        {words().drop.again}
      </button>
      <span class="soft">{words().shown.notYet}</span>
    </p>
  );
}

/** Rows and sums as the rows come to. */
function Sums(props: Props) {
  const { office } = props.parts;
  const words = () => billWords(office.language()).shown;
  const of = () => props.now.bill.counted;
  const written = (amount: number | null): string => office.formats().money(money(amount ?? 0, "CNY"));
  const counted = (count: number | null, amount: number | null): string =>
    count === null ? written(amount) : `${written(amount)} · ${words().times(count)}`;
  return (
    <dl class="facts num" data-testid="bill-sums">
      <Show when={props.now.bill.merchant}>
        {(merchant) => (
          <>
            <dt>{words().merchant}</dt>
            <dd>{merchant()}</dd>
          </>
        )}
      </Show>
      <dt>{words().rows}</dt>
      <dd data-testid="bill-rows">{props.now.bill.rows}</dd>
      <Show
        when={props.now.bill.bill !== "fundFlow"}
        fallback={
          <>
            <dt>{words().moneyIn}</dt>
            <dd>{written(of().moneyIn)}</dd>
            <dt>{words().moneyOut}</dt>
            <dd>{written(of().moneyOut)}</dd>
          </>
        }
      >
        <dt>{words().payments}</dt>
        <dd>{counted(of().payments, of().receivable)}</dd>
        <dt>{words().refunds}</dt>
        <dd>{counted(of().refunds, of().taken)}</dd>
        <dt>{words().fee}</dt>
        <dd>{written(Math.round((of().fee ?? 0) / 1000))}</dd>
      </Show>
    </dl>
  );
}

/** Whether the file's own totals are what its rows come to. */
function Footer(props: Props) {
  const words = () => billWords(props.parts.office.language()).shown;
  const isRight = () => props.now.bill.isFooterRight;
  return (
    <p
      class={`state ${isRight() === true ? "received calm" : isRight() === null ? "over" : "doubt"}`}
      data-testid="bill-footer"
    >
      <Icon name={isRight() === false ? "warning" : "check"} />
      <span>
        {isRight() === true ? words().footerRight : isRight() === null ? words().footerNone : words().footerWrong.title}
        <Show when={isRight() === false}>
          <small>{words().footerWrong.text}</small>
        </Show>
      </span>
    </p>
  );
}

function FirstRows(props: Props) {
  const { office } = props.parts;
  const words = () => billWords(office.language()).shown;
  const whatOf = (row: BillFirstRow): string => (row.what === "flow" ? row.words : words().sort[row.what]);
  return (
    <table class="first-rows num">
      <caption>{words().firstRows(props.now.bill.first.length)}</caption>
      <thead>
        <tr>
          <th>{words().line}</th>
          <th>{words().time}</th>
          <th>{words().what}</th>
          <th>{words().number}</th>
          <th class="r">{words().amount}</th>
        </tr>
      </thead>
      <tbody>
        <For each={props.now.bill.first}>
          {(row) => (
            <tr>
              <td class="soft">{row.line}</td>
              <td>{office.formats().time(row.at as Instant, props.parts.zone())}</td>
              <td>{whatOf(row)}</td>
              <td title={row.number}>{row.number.length > 14 ? shortId(row.number) : row.number}</td>
              <td class="r">{office.formats().amount(money(row.amount, "CNY"))}</td>
            </tr>
          )}
        </For>
      </tbody>
    </table>
  );
}
