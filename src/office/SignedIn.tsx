import { createEffect, on, onCleanup, Show, Suspense } from "solid-js";
import { Dynamic } from "solid-js/web";
import type { OfficeView } from "../i18n/office-words.ts";
import { alertsClient } from "./alerts/alerts-client.ts";
import { booksClient } from "./books/books-client.ts";
import { createLive } from "./live.ts";
import { Navigation } from "./Navigation.tsx";
import { officePages } from "./office-pages.ts";
import { breaksMs, refreshMs, type Office } from "./office.ts";
import { peopleClient } from "./people/people-client.ts";
import { Reading, TroubleNote } from "./states.tsx";

/** One view beside the navigation, for whoever is signed in. */
export function SignedIn(props: { readonly office: Office }) {
  const office = props.office;
  const exceptions = createLive(
    () => "exceptions",
    () => office.client.exceptions(),
    office.browser.clock,
    refreshMs,
  );
  const breaks = createLive(
    () => office.store() ?? "",
    (store) => booksClient.open(store === "" ? {} : { store }),
    office.browser.clock,
    breaksMs,
  );
  const asked = createLive(() => "approvals", peopleClient.approvals, office.browser.clock, refreshMs);
  const alerts = createLive(
    () => (office.maySee("alerts") ? "alerts" : null),
    () => alertsClient.alerts({}),
    office.browser.clock,
    breaksMs,
  );
  // coming from a view where a bill came in, one looks at what it left
  createEffect(
    on(
      () => office.place().view,
      () => void breaks.refresh(),
      { defer: true },
    ),
  );
  /** How much needs a person: the number beside a view's name. */
  const waitingFor = (view: OfficeView): number => {
    if (view === "reconciliation") return breaks.value()?.breaks.count ?? 0;
    if (view === "alerts") return alerts.value()?.unread ?? 0;
    if (view === "approvals")
      return asked.value()?.approvals.filter(({ isMine, goneAt }) => isMine && goneAt === null).length ?? 0;
    return view === "exceptions" ? (exceptions.value()?.count ?? 0) : 0;
  };
  createEffect(() => {
    if (exceptions.trouble() === "signedOut") office.setSession(null);
  });
  closeOnEscape(office);
  return (
    <div class="office">
      <Navigation office={office} waitingFor={waitingFor} />
      <main>
        <Suspense fallback={<Reading office={office} />}>
          <Show when={!office.isForbidden()} fallback={<NotForYou office={office} />}>
            <Dynamic
              component={officePages[office.shown()]}
              office={office}
              exceptions={exceptions}
              alerts={alerts}
              openBreaks={waitingFor("reconciliation")}
            />
          </Show>
        </Suspense>
      </main>
    </div>
  );
}

/** A view by its address that one's role does not have. */
function NotForYou(props: { readonly office: Office }) {
  const { office } = props;
  return (
    <>
      <header>
        <h2>{office.words().views[office.shown()]}</h2>
      </header>
      <section class="list bare">
        <TroubleNote office={office} trouble="forbidden" retry={() => undefined} />
      </section>
    </>
  );
}

/** Escape goes one step up from what is opened. */
function closeOnEscape(office: Office): void {
  const onKey = (event: KeyboardEvent): void => {
    if (event.key === "Escape" && office.place().opened !== null) office.close();
  };
  addEventListener("keydown", onKey);
  onCleanup(() => removeEventListener("keydown", onKey));
}
