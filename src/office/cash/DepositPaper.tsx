import type { Instant } from "../../domain/clock.ts";
import type { DepositShown } from "../../contract/cash.ts";
import { cashWords } from "../../i18n/cash-words.ts";
import type { Office } from "../office.ts";
import { DepositFacts } from "./DepositPanel.tsx";

/** On paper only: the slip that goes to the bank, with room for who carries it and for the bank. */
export function DepositPaper(props: {
  readonly office: Office;
  readonly deposit: DepositShown;
  readonly store: string;
}) {
  const { office } = props;
  const words = () => cashWords(office.language());
  const now = (): string =>
    office
      .formats()
      .dateTime(office.browser.clock.now() as Instant, office.zoneOf(props.store))
      .slice(0, 16);
  return (
    <div class="deposit-paper" aria-hidden="true" data-testid="cash-paper">
      <h1>{words().paper.title}</h1>
      <p class="num">
        {words().deposit.slip}: <b>{props.deposit.slip}</b>
      </p>
      <p>
        {words().paper.store}: {office.storeName(props.store)}
      </p>
      <DepositFacts office={office} deposit={props.deposit} store={props.store} />
      <p class="sign">
        {words().deposit.takenBy}: {props.deposit.takenBy} — {words().paper.signature} ____________________
      </p>
      <p class="sign">{words().paper.bankStamp} ____________________</p>
      <p class="num soft">{words().paper.printed(now())}</p>
    </div>
  );
}
