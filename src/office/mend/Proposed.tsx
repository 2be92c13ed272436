import { For, Match, Show, Switch } from "solid-js";
import type { MendingShown } from "../../contract/mending.ts";
import { mendWords } from "../../i18n/mend-words.ts";
import { permissionWords } from "../../i18n/permission-words.ts";
import { AskSecond } from "../people/ask-second.tsx";
import { Decide } from "../people/Decide.tsx";
import { moreText, shownText } from "../people/shown-text.ts";
import type { Office } from "../office.ts";
import { actionTold } from "./action-told.ts";
import type { MendSubject } from "./mend-subject.ts";

/**
 * A proposal that waits, as whoever looks sees it: who asked gets a second person's yes beside them and may take it back, who may say
 * yes says so with their own secret, anybody else reads whose yes it waits for.
 */
export function Proposed(props: {
  readonly office: Office;
  readonly mending: MendingShown;
  readonly subject: MendSubject | null;
  readonly over: (how: "given" | null) => void;
}) {
  const { office } = props;
  const words = () => mendWords(office.language());
  return (
    <section class="proposed" data-testid="mend-proposed">
      <h3>
        {words().waiting(actionTold(words(), props.mending.action, props.subject).title, props.mending.proposedBy)}{" "}
        <span class="num">{office.formats().money(props.mending.amount)}</span>
      </h3>
      <p class="soft reason">{props.mending.reason}</p>
      <Named office={office} mending={props.mending} />
      <Show when={props.mending.approval}>
        {(approval) => (
          <Switch fallback={<WaitsFor office={office} names={props.mending.waitsFor} />}>
            <Match when={props.mending.part === "asks"}>
              <AskSecond
                office={office}
                id={approval()}
                done={() => props.over("given")}
                leave={() => props.over(null)}
              />
            </Match>
            <Match when={props.mending.part === "decides"}>
              <Decide
                office={office}
                approval={{ id: approval(), expiresAt: null, till: null }}
                takesFocus={false}
                decided={(state) => props.over(state === "given" ? "given" : null)}
              />
            </Match>
          </Switch>
        )}
      </Show>
      <Show when={props.mending.part !== "looks"}>
        <p>
          <a class="to" href="#approvals">
            {words().toApprovals}
          </a>
        </p>
      </Show>
    </section>
  );
}

/** What is agreed to besides the break itself: the rate and its day, whom it charges, the row, as the approver's card says it. */
function Named(props: { readonly office: Office; readonly mending: MendingShown }) {
  const { office } = props;
  const words = () => permissionWords(office.language());
  const of = () => {
    const act = props.mending.action === "correctRate" ? ("correctRate" as const) : ("mend" as const);
    return { act, shown: props.mending.named, till: null };
  };
  return (
    <Show when={props.mending.named.length > 0}>
      <dl class="facts named-by" data-testid="mend-named">
        <For each={props.mending.named}>
          {(line) => (
            <>
              <dt>{words().approve.label[line.label]}</dt>
              <dd class="num">
                {shownText(office, words(), of(), line)}
                <Show when={moreText(office, line)}>{(more) => <small class="soft block">{more()}</small>}</Show>
              </dd>
            </>
          )}
        </For>
      </dl>
    </Show>
  );
}

/** Whose yes it waits for; that it is being done where it waits for none any more. */
function WaitsFor(props: { readonly office: Office; readonly names: readonly string[] | null }) {
  const words = () => permissionWords(props.office.language()).ask;
  const text = (): string => {
    if (props.names === null) return mendWords(props.office.language()).given;
    return props.names.length === 0 ? words().nobodyAtAll : words().waitsFor(props.office.formats().list(props.names));
  };
  return (
    <p role="status" data-testid="mend-waits-for">
      {text()}
    </p>
  );
}
