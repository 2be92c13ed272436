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
  const elsewhere = (): number =>
    office.views().reduce((all, view) => all + (isShown(office.shown(), view) ? 0 : props.waitingFor(view)), 0);
  // on a phone the views are behind a button: sixteen in a row would be looked for, not found
  const [isOpen, setOpen] = createSignal(false);
  createEffect(on([office.shown, () => office.place().view], () => setOpen(false)));
  return (
    <nav classList={{ unfolded: isOpen() }} onKeyDown={(event) => event.key === "Escape" && setOpen(false)}>
      <div class="shop">
        <h1>
          {office.session()?.shop} <small>{office.words().office}</small>
        </h1>
        <Bell office={office} unread={props.waitingFor("alerts")} />
      </div>
      <Unfold office={office} isOpen={isOpen()} set={setOpen} waiting={elsewhere()} />
      <div class="views" id="office-views">
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

/** On a phone: which view is shown, how much of the others needs a person, and the way to them. */
function Unfold(props: {
  readonly office: Office;
  readonly isOpen: boolean;
  readonly set: (isOpen: boolean) => void;
  readonly waiting: number;
}) {
  const { office } = props;
  return (
    <button
      class="unfold"
      data-testid="office-views"
      title={office.words().pages}
      aria-expanded={props.isOpen}
      aria-controls="office-views"
      onClick={() => props.set(!props.isOpen)}
    >
      <Icon name={viewIcons[office.shown()]} />
      <b>{office.words().views[office.shown()]}</b>
      <Show when={!props.isOpen && props.waiting > 0}>
        <span class="badge num">{props.waiting}</span>
      </Show>
      <Icon name={props.isOpen ? "up" : "down"} />
    </button>
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
