import { createSignal, For, Show } from "solid-js";
import { timesAloneMax } from "../../contract/permissions.ts";
import {
  asksSecondPerson,
  mayBeAlone,
  maySetLimit,
  withoutSize,
  type Limit,
  type Rule,
} from "../../domain/permissions.ts";
import type { Act, Role } from "../../domain/staff.ts";
import { permissionWords } from "../../i18n/permission-words.ts";
import { Icon } from "../../ui/parts/icons.tsx";
import type { Trouble } from "../office-client.ts";
import { troubleTold } from "../trouble-word.ts";
import type { Office } from "../office.ts";
import { PanelHead } from "../PanelHead.tsx";
import { AskSecond, createAsking } from "./ask-second.tsx";
import { peopleClient } from "./people-client.ts";
import { unitOf } from "./size-text.ts";

type Kind = "any" | "upTo" | "never" | "refused";

/** One cell of the table: what a role may, and by whom it can be done alone. */
export function RulePanel(props: {
  readonly office: Office;
  readonly role: Role;
  readonly act: Act;
  /** Empty: all stores. */
  readonly store: string;
  readonly rule: Rule;
  readonly isOwn: boolean;
  readonly refresh: () => void;
}) {
  const office = props.office;
  const words = () => permissionWords(office.language());
  const form = createRuleForm(props);
  const title = (): string => `${words().act[props.act]} · ${words().role[props.role]}`;
  return (
    <aside class="panel" data-testid="rule-panel" aria-label={title()}>
      <PanelHead office={office} title={title()} close={() => office.open("permissions")} />
      <div class="panel-body">
        <p class="about">
          {props.store === "" ? words().wholeChain : office.storeName(props.store)} ·{" "}
          {props.isOwn ? words().rule.own : words().rule.usual}
        </p>
        <Show when={form.told()}>{(told) => <RuleTold office={office} told={told()} />}</Show>
        <Show
          when={form.asking.proposed()}
          fallback={<RuleForm office={office} act={props.act} form={form} isOwn={props.isOwn} />}
        >
          {(id) => (
            <AskSecond
              office={office}
              id={id()}
              done={(approval) => void form.asking.run(approval)}
              leave={form.asking.leave}
            />
          )}
        </Show>
      </div>
    </aside>
  );
}

function RuleTold(props: { readonly office: Office; readonly told: Trouble | "saved" }) {
  const words = () => permissionWords(props.office.language());
  const why = (): string =>
    props.told === "forbidden"
      ? words().rule.ownerOnly
      : troubleTold(props.office.words(), props.told as Trouble).title;
  return (
    <Show
      when={props.told === "saved"}
      fallback={
        <p class="fault" role="alert">
          {why()}
        </p>
      }
    >
      <p class="state received" role="status" data-testid="rule-saved">
        <Icon name="check" /> {words().saved}
      </p>
    </Show>
  );
}

type RuleState = ReturnType<typeof createRuleForm>;

function createRuleForm(props: {
  readonly role: Role;
  readonly act: Act;
  readonly store: string;
  readonly rule: Rule;
  readonly refresh: () => void;
}) {
  const { upTo, alone } = props.rule;
  const { perUnit } = unitOf(props.act);
  const hasNoSize = withoutSize.has(props.act);
  const [kind, setKind] = createSignal<Kind>(kindOf(props.act, upTo));
  const [size, setSize] = createSignal(typeof upTo === "number" ? String(upTo / perUnit) : "");
  const [isAlone, setAlone] = createSignal(alone !== null);
  const [each, setEach] = createSignal(alone === null ? "" : String(alone.each / perUnit));
  const [times, setTimes] = createSignal(String(alone?.times ?? 1));
  const [told, setTold] = createSignal<Trouble | "saved" | null>(null);
  let rule: Rule | null = null;
  const units = (text: string): number => (hasNoSize ? 0 : Math.round(Number(text) * perUnit));
  const goesAlone = (): boolean => mayBeAlone(props.act) && isAlone() && kind() !== "any" && kind() !== "refused";
  const made = (): Rule => {
    const limit: Limit = kind() === "upTo" ? units(size()) : (kind() as Exclude<Kind, "upTo">);
    return { upTo: limit, alone: goesAlone() ? { each: units(each()), times: Number(times()) } : null };
  };
  const asking = createAsking(
    (approval) =>
      peopleClient.setRule(
        { ...(props.store === "" ? {} : { store: props.store }), role: props.role, act: props.act, rule },
        approval,
      ),
    () => {
      setTold("saved");
      props.refresh();
    },
    setTold,
  );
  const save = (next: Rule | null): void => {
    rule = next;
    setTold(null);
    void asking.run();
  };
  const isAloneComplete = (): boolean => (hasNoSize || isSize(each())) && isOften(times());
  const isComplete = (): boolean => (kind() !== "upTo" || isSize(size())) && (!goesAlone() || isAloneComplete());
  return {
    kind,
    setKind,
    size,
    setSize,
    isAlone,
    setAlone,
    each,
    setEach,
    times,
    setTimes,
    told,
    asking,
    save,
    made,
    isComplete,
  };
}

/** What is chosen of a rule as it stands; a limit of what has no size lets it all through. */
function kindOf(act: Act, upTo: Limit): Kind {
  if (typeof upTo !== "number") return upTo;
  return withoutSize.has(act) ? "any" : "upTo";
}

function isSize(text: string): boolean {
  return /^\d{1,6}(?:\.\d{1,2})?$/.test(text);
}

function isOften(text: string): boolean {
  return /^\d{1,2}$/.test(text) && Number(text) >= 1 && Number(text) <= timesAloneMax;
}

function RuleForm(props: {
  readonly office: Office;
  readonly act: Act;
  readonly form: RuleState;
  readonly isOwn: boolean;
}) {
  const { form } = props;
  const words = () => permissionWords(props.office.language());
  return (
    <form
      class="person-form"
      onSubmit={(event) => {
        event.preventDefault();
        form.save(form.made());
      }}
    >
      <Kinds office={props.office} act={props.act} form={form} />
      <Show
        when={
          asksSecondPerson(props.act) && mayBeAlone(props.act) && form.kind() !== "any" && form.kind() !== "refused"
        }
      >
        <AloneForm office={props.office} act={props.act} form={form} />
      </Show>
      <div class="buttons">
        <button class="go" data-testid="rule-save" disabled={form.asking.isSending() || !form.isComplete()}>
          {words().save}
        </button>
        <Show when={props.isOwn}>
          <button type="button" class="plain" data-testid="rule-usual" onClick={() => form.save(null)}>
            {words().rule.backToUsual}
          </button>
        </Show>
      </div>
    </form>
  );
}

function Kinds(props: { readonly office: Office; readonly act: Act; readonly form: RuleState }) {
  const { form } = props;
  const words = () => permissionWords(props.office.language());
  const kinds = (): readonly Kind[] =>
    asksSecondPerson(props.act)
      ? (["any", "upTo", "never", "refused"] as const).filter(
          (kind) =>
            maySetLimit(props.act, kind === "upTo" ? 0 : kind) && !(kind === "upTo" && withoutSize.has(props.act)),
        )
      : ["any", "refused"];
  const name = (kind: Kind): string =>
    kind === "upTo" ? words().rule.largest(unitOf(props.act).sign) : words().rule[kind];
  return (
    <fieldset class="radios">
      <legend>{words().rule.choose}</legend>
      <For each={kinds()}>
        {(kind) => (
          <label>
            <input
              type="radio"
              name="kind"
              data-testid={`rule-kind-${kind}`}
              checked={form.kind() === kind}
              onChange={() => form.setKind(kind)}
            />
            {name(kind)}
            <Show when={kind === "upTo"}>
              <input
                class="size num"
                inputMode="decimal"
                aria-label={name("upTo")}
                data-testid="rule-size"
                value={form.size()}
                onFocus={() => form.setKind("upTo")}
                onInput={(event) => form.setSize(event.currentTarget.value)}
              />
            </Show>
          </label>
        )}
      </For>
    </fieldset>
  );
}

function AloneForm(props: { readonly office: Office; readonly act: Act; readonly form: RuleState }) {
  const { form } = props;
  const words = () => permissionWords(props.office.language()).rule;
  const isOwner = (): boolean => props.office.session()?.who === "owner";
  return (
    <fieldset class="radios" disabled={!isOwner()}>
      <label>
        <input
          type="checkbox"
          data-testid="rule-alone"
          checked={form.isAlone()}
          onChange={(event) => form.setAlone(event.currentTarget.checked)}
        />
        {words().allowAlone}
      </label>
      <p class="about">{isOwner() ? words().aloneText : words().ownerOnly}</p>
      <Show when={form.isAlone()}>
        <Show when={!withoutSize.has(props.act)}>
          <label>
            {words().largest(unitOf(props.act).sign)}
            <input
              class="size num"
              inputMode="decimal"
              data-testid="rule-alone-each"
              value={form.each()}
              onInput={(event) => form.setEach(event.currentTarget.value)}
            />
          </label>
        </Show>
        <label>
          {words().times}
          <input
            class="size num"
            type="number"
            min={1}
            max={timesAloneMax}
            data-testid="rule-alone-times"
            value={form.times()}
            onInput={(event) => form.setTimes(event.currentTarget.value)}
          />
        </label>
      </Show>
    </fieldset>
  );
}
