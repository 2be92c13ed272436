import { For, Match, Show, Switch } from "solid-js";
import type { OfficeException, OfficeExceptions } from "../contract/office-exceptions.ts";
import type { ItemName } from "../contract/reconciliation.ts";
import { placeText } from "./books/reconciliation-place.ts";
import { ExceptionLook } from "./ExceptionLook.tsx";
import type { Live } from "./live.ts";
import { subjectOf, type Office } from "./office.ts";
import { Empty, Reading, Stale, TroubleNote } from "./states.tsx";

/** What needs a person: what happened, what to do, and the way to the story. */
export function ExceptionsView(props: {
  readonly office: Office;
  readonly exceptions: Live<OfficeExceptions>;
  /** Differences that Reconciliation has open. */
  readonly openBreaks: number;
}) {
  const office = props.office;
  const words = () => office.words();
  return (
    <>
      <header>
        <h2>{words().views.exceptions}</h2>
      </header>
      <section class="list bare">
        <Stale office={office} trouble={props.exceptions.trouble()} readAt={props.exceptions.readAt()} />
        <div class="scroll">
          <Show
            when={props.exceptions.value()}
            fallback={
              <Show when={props.exceptions.trouble() !== null} fallback={<Reading office={office} />}>
                <TroubleNote
                  office={office}
                  trouble={props.exceptions.trouble()}
                  retry={() => void props.exceptions.refresh()}
                />
              </Show>
            }
          >
            {(told) => (
              <Show
                when={told().exceptions.length > 0}
                fallback={<NothingStuck office={office} openBreaks={props.openBreaks} />}
              >
                <div class="needs">
                  <h3 class="num">{words().exception.total(told().count)}</h3>
                  <ul>
                    <For each={told().exceptions}>
                      {(each) => (
                        <Exception office={office} exception={each} looked={() => void props.exceptions.refresh()} />
                      )}
                    </For>
                  </ul>
                </div>
              </Show>
            )}
          </Show>
        </div>
      </section>
    </>
  );
}

/** Nothing is stuck; what does not agree with bills and bank is found elsewhere. */
function NothingStuck(props: { readonly office: Office; readonly openBreaks: number }) {
  const words = () => props.office.words().empty;
  return (
    <Empty told={words().exceptions} isGood={props.openBreaks === 0}>
      <Show when={props.openBreaks > 0}>
        <a class="plain to" href="#reconciliation/open/breaks" data-testid="exceptions-breaks">
          {words().breaks(props.openBreaks)}
        </a>
      </Show>
    </Empty>
  );
}

/** The receipts to look at, each a way to its sale. */
function Papers(props: { readonly office: Office; readonly papers: NonNullable<OfficeException["receipts"]> }) {
  return (
    <p class="papers num" data-testid="exception-receipts">
      <span>{props.office.words().column.receipt}</span>
      <For each={props.papers}>{(paper) => <a href={`#sales/${paper.sale}`}>{paper.receipt}</a>}</For>
    </p>
  );
}

/** Where its difference stands. */
function differencePlace(
  { store, subject: number }: OfficeException,
  { account, side }: NonNullable<OfficeException["difference"]>,
): string {
  const item = { store, account, side: side as ItemName["side"], number };
  return placeText({ list: { kind: "open", open: "breaks" }, cause: null, item }) ?? "";
}

function Exception(props: {
  readonly office: Office;
  readonly exception: OfficeException;
  readonly looked: () => void;
}) {
  const office = props.office;
  const words = () => office.words().exception;
  const each = () => props.exception;
  const openSale = (): void => {
    office.setQuery(each().subject);
    office.open(each().kind === "saleLeftOpen" ? "payments" : "sales");
  };
  return (
    <li data-testid="exception" data-kind={each().kind}>
      <div class="what">
        <b>{words()[each().kind].title}</b>
        <p>{each().difference === undefined ? words()[each().kind].text : words().asDifference}</p>
        <small class="num">
          {office.formats().dateTime(each().at, office.zoneOf(each().store))} · {office.storeName(each().store)}
          <Show when={each().receipts === undefined}>
            {" "}
            · {words().about} {each().subject}
          </Show>
          <Show when={subjectOf(each()) === null && each().detail}>
            {(detail) => <> · {words().technical(detail())}</>}
          </Show>
        </small>
        <Show when={each().receipts}>{(papers) => <Papers office={office} papers={papers()} />}</Show>
      </div>
      <b class="num amount">
        <Show when={each().amount}>{(amount) => office.formats().money(amount())}</Show>
      </b>
      <Switch>
        <Match when={each().difference}>
          {(of) => (
            <a class="act" data-testid="exception-difference" href={`#reconciliation/${differencePlace(each(), of())}`}>
              {words().openDifference}
            </a>
          )}
        </Match>
        <Match when={subjectOf(each()) === "payment" && each().hasPayment}>
          <a class="act" href={`#payments/${each().subject}`}>
            {words().openPayment}
          </a>
        </Match>
        <Match when={subjectOf(each()) === "sale"}>
          <button class="act" onClick={openSale}>
            {words().openSale}
          </button>
        </Match>
      </Switch>
      <Show when={each().isMine}>
        <ExceptionLook office={office} exception={each()} done={props.looked} />
      </Show>
    </li>
  );
}
