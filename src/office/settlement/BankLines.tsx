import { For, Show } from "solid-js";
import { cashAccount } from "../../contract/item-classes.ts";
import type { BankAccount, BankLines as Lines } from "../../contract/settlement.ts";
import { plusDays } from "../../domain/local-time.ts";
import { sum, type Money } from "../../domain/money.ts";
import { settlementWords } from "../../i18n/settlement-words.ts";
import { Icon } from "../../ui/parts/icons.tsx";
import { booksRefreshMs, unsigned, type BooksParts } from "../books/books-parts.ts";
import { LiveFrame } from "../books/LiveFrame.tsx";
import { createLive } from "../live.ts";
import { Empty } from "../states.tsx";
import { settlementClient } from "./settlement-client.ts";
import { Statements } from "./Statements.tsx";

type Line = Lines["lines"][number];

/** A bank account's lines of these days: what came and went, and which payouts each credit brought. */
export function BankLines(props: {
  readonly parts: BooksParts;
  readonly bank: BankAccount;
  readonly days: number;
  readonly onChanged: () => void;
}) {
  const { office } = props.parts;
  const words = () => settlementWords(office.language());
  const live = createLive<string, Lines>(
    () => JSON.stringify([props.bank.id, props.days, props.bank.lines]),
    // the bank's days are the calendar's: its line of one o'clock at night is there before the shop's next day begins
    () => settlementClient.lines(props.bank.id, plusDays(props.parts.today(), -props.days), props.parts.today()),
    office.browser.clock,
    booksRefreshMs,
  );
  return (
    <section class="settled" data-testid="bank-lines">
      <header class="bank-head">
        <h3>{props.bank.name}</h3>
        <a class="plain to" href="#settlement" data-testid="bank-back">
          <Icon name="back" />
          {words().backToPayouts}
        </a>
      </header>
      <Statements office={office} bank={props.bank} onChanged={() => props.onChanged()} />
      <LiveFrame office={office} live={live}>
        {(told) => (
          <Show when={told().lines.length > 0} fallback={<Empty told={words().noLinesYet} />}>
            <LinesTable parts={props.parts} bank={props.bank} lines={told().lines} />
          </Show>
        )}
      </LiveFrame>
    </section>
  );
}

function LinesTable(props: {
  readonly parts: BooksParts;
  readonly bank: BankAccount;
  readonly lines: readonly Line[];
}) {
  const { office } = props.parts;
  const words = () => settlementWords(office.language());
  const total = (isIn: boolean): Money => {
    const all = props.lines.map(({ amount }) => amount).filter(({ amount }) => amount > 0 === isIn);
    return sum(all, props.lines[0]?.amount.currency ?? "CNY");
  };
  return (
    <table class="books-table bank-lines">
      <thead>
        <tr>
          <th>{words().line.day}</th>
          <th>{words().line.from}</th>
          <th class="r">{words().line.moneyIn}</th>
          <th class="r">{words().line.moneyOut}</th>
          <th>{words().line.brings}</th>
        </tr>
      </thead>
      <tbody>
        <For each={props.lines}>{(line) => <LineRow {...props} line={line} />}</For>
      </tbody>
      <tfoot>
        <tr>
          <td class="total num">
            <span>{words().line.total(props.lines.length)}</span>
          </td>
          <td />
          <td class="r num" data-label={words().line.moneyIn}>
            {office.formats().amount(total(true))}
          </td>
          <td class="r num" data-label={words().line.moneyOut}>
            {office.formats().amount(unsigned(total(false)))}
          </td>
          <td />
        </tr>
      </tfoot>
    </table>
  );
}

function LineRow(props: { readonly parts: BooksParts; readonly bank: BankAccount; readonly line: Line }) {
  const { office } = props.parts;
  const words = () => settlementWords(office.language());
  const line = () => props.line;
  const isIn = (): boolean => line().amount.amount > 0;
  const written = (): string => office.formats().amount(unsigned(line().amount));
  return (
    <tr data-testid="bank-line">
      <td class="num">
        <span class="named">
          {line().day}
          <Show when={line().time !== ""}>
            <small>{line().time}</small>
          </Show>
        </span>
      </td>
      <td>
        <span class="named">
          {line().counterparty}
          <small>{[line().text, line().reference].filter((part) => part !== "").join(" · ")}</small>
        </span>
      </td>
      <td class="r num" data-label={words().line.moneyIn}>
        {isIn() ? written() : ""}
      </td>
      <td class="r num" data-label={words().line.moneyOut}>
        {isIn() ? "" : written()}
      </td>
      <td>
        <Show when={isIn()}>
          <Brings {...props} />
        </Show>
      </td>
    </tr>
  );
}

/** What a credit is: payouts of an account, cash that was taken to the bank, or nobody's so far. */
function Brings(props: { readonly parts: BooksParts; readonly line: Line }) {
  const words = () => settlementWords(props.parts.office.language());
  const first = () => props.line.payouts[0];
  return (
    <Show when={first()} fallback={<span class="soft">{words().line.nobodys}</span>}>
      {(payout) => (
        <span class="state received calm">
          <Icon name="check" />
          <span>
            {payout().account === cashAccount
              ? words().line.deposits(props.line.payouts.length)
              : words().line.payouts(props.parts.accountName(payout().account), props.line.payouts.length)}
            <small class="num">{props.line.payouts.map(({ number }) => number).join(" · ")}</small>
          </span>
        </span>
      )}
    </Show>
  );
}
