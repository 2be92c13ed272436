import { createMemo, For, Show } from "solid-js";
import type {
  ItemName,
  ItemResult,
  ReconciliationBridge,
  ReconciliationItem,
  ReconciliationItemOpened,
} from "../../contract/reconciliation.ts";
import { isDate } from "../../domain/local-time.ts";
import type { BreakClass } from "../../domain/reconciliation/verdict.ts";
import type { Told } from "../../i18n/told.ts";
import { reconcileWords } from "../../i18n/reconcile-words.ts";
import { createLive } from "../live.ts";
import { breaksOf, subjectOf } from "../mend/mend-subject.ts";
import { MendBox } from "../mend/MendBox.tsx";
import { MendedBy } from "../mend/MendedBy.tsx";
import { Story } from "../Story.tsx";
import { booksClient } from "./books-client.ts";
import { booksRefreshMs, type BooksParts } from "./books-parts.ts";
import { BesideSides } from "./BesideSides.tsx";
import { Bridge } from "./Bridge.tsx";
import { ItemPairs } from "./ItemPairs.tsx";
import { ItemHead } from "./ItemHead.tsx";
import { OurSide, TheirSide } from "./ItemSides.tsx";
import { LiveFrame } from "./LiveFrame.tsx";
import type { ReconciliationState } from "./reconciliation-state.ts";
import { breakTold, ResultMark } from "./ResultMark.tsx";

/** One item: the day's bridge, our side, theirs, what happened, what it means and what it leads to. */
export function ItemPage(props: {
  readonly parts: BooksParts;
  readonly state: ReconciliationState;
  readonly name: ItemName;
}) {
  const { parts, state } = props;
  const { office } = parts;
  const live = createLive<string, ReconciliationItemOpened>(
    () => JSON.stringify(props.name),
    () => booksClient.item(props.name),
    office.browser.clock,
    booksRefreshMs,
  );
  const item = (): ReconciliationItem | undefined => live.value()?.item;
  const day = createMemo(() => bridgedDay(item()));
  const bridge = createLive<string, ReconciliationBridge>(
    () => (isDate(day()) ? day() : null),
    (of) => booksClient.bridge({ day: of, account: props.name.account }),
    office.browser.clock,
    booksRefreshMs,
  );
  return (
    <>
      <ItemHead
        parts={parts}
        state={state}
        name={props.name}
        title={headOf(parts, live.value())}
        item={item() ?? null}
      />
      <div class="item" data-testid="item-page">
        <LiveFrame office={office} live={live}>
          {(opened) => (
            <>
              <Show when={isOfBill(opened().item) && bridge.value()}>
                {(of) => <Bridge parts={parts} bridge={of()} isRed={opened().item.result.kind === "break"} />}
              </Show>
              <Meaning parts={parts} opened={opened()} />
              <ItemMending parts={parts} opened={opened()} onMended={() => void live.refresh()} />
              <ItemPairs
                parts={parts}
                opened={opened()}
                name={props.name}
                open={state.openItem}
                onApart={() => void live.refresh()}
              />
              <Show when={opened().beside !== null}>
                <BesideSides parts={parts} opened={opened()} />
              </Show>
              <Sides parts={parts} opened={opened()} name={props.name} isBillHere={bridge.value()?.billed !== null} />
            </>
          )}
        </LiveFrame>
      </div>
    </>
  );
}

/** What may be done about each break of the item; of several each says which it is about. */
function ItemMending(props: {
  readonly parts: BooksParts;
  readonly opened: ReconciliationItemOpened;
  readonly onMended: () => void;
}) {
  const { parts } = props;
  const { office } = parts;
  const classes = createMemo(() => breaksOf(props.opened), [], {
    equals: (a, b) => a.join() === b.join(),
  });
  const title = (type: BreakClass): string =>
    classes().length > 1 ? (breakTold(parts, type, props.opened.item.account)?.mark ?? type) : "";
  return (
    <For each={classes()}>
      {(type) => (
        <MendBox
          office={office}
          title={title(type)}
          subject={subjectOf(office, props.opened, type)}
          onMended={props.onMended}
        />
      )}
    </For>
  );
}

/** Our side, theirs and what happened, side by side; of a pair, whose other side is a page of its own, the one that is here. */
function Sides(props: {
  readonly parts: BooksParts;
  readonly opened: ReconciliationItemOpened;
  readonly name: ItemName;
  readonly isBillHere: boolean;
}) {
  const { parts } = props;
  const item = () => props.opened.item;
  return (
    <Show when={isOfBill(item()) && item().side !== "bill"}>
      <div class="sides">
        <Show when={props.opened.pairing === null || props.opened.movements.length > 0}>
          <OurSide parts={parts} opened={props.opened} name={props.name} />
        </Show>
        <Show when={props.opened.pairing === null || props.opened.rows.length > 0}>
          <TheirSide parts={parts} opened={props.opened} name={props.name} isBillHere={props.isBillHere} />
        </Show>
        <Show when={props.opened.story.length > 0}>
          <div class="card">
            <Story
              office={parts.office}
              steps={props.opened.story}
              zone={parts.office.zoneOf(props.name.store)}
              nameTill={(till) => item().tillLabel ?? till}
              payments={[]}
            />
          </div>
        </Show>
      </div>
    </Show>
  );
}

/** The day of its account's bridge; empty for what no bill has, and while it is not known. */
function bridgedDay(item: ReconciliationItem | undefined): string {
  return item !== undefined && isOfBill(item) ? item.day : "";
}

/** Whether a bill would have it, or is it: payouts, credits and drawers stand elsewhere. */
function isOfBill({ side }: ReconciliationItem): boolean {
  return side === "payment" || side === "refund" || side === "tender" || side === "bill";
}

/** What the item is called at its head. */
function headOf(parts: BooksParts, opened: ReconciliationItemOpened | null): string {
  return opened === null ? "" : meaningOf(parts, opened).title;
}

/** What happened and what it means for the money, and below what to do; every other difference of the number as well. */
function Meaning(props: { readonly parts: BooksParts; readonly opened: ReconciliationItemOpened }) {
  const { parts } = props;
  const words = () => reconcileWords(parts.office.language());
  const item = () => props.opened.item;
  const told = () => meaningOf(parts, props.opened);
  const found = (): string => {
    const { result, store } = item();
    if (result.kind !== "break") return "";
    const { office } = parts;
    return words().since(office.formats().dateTime(result.since, office.zoneOf(store)).slice(0, 16));
  };
  const mended = () => mendedIn(props.opened);
  const others = () => props.opened.results.filter((result) => !isSame(result, item().result));
  return (
    <section class="meaning" classList={{ red: item().result.kind === "break" }} data-testid="item-meaning">
      <ResultMark
        parts={parts}
        result={item().result}
        account={item().account}
        zone={parts.office.zoneOf(item().store)}
      />
      <div>
        <p>
          {told().text} <Show when={found()}>{(time) => <span class="soft num">{time()}</span>}</Show>
        </p>
        <Show when={mended()}>
          {(of) => <MendedBy office={parts.office} {...of()} zone={parts.office.zoneOf(item().store)} />}
        </Show>
        <Show when={told().next !== ""}>
          <p class="next">
            <b>{words().meaning}</b> {told().next}
          </p>
        </Show>
        <Show when={item().side === "bill"}>
          <a class="plain to" href={`#bills/${item().day}/${encodeURIComponent(item().account)}`}>
            {words().toBill}
          </a>
        </Show>
      </div>
      <Show when={others().length > 0}>
        <div class="also">
          <small>{words().alsoDifferent}</small>
          <For each={others()}>
            {(result) => (
              <ResultMark
                parts={parts}
                result={result}
                account={item().account}
                zone={parts.office.zoneOf(item().store)}
              />
            )}
          </For>
        </div>
      </Show>
    </section>
  );
}

/** The difference that somebody mended, or that is gone since; null while one is open, and for what ended by itself. */
function mendedIn({
  item,
  results,
}: ReconciliationItemOpened): { readonly item: string; readonly isGone: boolean } | null {
  const { account, side, number, result } = item;
  if (result.kind === "break" || result.kind === "waiting") return null;
  const all = [result, ...results];
  const ended =
    all.find((each) => each.kind === "mended" && each.bySelf !== true) ?? all.find(({ kind }) => kind === "gone");
  if (ended?.kind !== "mended" && ended?.kind !== "gone") return null;
  return { item: [account, side, number, ended.class].join("/"), isGone: ended.kind === "gone" };
}

function meaningOf(
  parts: BooksParts,
  { item: { result, account, store }, candidates, pairing }: ReconciliationItemOpened,
): Told & { next: string } {
  const words = reconcileWords(parts.office.language());
  const nameOf = (type: string): string => breakTold(parts, type, account)?.mark ?? type;
  switch (result.kind) {
    case "break": {
      const { amount } = result.amount;
      const isOver = amount === 0 ? {} : { isOver: amount > 0 };
      const told = breakTold(parts, result.class, account, { ...isOver, candidates: candidates.length });
      return told ?? { title: words.results.break, text: "", next: "" };
    }
    case "waiting": {
      const { mark, text } = words.waits[result.reason];
      const broken =
        result.letWait === null
          ? null
          : breakTold(parts, result.letWait.class, account, { candidates: candidates.length });
      return { title: broken?.title ?? mark, text, next: "" };
    }
    case "other":
      return { ...(pairing === null ? words.otherText : words.provingText), next: "" };
    case "matched":
      return { ...words.matchedText, next: "" };
    case "mended": {
      const at = result.at === null ? "" : parts.office.formats().dateTime(result.at, parts.office.zoneOf(store));
      if (result.bySelf === true) return { ...words.endedText(nameOf(result.class), at), next: "" };
      return { ...words.mendedText(nameOf(result.class), at), next: "" };
    }
    case "gone":
      return { ...words.goneText(nameOf(result.class)), next: "" };
  }
}

function isSame(one: ItemResult, other: ItemResult): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}
