import { Match, Show, Switch } from "solid-js";
import { waitDaysMax } from "../../contract/mending.ts";
import type { MendingAction } from "../../domain/reconciliation/mending.ts";
import { mendWords } from "../../i18n/mend-words.ts";
import { Chooser, DayChoice } from "../books/Chooser.tsx";
import type { Office } from "../office.ts";
import { shortId } from "../short-id.ts";
import { percentMax, waitingDays, type TypedParameters } from "./mend-parameters.ts";
import type { MendSubject } from "./mend-subject.ts";
import { StaffChoice } from "./StaffChoice.tsx";

type FieldsProps = {
  readonly office: Office;
  readonly subject: MendSubject;
  readonly action: MendingAction;
  readonly typed: TypedParameters;
  readonly type: (change: Partial<TypedParameters>) => void;
};

/** What an action needs besides its reason. */
export function MendFields(props: FieldsProps) {
  const words = () => mendWords(props.office.language());
  return (
    <Switch>
      <Match when={props.action === "wait"}>
        <DayChoice
          title={words().until}
          value={props.typed.until}
          {...waitingDays(props.office.browser.clock.now(), props.subject.zone)}
          testId="mend-until"
          choose={(until) => props.type({ until })}
        />
        <p class="soft">{words().waitLimit(waitDaysMax)}</p>
      </Match>
      <Match when={props.action === "payOtherwise"}>
        <PaidFields {...props} />
      </Match>
      <Match when={props.action === "correctRate"}>
        <RateFields {...props} />
      </Match>
      <Match when={props.action === "chargeToStaff"}>
        <StaffChoice
          office={props.office}
          title={words().staff}
          none={words().chooseStaff}
          value={props.typed.staff}
          choose={(staff) => props.type({ staff })}
        />
      </Match>
      <Match when={props.action === "pair"}>
        <RowField {...props} />
      </Match>
    </Switch>
  );
}

function PaidFields(props: FieldsProps) {
  const words = () => mendWords(props.office.language());
  return (
    <>
      <Chooser
        title={words().paidFrom}
        all={null}
        value={props.typed.paidFrom}
        choices={(["safe", "bank", "owner"] as const).map((value) => ({ value, name: words().from[value] }))}
        testId="mend-from"
        choose={(value) => props.type({ paidFrom: value === "bank" || value === "owner" ? value : "safe" })}
      />
      <label class="pick">
        <span>{words().proof}</span>
        <input
          type="text"
          maxLength={120}
          data-testid="mend-proof"
          value={props.typed.proof}
          onInput={(event) => props.type({ proof: event.currentTarget.value })}
        />
      </label>
    </>
  );
}

function RateFields(props: FieldsProps) {
  const words = () => mendWords(props.office.language());
  return (
    <>
      <DayChoice
        title={words().since}
        value={props.typed.since}
        testId="mend-since"
        choose={(since) => props.type({ since })}
      />
      <label class="pick">
        <span>{words().rate}</span>
        <input
          class="num"
          type="text"
          inputMode="decimal"
          maxLength={8}
          data-testid="mend-rate"
          value={props.typed.percent}
          onInput={(event) => props.type({ percent: event.currentTarget.value })}
        />
      </label>
      <p class="soft">{words().rateHint(percentMax)}</p>
    </>
  );
}

function RowField(props: FieldsProps) {
  const words = () => mendWords(props.office.language());
  const rows = () =>
    props.subject.candidates.map((row) => ({
      value: row.number,
      // the card below has them whole
      name: `${props.office.formats().dateTime(row.at, props.subject.zone).slice(5)} · ${shortId(row.providerNumber)}`,
    }));
  return (
    <Show when={rows().length > 0} fallback={<p class="soft">{words().noRow}</p>}>
      <Chooser
        title={words().row}
        all={null}
        value={props.typed.row}
        choices={rows()}
        testId="mend-row"
        choose={(row) => props.type({ row: row ?? "" })}
      />
    </Show>
  );
}
