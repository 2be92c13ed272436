import { Show } from "solid-js";
import type { ReconciliationDay } from "../../contract/reconciliation.ts";
import { reconcileWords } from "../../i18n/reconcile-words.ts";
import { Icon, type IconName } from "../../ui/parts/icons.tsx";
import type { BooksParts } from "./books-parts.ts";

type State = ReconciliationDay["bill"]["state"];

/** How far a day's bill is, in a drawing and words; one that is missing or refused says what to do and where. */
export function BillStand(props: { readonly parts: BooksParts; readonly day: ReconciliationDay }) {
  const { parts } = props;
  const { office } = parts;
  const words = () => reconcileWords(office.language());
  const bill = () => props.day.bill;
  const aside = (): string => {
    const { at, version } = bill();
    if (at === null || bill().state !== "here") return "";
    const time = office.formats().dateTime(at, parts.zone()).slice(5, 16);
    return version > 1 ? `${time} · ${words().version(version)}` : time;
  };
  const todo = (): string => {
    const { state } = bill();
    return state === "missing" || state === "refused" ? words().billTodo[state] : "";
  };
  return (
    <span class={`state ${looks[bill().state].kind}`} data-testid="bill-state" data-state={bill().state}>
      <Icon name={looks[bill().state].icon} />
      <span>
        {words().billState[bill().state]}
        <Show when={aside() !== ""}>
          <small>
            <span class="num">{aside()}</span>
          </small>
        </Show>
        <Show when={todo() !== ""}>
          <small>
            <a
              class="todo"
              href={`#bills/${props.day.day}/${encodeURIComponent(props.day.account)}`}
              aria-label={`${todo()} · ${props.day.day}`}
              onClick={(event) => event.stopPropagation()}
            >
              {todo()}
            </a>
          </small>
        </Show>
      </span>
    </span>
  );
}

const looks: { readonly [S in State]: { readonly kind: string; readonly icon: IconName } } = {
  notDue: { kind: "waiting calm", icon: "wait" },
  awaited: { kind: "waiting calm", icon: "wait" },
  missing: { kind: "danger", icon: "warning" },
  empty: { kind: "over", icon: "check" },
  here: { kind: "received calm", icon: "check" },
  refused: { kind: "danger", icon: "warning" },
};
