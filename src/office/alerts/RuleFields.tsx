import { Show, type JSX } from "solid-js";
import type { AlertRules } from "../../contract/alerts.ts";
import { roleField } from "../../contract/fields.ts";
import { permits } from "../../domain/permissions.ts";
import type { Role } from "../../domain/staff.ts";
import { alertWords } from "../../i18n/alert-words.ts";
import { permissionWords } from "../../i18n/permission-words.ts";
import { Boxes } from "../Boxes.tsx";
import type { Office } from "../office.ts";
import type { RuleState } from "./rule-state.ts";

/** When somebody is told, and who. */
export function RuleFields(props: {
  readonly office: Office;
  readonly form: RuleState;
  readonly people: AlertRules["people"];
}) {
  const { office, form } = props;
  const words = () => alertWords(office.language()).rule;
  /** Roles that see figures by the house's table; one that the rule names already stays to be seen. */
  const roles = (): readonly Role[] =>
    roleField.options.filter((role) => permits(role, "seeFigures") === "allowed" || form.roles().includes(role));
  return (
    <>
      <OneBreak office={office} form={form} />
      <Together office={office} form={form} />
      <Boxes
        title={words().whoIsTold}
        all={roles()}
        chosen={form.roles()}
        nameOf={(role) => permissionWords(office.language()).role[role]}
        testId="alert-role"
        choose={form.setRoles}
      />
      <Show when={props.people.length > 0}>
        <div>
          <Boxes
            title={words().people}
            all={props.people.map(({ id }) => id)}
            chosen={form.people()}
            nameOf={(id) => props.people.find((person) => person.id === id)?.name ?? id}
            testId="alert-person"
            choose={form.setPeople}
          />
          <p class="about">{words().peopleNote}</p>
        </div>
      </Show>
      <Show when={!form.hasSomebody()}>
        <p class="fault" role="alert">
          {words().nobody}
        </p>
      </Show>
    </>
  );
}

function OneBreak(props: { readonly office: Office; readonly form: RuleState }) {
  const { form } = props;
  const words = () => alertWords(props.office.language()).rule;
  return (
    <fieldset class="radios">
      <legend>{words().one}</legend>
      <label>
        <input
          type="radio"
          name="one"
          data-testid="alert-each"
          checked={form.isEach()}
          onChange={() => form.setEach(true)}
        />
        {words().each}
      </label>
      <Figure
        kind="radio"
        testId="alert-from"
        word={words().from}
        isOn={!form.isEach()}
        turn={(isOn) => form.setEach(!isOn)}
        value={form.breakFrom()}
        type={form.setBreakFrom}
      />
      <Show when={!form.isEach()}>
        <p class="about">{words().withoutAmount}</p>
      </Show>
    </fieldset>
  );
}

function Together(props: { readonly office: Office; readonly form: RuleState }) {
  const { form } = props;
  const words = () => alertWords(props.office.language()).rule;
  return (
    <fieldset class="radios">
      <legend>{words().together}</legend>
      <Figure
        kind="checkbox"
        testId="alert-day"
        word={words().dayFrom}
        isOn={form.hasDay()}
        turn={form.setHasDay}
        value={form.dayFrom()}
        type={form.setDayFrom}
      />
      <Figure
        kind="checkbox"
        testId="alert-age"
        word={words().ageFrom}
        isOn={form.hasAge()}
        turn={form.setHasAge}
        value={form.ageDays()}
        type={form.setAgeDays}
        after={words().days}
      />
    </fieldset>
  );
}

/** A choice with its figure beside it; to write the figure makes the choice. */
function Figure(props: {
  readonly kind: "radio" | "checkbox";
  readonly testId: string;
  readonly word: string;
  readonly isOn: boolean;
  readonly turn: (isOn: boolean) => void;
  readonly value: string;
  readonly type: (text: string) => void;
  readonly after?: string;
}): JSX.Element {
  return (
    <label class="figure-choice">
      <input
        type={props.kind}
        name="one"
        data-testid={props.testId}
        checked={props.isOn}
        onChange={(event) => props.turn(event.currentTarget.checked)}
      />
      <span>{props.word}</span>
      <input
        class="size num"
        inputMode="decimal"
        maxLength={9}
        aria-label={props.word}
        data-testid={`${props.testId}-figure`}
        value={props.value}
        onInput={(event) => {
          props.turn(true);
          props.type(event.currentTarget.value);
        }}
      />
      {props.after}
    </label>
  );
}
