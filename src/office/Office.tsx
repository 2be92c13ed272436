import { createEffect, Match, Suspense, Switch } from "solid-js";
import { createLive } from "./live.ts";
import { ApprovePage, InvitedPage } from "./office-pages.ts";
import { sessionMs, type Office as OfficeState } from "./office.ts";
import { SignedIn } from "./SignedIn.tsx";
import { SignIn } from "./SignIn.tsx";
import { Reading, TroubleNote } from "./states.tsx";

/** The code in an invitation's address; null on every other one. */
function invitationIn(place: string): string | null {
  return /^#invited=([0-9A-Z]{20})$/.exec(place)?.[1] ?? null;
}

/** The whole page: signed out, signing in, or one view beside the navigation. */
export function Office(props: { readonly office: OfficeState }) {
  const office = props.office;
  createEffect(() => {
    document.documentElement.lang = office.language();
    document.title = `${office.words().app} · ${office.words().views[office.shown()]}`;
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
    if (session !== null) office.setSession({ ...session, acts: [...session.acts], stores: [...session.stores] });
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
      <Match when={invitationIn(office.browser.place())}>
        {(code) => (
          <Suspense fallback={<Reading office={office} />}>
            <InvitedPage office={office} code={code()} />
          </Suspense>
        )}
      </Match>
      <Match when={office.session() === null}>
        <SignIn office={office} />
      </Match>
      <Match when={office.session() && office.browser.place() === "#approve"}>
        <Suspense fallback={<Reading office={office} />}>
          <ApprovePage office={office} />
        </Suspense>
      </Match>
      <Match when={office.session()}>
        <SignedIn office={office} />
      </Match>
    </Switch>
  );
}
