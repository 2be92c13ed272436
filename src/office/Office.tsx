import { createEffect, For, Match, onCleanup, Show, Switch } from "solid-js";
import { Dynamic } from "solid-js/web";
import { Icon, type IconName } from "../ui/parts/icons.tsx";
import type { OfficeView } from "../i18n/office-words.ts";
import { Choices } from "./Choices.tsx";
import { ExceptionsView } from "./ExceptionsView.tsx";
import { createLive } from "./live.ts";
import { officeViews, refreshMs, sessionMs, type Office as OfficeState } from "./office.ts";
import { PaymentsView } from "./PaymentsView.tsx";
import { SalesView } from "./SalesView.tsx";
import { SignIn } from "./SignIn.tsx";
import { TillsView } from "./TillsView.tsx";
import { Reading, TroubleNote } from "./states.tsx";

const icons: { readonly [View in OfficeView]: IconName } = {
  sales: "list",
  payments: "code",
  tills: "screen",
  exceptions: "warning",
};
const views = { sales: SalesView, payments: PaymentsView, tills: TillsView, exceptions: ExceptionsView } as const;

/** The whole page: signed out, signing in, or one view beside the navigation. */
export function Office(props: { readonly office: OfficeState }) {
  const office = props.office;
  createEffect(() => {
    document.documentElement.lang = office.language();
    document.title = `${office.words().app} · ${office.words().views[office.place().view]}`;
    if (office.theme() === "system") delete document.documentElement.dataset["theme"];
    else document.documentElement.dataset["theme"] = office.theme();
  });
  const asked = createLive(
    () => "session",
    () => office.client.session(),
    office.browser.clock,
    sessionMs,
  );
  createEffect(() => {
    const session = asked.value();
    if (session !== null) office.setSession({ ...session, stores: [...session.stores] });
  });
  createEffect(() => {
    if (asked.trouble() === "signedOut") office.setSession(null);
  });
  return (
    <Switch fallback={<Reading office={office} />}>
      <Match when={office.session() === undefined && asked.trouble() !== null && asked.trouble() !== "signedOut"}>
        <div class="alone">
          <TroubleNote office={office} trouble={asked.trouble()} retry={() => void asked.refresh()} />
        </div>
      </Match>
      <Match when={office.session() === null}>
        <SignIn office={office} />
      </Match>
      <Match when={office.session()}>
        <SignedIn office={office} />
      </Match>
    </Switch>
  );
}

function SignedIn(props: { readonly office: OfficeState }) {
  const office = props.office;
  const exceptions = createLive(
    () => "exceptions",
    () => office.client.exceptions(),
    office.browser.clock,
    refreshMs,
  );
  createEffect(() => {
    if (exceptions.trouble() === "signedOut") office.setSession(null);
  });
  const leave = async (): Promise<void> => {
    await office.client.signOut();
    office.leave();
  };
  const onKey = (event: KeyboardEvent): void => {
    if (event.key === "Escape" && office.place().opened !== null) office.open(office.place().view);
  };
  addEventListener("keydown", onKey);
  onCleanup(() => removeEventListener("keydown", onKey));
  return (
    <div class="office">
      <nav>
        <h1>
          {office.session()?.shop} <small>{office.words().office}</small>
        </h1>
        <div class="views">
          <For each={officeViews}>
            {(view) => (
              <a
                href={`#${view}`}
                data-testid={`office-nav-${view}`}
                aria-current={office.place().view === view ? "page" : undefined}
              >
                <Icon name={icons[view]} />
                <span>{office.words().views[view]}</span>
                <Show when={view === "exceptions" && (exceptions.value()?.count ?? 0) > 0}>
                  <b class="badge num">{exceptions.value()?.count}</b>
                </Show>
              </a>
            )}
          </For>
        </div>
        <div class="settings">
          <Choices office={office} />
          <button class="quiet" data-testid="office-sign-out" onClick={() => void leave()}>
            {office.words().signOut}
          </button>
        </div>
      </nav>
      <main>
        <Dynamic component={views[office.place().view]} office={office} exceptions={exceptions} />
      </main>
    </div>
  );
}
