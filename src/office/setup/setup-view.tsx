import { For, Match, Show, Switch } from "solid-js";
import type { ShopSetUp } from "../../contract/shop-setup.ts";
import type { SetupStep } from "../../i18n/setup-texts.ts";
import { setupWords } from "../../i18n/setup-words.ts";
import { Icon } from "../../ui/parts/icons.tsx";
import { LiveFrame } from "../books/LiveFrame.tsx";
import { createLive } from "../live.ts";
import type { Office } from "../office.ts";
import { AddPerson } from "../people/StaffPanel.tsx";
import { Tabs } from "../people/Tabs.tsx";
import { AccountStep } from "./AccountStep.tsx";
import { ProductStep } from "./ProductStep.tsx";
import { setupClient } from "./setup-client.ts";
import type { StepProps } from "./setup-parts.ts";
import { StoreStep } from "./StoreStep.tsx";
import { TillStep } from "./TillStep.tsx";
import "../books/books.css";
import "../books/bills.css";
import "../settlement/settlement.css";
import "../people/people.css";
import "./setup.css";
import "./setup-forms.css";

/** What another window changed is seen after this long. */
const setupRefreshMs = 15_000;
const stepsInOrder: readonly SetupStep[] = ["stores", "tills", "staff", "accounts", "products"];

/** The steps from an empty shop to the first sale, and the way back to each of them later. */
export function SetupView(props: { readonly office: Office }) {
  const { office } = props;
  const words = () => setupWords(office.language());
  // shown because nothing else can be: it stays when the first store opens the rest
  if (office.place().view !== "setup") office.open("setup");
  const live = createLive(() => "setup", setupClient.shop, office.browser.clock, setupRefreshMs);
  const refresh = (): void => {
    void live.refresh();
    // a first store brings acts and figures with it
    void office.client.session().then((answer) => void (answer.ok && office.setSession(answer.value)));
  };
  const steps = () => (office.may("editShop") ? stepsInOrder : stepsInOrder.slice(-1));
  return (
    <>
      <header>
        <div>
          <Tabs office={office} of={["tills", "setup"]} />
          <p class="soft setup-note">{words().note}</p>
        </div>
      </header>
      <LiveFrame office={office} live={live}>
        {(shop) => <Steps office={office} shop={shop()} refresh={refresh} steps={steps()} />}
      </LiveFrame>
    </>
  );
}

/** How many there are of what a step is about. */
function countOf(shop: ShopSetUp, step: SetupStep): number {
  const told = shop[step];
  return typeof told === "number" ? told : told.length;
}

function Steps(props: StepProps & { readonly steps: readonly SetupStep[] }) {
  const { office } = props;
  const words = () => setupWords(office.language());
  // remembered as it was on opening: a step does not fold under the hand that has just filled it
  const atFirst = props.steps.find((step) => countOf(props.shop, step) === 0) ?? null;
  const opened = (): string | null => office.place().opened ?? atFirst;
  const done = () => props.steps.filter((step) => countOf(props.shop, step) > 0).length;
  const isReady = () => props.shop.tills.length > 0 && props.shop.staff > 0 && props.shop.products > 0;
  return (
    <div class="setup">
      <Show when={props.steps.length > 1}>
        <p class="setup-done num" role="status" data-testid="setup-done">
          <progress value={done()} max={props.steps.length} aria-label={words().done(done(), props.steps.length)} />
          {words().done(done(), props.steps.length)}
        </p>
      </Show>
      <Show when={isReady() && !props.shop.tills.some(({ isActivated }) => isActivated)}>
        <p class="state received setup-ready">
          <Icon name="check" />
          <span>{words().ready(props.shop.tillAddress)}</span>
        </p>
      </Show>
      <ol>
        <For each={props.steps}>
          {(step, nth) => (
            <li class="card" classList={{ filled: countOf(props.shop, step) > 0 }}>
              <Head {...props} step={step} nth={nth() + 1} isOpen={opened() === step} />
              <Show when={opened() === step}>
                <Body {...props} step={step} />
              </Show>
            </li>
          )}
        </For>
      </ol>
    </div>
  );
}

function Head(props: StepProps & { readonly step: SetupStep; readonly nth: number; readonly isOpen: boolean }) {
  const { office } = props;
  const words = () => setupWords(office.language());
  const count = () => countOf(props.shop, props.step);
  return (
    <h3>
      <button
        class="setup-head"
        aria-expanded={props.isOpen}
        data-testid={`setup-${props.step}`}
        onClick={(event) => {
          const head = event.currentTarget;
          const block = props.isOpen ? "nearest" : "start";
          office.open("setup", props.isOpen ? "none" : props.step);
          // the card that was open above folds: what was pressed stays in sight
          requestAnimationFrame(() => head.scrollIntoView({ block }));
        }}
      >
        <span class="setup-mark num">
          <Show when={count() > 0} fallback={props.nth}>
            <Icon name="check" />
          </Show>
        </span>
        <span class="setup-title">
          {words().step[props.step].title}
          <small>{words().step[props.step].text}</small>
        </span>
        <span class="setup-count num">{count() > 0 ? words().count[props.step](count()) : words().notYet}</span>
        <Icon name={props.isOpen ? "up" : "down"} />
      </button>
    </h3>
  );
}

function Body(props: StepProps & { readonly step: SetupStep }) {
  const words = () => setupWords(props.office.language());
  const needsStore = () => props.shop.stores.length === 0 && ["tills", "staff", "accounts"].includes(props.step);
  return (
    <div class="setup-body" data-testid={`setup-body-${props.step}`}>
      <Show when={!needsStore()} fallback={<p class="soft">{words().storeFirst}</p>}>
        <Switch>
          <Match when={props.step === "stores"}>
            <StoreStep {...props} />
          </Match>
          <Match when={props.step === "tills"}>
            <TillStep {...props} />
          </Match>
          <Match when={props.step === "staff"}>
            <AddPerson office={props.office} refresh={props.refresh} />
            <Show when={props.shop.staff > 0}>
              <a href="#staff">{words().allStaff}</a>
            </Show>
          </Match>
          <Match when={props.step === "accounts"}>
            <AccountStep {...props} />
          </Match>
          <Match when={props.step === "products"}>
            <ProductStep {...props} />
          </Match>
        </Switch>
      </Show>
    </div>
  );
}
