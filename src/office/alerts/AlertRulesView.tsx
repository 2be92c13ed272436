import { createMemo, createSignal, Show } from "solid-js";
import type { AlertRules } from "../../contract/alerts.ts";
import { usualAlertRule, type AlertRule } from "../../domain/alert-rule.ts";
import { alertWords } from "../../i18n/alert-words.ts";
import { permissionWords } from "../../i18n/permission-words.ts";
import { Icon } from "../../ui/parts/icons.tsx";
import { booksRefreshMs } from "../books/books-parts.ts";
import { Chooser } from "../books/Chooser.tsx";
import { LiveFrame } from "../books/LiveFrame.tsx";
import { createLive } from "../live.ts";
import type { Office } from "../office.ts";
import { AskSecond, createAsking } from "../people/ask-second.tsx";
import { Tabs } from "../people/Tabs.tsx";
import { RuleFields } from "./RuleFields.tsx";
import { createRuleState } from "./rule-state.ts";
import { alertsClient } from "./alerts-client.ts";

/** From which break on somebody is told, and who: of all stores, or of one that decides for itself. */
export function AlertRulesView(props: { readonly office: Office }) {
  const { office } = props;
  const words = () => alertWords(office.language()).rule;
  const live = createLive<string, AlertRules>(
    () => "alert-rules",
    alertsClient.rules,
    office.browser.clock,
    booksRefreshMs,
  );
  const [chosen, setChosen] = createSignal<string | undefined>();
  const mayChain = (): boolean => office.session()?.isEverywhere !== false;
  /** Empty: the chain's. */
  const store = (): string => chosen() ?? (mayChain() ? "" : (live.value()?.stores[0]?.store ?? ""));
  const own = (rules: AlertRules): AlertRule | null =>
    store() === "" ? rules.chain : (rules.stores.find((each) => each.store === store())?.own ?? null);
  return (
    <>
      <header>
        <div>
          <Tabs office={office} of={["alerts", "alertRules"]} />
          <p class="soft">{words().note}</p>
        </div>
        <Show when={office.stores().length > 1}>
          <Chooser
            title={office.words().store}
            all={mayChain() ? permissionWords(office.language()).wholeChain : null}
            value={store() === "" ? undefined : store()}
            choices={(live.value()?.stores ?? []).map((each) => ({
              value: each.store,
              name: office.storeName(each.store),
            }))}
            testId="alert-rule-store"
            choose={setChosen}
          />
        </Show>
      </header>
      <section class="list">
        <LiveFrame office={office} live={live}>
          {(rules) => (
            <div class="scroll">
              <Show when={`${store()} ${JSON.stringify(own(rules()))}`} keyed>
                <RuleForm
                  office={office}
                  store={store()}
                  rules={rules()}
                  own={own(rules())}
                  refresh={() => void live.refresh()}
                />
              </Show>
            </div>
          )}
        </LiveFrame>
      </section>
    </>
  );
}

type FormProps = {
  readonly office: Office;
  readonly store: string;
  readonly rules: AlertRules;
  readonly own: AlertRule | null;
  readonly refresh: () => void;
};

/** The rule as it is typed in, and its way to the gateway: at once, or with another person's yes. */
function createChange(props: FormProps) {
  const form = createRuleState(props.own ?? props.rules.chain ?? usualAlertRule);
  const [isFailed, setFailed] = createSignal(false);
  let wanted: AlertRule | null = null;
  const asking = createAsking(
    (approval) => alertsClient.setRule(props.store, wanted, approval),
    () => props.refresh(),
    (why) => {
      if (why === "signedOut") props.office.setSession(null);
      setFailed(true);
    },
  );
  const save = (rule: AlertRule | null): void => {
    wanted = rule;
    setFailed(false);
    void asking.run();
  };
  return { form, isFailed, asking, save };
}

function RuleForm(props: FormProps) {
  const { office } = props;
  const words = () => alertWords(office.language()).rule;
  const change = createChange(props);
  const stand = createMemo((): string => {
    if (props.own !== null) return words().ofStore;
    return props.store !== "" && props.rules.chain !== null ? words().ofChain : words().usual;
  });
  return (
    <div class="alert-rule person-form">
      <p class="about" data-testid="alert-rule-stand">
        {stand()}
      </p>
      <Show when={change.asking.proposed()} fallback={<RuleBoxes {...props} change={change} />}>
        {(id) => (
          <AskSecond
            office={office}
            id={id()}
            done={(approval) => void change.asking.run(approval)}
            leave={change.asking.leave}
          />
        )}
      </Show>
    </div>
  );
}

function RuleBoxes(props: FormProps & { readonly change: ReturnType<typeof createChange> }) {
  const { office, change } = props;
  const { form } = change;
  const words = () => alertWords(office.language()).rule;
  return (
    <form
      class="person-form"
      onSubmit={(event) => {
        event.preventDefault();
        change.save(form.made());
      }}
    >
      <RuleFields office={office} form={form} people={props.rules.people} />
      <Show when={change.isFailed()}>
        <p class="fault" role="alert">
          <Icon name="warning" /> {words().failed}
        </p>
      </Show>
      <div class="buttons">
        <button class="go" data-testid="alert-rule-save" disabled={!form.isComplete()}>
          {permissionWords(office.language()).save}
        </button>
        <Show when={props.own !== null}>
          <button type="button" class="plain" data-testid="alert-rule-back" onClick={() => change.save(null)}>
            {words().back}
          </button>
        </Show>
      </div>
    </form>
  );
}
