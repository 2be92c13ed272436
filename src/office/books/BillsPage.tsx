import { createSignal, For, Show } from "solid-js";
import type { OfficeBill, OfficeBills } from "../../contract/bills.ts";
import { plusDays } from "../../domain/local-time.ts";
import type { BillTroubleWord } from "../../i18n/bill-texts.ts";
import { billWords } from "../../i18n/bill-words.ts";
import { Icon, type IconName } from "../../ui/parts/icons.tsx";
import { createLive } from "../live.ts";
import type { Office } from "../office.ts";
import { Empty } from "../states.tsx";
import { AskBill, type SentFor } from "./AskBill.tsx";
import { BillDropBox } from "./BillDropBox.tsx";
import { createBillDrop } from "./bill-drop-state.ts";
import { billAddress, booksClient } from "./books-client.ts";
import { booksRefreshMs, type BooksParts } from "./books-parts.ts";
import { Chooser, DayChoice } from "./Chooser.tsx";
import { LiveFrame } from "./LiveFrame.tsx";

/** Days of bills that are listed at first. */
const daysShown = 31;

/** Every day's bills with their versions; beside them the ways to get one that is missing. */
export function BillsPage(props: { readonly parts: BooksParts; readonly sentFor: SentFor | null }) {
  const { parts } = props;
  const { office } = parts;
  const words = () => billWords(office.language());
  const [chosenFrom, setFrom] = createSignal("");
  const [chosenTo, setTo] = createSignal("");
  const [account, setAccount] = createSignal<string>();
  const to = (): string => (chosenTo() === "" ? parts.today() : chosenTo());
  const from = (): string => (chosenFrom() === "" ? plusDays(to(), 1 - daysShown) : chosenFrom());
  const live = createLive<string, OfficeBills>(
    () => JSON.stringify([from(), to(), account()]),
    () => booksClient.bills({ from: from(), to: to(), account: account() }),
    office.browser.clock,
    booksRefreshMs,
  );
  const refresh = (): void => void live.refresh();
  const mayHandIn = (): boolean => office.may("handInBill") && parts.withheldTold() === null;
  const drop = createBillDrop(parts, refresh);
  return (
    <div class="split bills-page" classList={{ open: mayHandIn() }}>
      <section class="list">
        <div class="list-tools">
          <DayChoice title={words().from} value={from()} max={to()} testId="bills-from" choose={setFrom} />
          <DayChoice title={words().to} value={to()} max={parts.today()} testId="bills-to" choose={setTo} />
          <Show when={parts.accounts().length > 1}>
            <Chooser
              title={words().account}
              all={words().everyAccount}
              value={account()}
              choices={parts.accounts().map(({ id }) => ({ value: id, name: parts.accountName(id) }))}
              testId="bills-account"
              choose={setAccount}
            />
          </Show>
        </div>
        <LiveFrame office={office} live={live}>
          {(told) => (
            <div class="scroll">
              <Show when={told().bills.length > 0} fallback={<Empty told={parts.withheldTold() ?? words().empty} />}>
                <BillsTable parts={parts} bills={told().bills} />
              </Show>
            </div>
          )}
        </LiveFrame>
      </section>
      <Show when={mayHandIn()}>
        <aside class="panel" aria-label={words().drop.title}>
          <div class="panel-body">
            <BillDropBox parts={parts} state={drop} />
            <Show when={drop.drop().kind === "none" && !parts.hasNoAccount()}>
              <AskBill parts={parts} sentFor={props.sentFor} onAnswer={refresh} />
            </Show>
          </div>
        </aside>
      </Show>
    </div>
  );
}

function BillsTable(props: { readonly parts: BooksParts; readonly bills: readonly OfficeBill[] }) {
  const words = () => billWords(props.parts.office.language());
  return (
    <table class="books-table" data-testid="bills-table">
      <thead>
        <tr>
          <th>{words().column.day}</th>
          <th>{words().column.channel}</th>
          <th>{words().column.state}</th>
          <th class="r">{words().column.rows}</th>
          <th>
            <span class="bill-word">{words().column.file}</span>
          </th>
        </tr>
      </thead>
      <tbody>
        <For each={props.bills}>{(bill) => <BillRow parts={props.parts} bill={bill} />}</For>
      </tbody>
      <tfoot>
        <tr>
          <td class="total num">
            <span>{words().total(props.bills.length)}</span>
          </td>
          <td />
          <td />
          <td class="r num">
            {props.bills.reduce((sum, { state, rows }) => sum + (state === "current" ? (rows ?? 0) : 0), 0)}
          </td>
          <td />
        </tr>
      </tfoot>
    </table>
  );
}

function BillRow(props: { readonly parts: BooksParts; readonly bill: OfficeBill }) {
  const { parts } = props;
  const { office } = parts;
  const words = () => billWords(office.language());
  const bill = () => props.bill;
  const version = (): string => (bill().version > 1 ? `${words().version(bill().version)} · ` : "");
  const why = (): string => {
    const { trouble } = bill();
    if (trouble === null || bill().state !== "refused") return "";
    const word = words().troubles[trouble.split(":", 1)[0] as BillTroubleWord] as
      | { readonly title: string }
      | undefined;
    return word?.title ?? trouble;
  };
  return (
    <tr data-testid="bill-row" data-state={bill().state} classList={{ past: bill().state === "replaced" }}>
      <td class="num">{bill().day}</td>
      <td>
        <span class="named">
          {parts.accountName(bill().account)}
          <small>{words().kinds[bill().kind]}</small>
        </span>
      </td>
      <td>
        <span class={`state ${looks[bill().state].kind}`}>
          <Icon name={looks[bill().state].icon} />
          <span>
            {words().states[bill().state]}
            <Show when={why() !== ""}>
              <small title={bill().trouble ?? ""}>{why()}</small>
            </Show>
            <small>
              {version()}
              <span class="num">{office.formats().dateTime(bill().at, parts.zone()).slice(5, 16)}</span>{" "}
              {cameBy(office, bill())}
            </small>
          </span>
        </span>
      </td>
      <td class="r num">{bill().rows ?? office.words().never}</td>
      <td>
        <Show
          when={bill().size > 0 && office.may("exportBooks")}
          fallback={<span class="soft">{office.words().never}</span>}
        >
          <a
            class="to"
            href={billAddress(bill().id)}
            download={bill().name}
            aria-label={`${words().download} ${bill().day} ${words().kinds[bill().kind]}`}
          >
            <Icon name="download" />
            <span class="bill-word">{words().download}</span>
          </a>
        </Show>
      </td>
    </tr>
  );
}

/** By itself, because somebody asked, or in somebody's hand. */
function cameBy(office: Office, { origin, by }: OfficeBill): string {
  const words = billWords(office.language()).origin;
  if (origin === "handedIn") return words.handedIn(by ?? office.words().never);
  return by === null ? words.fetched : words.asked(by);
}

const looks: { readonly [S in OfficeBill["state"]]: { readonly kind: string; readonly icon: IconName } } = {
  stored: { kind: "waiting calm", icon: "wait" },
  current: { kind: "received calm", icon: "check" },
  replaced: { kind: "over", icon: "back" },
  empty: { kind: "over", icon: "check" },
  refused: { kind: "danger", icon: "warning" },
};
