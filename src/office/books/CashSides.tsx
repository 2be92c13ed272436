import { For } from "solid-js";
import { cashWords } from "../../i18n/cash-words.ts";
import { reconcileWords } from "../../i18n/reconcile-words.ts";
import { BankLine, Fact, Sum, type Beside, type BesideProps } from "./side-facts.tsx";

/** What the books had in a safe, and what two people counted. */
export function SafeCounted(props: BesideProps & { readonly safe: Beside<"safe"> }) {
  const { office } = props.parts;
  const words = () => reconcileWords(office.language()).beside;
  const safe = () => props.safe;
  const people = (): string =>
    office.formats().list([safe().countedBy, safe().secondPerson].flatMap((name) => name ?? []));
  return (
    <>
      <section class="card">
        <h3>{words().safeMustHold}</h3>
        <dl class="facts">
          <Sum parts={props.parts} word={words().expected} amount={safe().expected} />
        </dl>
      </section>
      <section class="card">
        <h3>{words().counted}</h3>
        <dl class="facts">
          <Sum parts={props.parts} word={words().counted} amount={safe().counted} />
          <Fact word={cashWords(office.language()).count.who}>{people()}</Fact>
          <Fact word={cashWords(office.language()).count.time}>
            {office.formats().dateTime(safe().at, office.zoneOf(props.opened.item.store)).slice(0, 16)}
          </Fact>
        </dl>
      </section>
    </>
  );
}

/** What left the safe for the bank under its slip, and the line that brought it. */
export function CashDeposit(props: BesideProps & { readonly deposit: Beside<"deposit"> }) {
  const { office } = props.parts;
  const words = () => reconcileWords(office.language()).beside;
  const slip = () => cashWords(office.language()).deposit;
  const deposit = () => props.deposit;
  return (
    <>
      <section class="card">
        <h3>{words().leftSafe}</h3>
        <dl class="facts">
          <Sum parts={props.parts} word={words().amount} amount={deposit().amount} />
          <Fact word={slip().slip}>{deposit().slip}</Fact>
          <Fact word={slip().day}>{deposit().day}</Fact>
          <Fact word={slip().bank}>{deposit().bankName}</Fact>
          <Fact word={slip().takenBy}>{deposit().takenBy}</Fact>
          <Fact word={slip().madeBy}>{deposit().madeBy}</Fact>
          <Fact word={slip().second}>{deposit().secondPerson ?? ""}</Fact>
        </dl>
      </section>
      <section class="card">
        <h3>{words().atBank}</h3>
        <For
          each={deposit().lines}
          fallback={
            <div class="nothing">
              <b>{words().notAtBank}</b>
              <p>{words().through(deposit().through)}</p>
            </div>
          }
        >
          {(line) => <BankLine parts={props.parts} line={line} />}
        </For>
      </section>
    </>
  );
}
