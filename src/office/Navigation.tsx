import { createEffect, createSignal, For, on, Show } from "solid-js";
import { Icon } from "../ui/parts/icons.tsx";
import type { OfficeView } from "../i18n/office-words.ts";
import { Choices } from "./Choices.tsx";
import { viewIcons } from "./office-pages.ts";
import type { Office } from "./office.ts";

/** Views that begin a group: the books, and the shop itself. */
const begins: ReadonlySet<OfficeView> = new Set(["reconciliation", "tills"]);

/** Views that stand beside another one, under whose name they are shown. */
const beside: { readonly [View in OfficeView]?: OfficeView } = {
  setup: "tills",
  alone: "approvals",
  permissions: "staff",
  alertRules: "alerts",
  webhooks: "api",
};

function isShown(shown: OfficeView, view: OfficeView): boolean {
  return shown === view || beside[shown] === view;
}

/** Every view of whoever is signed in, with how much of it needs a person, and the page's own choices. */
export function Navigation(props: { readonly office: Office; readonly waitingFor: (view: OfficeView) => number }) {
  const office = props.office;
  let views: HTMLDivElement | undefined;
  // on a phone the views are one row that is wider than the screen
  createEffect(
    on(office.shown, () =>
      queueMicrotask(() =>
        views?.querySelector("[aria-current]")?.scrollIntoView({ block: "nearest", inline: "nearest" }),
      ),
    ),
  );
  return (
    <nav>
      <div class="shop">
        <h1>
          {office.session()?.shop} <small>{office.words().office}</small>
        </h1>
        <Bell office={office} unread={props.waitingFor("alerts")} />
      </div>
      <div class="views" ref={(row) => (views = row)}>
        <For each={office.views()}>
          {(view) => (
            <a
              href={`#${view}`}
              data-testid={`office-nav-${view}`}
              aria-current={isShown(office.shown(), view) ? "page" : undefined}
              classList={{ begins: begins.has(view) }}
            >
              <Icon name={viewIcons[view]} />
              <span>{office.words().views[view]}</span>
              <Show when={props.waitingFor(view) > 0}>
                <b class="badge num">{props.waitingFor(view)}</b>
              </Show>
            </a>
          )}
        </For>
      </div>
      <div class="settings">
        <Choices office={office} />
        <a
          class="quiet me"
          href="#me"
          data-testid="office-me"
          aria-current={office.place().view === "me" ? "page" : undefined}
        >
          {office.session()?.name}
        </a>
        <SignOut office={office} />
      </div>
    </nav>
  );
}

/** What one is told of breaks, from every view. */
function Bell(props: { readonly office: Office; readonly unread: number }) {
  const { office } = props;
  const text = (): string =>
    props.unread > 0 ? `${office.words().views.alerts} ${props.unread}` : office.words().views.alerts;
  return (
    <Show when={office.maySee("alerts")}>
      <a
        class="bell"
        href="#alerts"
        title={office.words().views.alerts}
        aria-label={text()}
        data-testid="office-alerts"
        aria-current={isShown(office.place().view, "alerts") ? "page" : undefined}
      >
        <Icon name={viewIcons.alerts} />
        <Show when={props.unread > 0}>
          <b class="badge num">{props.unread}</b>
        </Show>
      </a>
    </Show>
  );
}

function SignOut(props: { readonly office: Office }) {
  const { office } = props;
  const [isStillIn, setStillIn] = createSignal(false);
  /** Only the gateway can end a session: whoever comes next at this machine could go on with one that it did not end. */
  const leave = async (): Promise<void> => {
    const answer = await office.client.signOut();
    setStillIn(!answer.ok && answer.refusal !== "signedOut");
    if (!isStillIn()) office.leave();
  };
  return (
    <>
      <button class="quiet" data-testid="office-sign-out" onClick={() => void leave()}>
        {office.words().signOut}
      </button>
      <Show when={isStillIn()}>
        <p class="fault" role="alert" data-testid="office-still-in">
          {office.words().mayBeSignedIn}
        </p>
      </Show>
    </>
  );
}
