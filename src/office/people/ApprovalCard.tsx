import { For, Show } from "solid-js";
import { Dynamic } from "solid-js/web";
import type { ApprovalLine, OpenApproval } from "../../contract/approvals.ts";
import type { Instant } from "../../domain/clock.ts";
import { canBeGain } from "../../domain/reconciliation/mending.ts";
import type { Act } from "../../domain/staff.ts";
import { mendWords } from "../../i18n/mend-words.ts";
import { permissionWords } from "../../i18n/permission-words.ts";
import type { Office } from "../office.ts";
import { Decide } from "./Decide.tsx";
import { mendedText, moreText, shownText } from "./shown-text.ts";
import { sizeText } from "./size-text.ts";

/** One thing that another asks: how much, what, why, where; yes by passkey or password, or no. */
export function ApprovalCard(props: {
  readonly office: Office;
  readonly approval: OpenApproval;
  readonly heading: "h1" | "h3";
  /** Of several cards one: its box for the password is typed into at once. */
  readonly takesFocus: boolean;
  readonly decided: (state: "given" | "refused" | "gone") => void;
}) {
  const office = props.office;
  const words = () => permissionWords(office.language());
  const what = (): string => askedFor(office, props.approval);
  return (
    <div class="asked">
      <Dynamic component={props.heading}>
        {props.approval.isMine
          ? words().approve.asks(props.approval.askedByName, what())
          : words().approve.asked(what())}
      </Dynamic>
      <Show when={figureOf(office, props.approval)}>{(figure) => <p class="figure num">{figure()}</p>}</Show>
      <dl class="told">
        <For each={props.approval.shown.filter((line) => !isHeading(props.approval, line))}>
          {(line) => (
            <>
              <dt>{words().approve.label[line.label]}</dt>
              <dd>
                {shownText(office, words(), props.approval, line)}
                <Show when={moreText(office, line)}>{(more) => <small class="soft block">{more()}</small>}</Show>
              </dd>
            </>
          )}
        </For>
        <Show when={hasUnsaidReason(props.approval)}>
          <dt>{words().approve.label.why}</dt>
          <dd>{props.approval.reason}</dd>
        </Show>
        <dt>{words().approve.label.where}</dt>
        <dd class="num">{whereText(office, props.approval)}</dd>
      </dl>
      <Show when={props.approval.goneAt}>
        {(at) => (
          <p class="about" role="status" data-testid="approval-left">
            {words().approve.left(timeText(office, props.approval, at()))}
          </p>
        )}
      </Show>
      <Show
        when={props.approval.goneAt === null && props.approval.isMine}
        fallback={
          <Show when={props.approval.goneAt === null}>
            <p class="about">{words().approve.own}</p>
          </Show>
        }
      >
        <Decide office={office} approval={props.approval} takesFocus={props.takesFocus} decided={props.decided} />
      </Show>
    </div>
  );
}

/** Of mending what is done; the permission that it goes by says less: charging somebody is no writing off. */
function askedFor(office: Office, { act, shown }: OpenApproval): string {
  const words = permissionWords(office.language());
  // a file is agreed to only where the provider's own stands already; else it is a bank's statement that goes
  if (act === "handInBill")
    return shown.some(({ label }) => label === "before")
      ? words.approve.replacesBill
      : words.approve.takesStatementBack;
  const what = shown.find(({ label }) => label === "what")?.text;
  const difference = shown.find(({ label }) => label === "difference");
  if (what === "writeOff" && difference?.more === "over" && canBeGain(difference.text))
    return mendWords(office.language()).gain.title;
  return what !== undefined && isMending(act) ? mendedText(office, what) : words.act[act];
}

function isMending(act: Act): boolean {
  return act === "mend" || act === "writeOff" || act === "correctRate";
}

/** What the heading says already. */
function isHeading({ act }: OpenApproval, { label, more }: ApprovalLine): boolean {
  return label === "what" && more === "1" && isMending(act);
}

/** Whether its reason is not among what is shown of it. */
function hasUnsaidReason({ reason, shown }: OpenApproval): boolean {
  return (
    reason !== "" && !shown.some(({ label, text, more }) => label === "why" && (text === reason || more === reason))
  );
}

function figureOf(office: Office, { amount, size, act }: OpenApproval): string | null {
  if (amount !== null) return office.formats().money(amount);
  return size > 0 ? sizeText(office, act, size) : null;
}

function whereText(office: Office, { store, stores, till, askedAt }: OpenApproval): string {
  const some = store === null ? stores : [store];
  const place =
    some === null
      ? permissionWords(office.language()).wholeChain
      : some.map((each) => office.storeName(each)).join(", ");
  const at = timeText(office, { store, stores }, askedAt);
  return [till === null ? place : office.words().tillWithStore(till, place), at].join(" · ");
}

/** An instant as the clock of its stores shows it. */
function timeText(office: Office, { store, stores }: Pick<OpenApproval, "store" | "stores">, at: Instant): string {
  const some = store === null ? stores : [store];
  return office
    .formats()
    .dateTime(at, office.zoneOf(some?.[0] ?? office.stores()[0]?.id ?? ""))
    .slice(11, 16);
}
