import { createMemo, Show } from "solid-js";
import type { ReconciliationItem } from "../../contract/reconciliation.ts";
import { reconcileWords } from "../../i18n/reconcile-words.ts";
import { Icon } from "../../ui/parts/icons.tsx";
import { breakIn } from "../mend/mend-subject.ts";
import { MendTogether } from "../mend/MendTogether.tsx";
import type { BooksParts } from "./books-parts.ts";
import { ItemsList } from "./ItemsList.tsx";
import type { ReconciliationState } from "./reconciliation-state.ts";
import { breakTold } from "./ResultMark.tsx";

/** The items of one cause: what they have in common, what may be done about all of them, and each by itself. */
export function CausePage(props: { readonly parts: BooksParts; readonly state: ReconciliationState }) {
  const { parts, state } = props;
  const { office } = parts;
  const words = () => reconcileWords(office.language());
  const first = (): ReconciliationItem | undefined => state.shown()[0];
  // the class is kept while its last item is being mended away
  const type = createMemo<string>((before) => breakIn(first()?.result ?? { kind: "matched" })?.class ?? before, "");
  const told = () => breakTold(parts, type(), first()?.account ?? "");
  const title = (): string => {
    const mark = told()?.mark ?? "";
    const count = state.shown().length;
    return count === 0 ? mark : words().alikeTitle(mark, count);
  };
  return (
    <>
      <header>
        <div>
          <h2 data-testid="cause-title">{title()}</h2>
          <p class="soft num">
            {[first()?.day, parts.accountName(first()?.account ?? "")].filter(Boolean).join(" · ")}
          </p>
        </div>
        <button class="plain to" data-testid="cause-back" onClick={() => state.goTo({ ...state.place(), cause: null })}>
          <Icon name="back" />
          {words().backToList}
        </button>
      </header>
      <div class="day-page">
        <Show when={first() !== undefined}>
          <section class="meaning red">
            <div>
              <p>{told()?.text}</p>
              <p class="next">
                <b>{words().meaning}</b> {told()?.next}
              </p>
            </div>
          </section>
        </Show>
        <ItemsTogether parts={parts} state={state} />
        <ItemsList parts={parts} state={state} isOfDay={false} empty={words().open.causeEnded} />
      </div>
    </>
  );
}

/** What may be done about all breaks of a list, where it is narrowed to one cause or class, and they are of one account. */
export function ItemsTogether(props: { readonly parts: BooksParts; readonly state: ReconciliationState }) {
  const { parts, state } = props;
  const { office } = parts;
  const isNarrowed = (): boolean => state.type() !== undefined || state.place().cause !== null;
  const common = createMemo(() => (isNarrowed() ? commonOf(state.shown()) : null), undefined, {
    equals: (a, b) => JSON.stringify(a) === JSON.stringify(b),
  });
  return (
    <Show when={common()}>
      {(of) => (
        <MendTogether
          office={office}
          filter={{ ...state.filter(), account: of().account }}
          class={of().class}
          zone={office.zoneOf(of().store)}
          day={of().day}
          onMended={state.changed}
        />
      )}
    </Show>
  );
}

/** What the breaks of a list have in common; null when they are of several classes or accounts, or fewer than two. */
function commonOf(items: readonly ReconciliationItem[]) {
  const [first] = items;
  const of = breakIn(first?.result ?? { kind: "matched" });
  if (first === undefined || of === null || items.length < 2) return null;
  const isOne = items.every(
    ({ result, account, alike }) => alike === null && account === first.account && breakIn(result)?.class === of.class,
  );
  return isOne ? { class: of.class, account: first.account, store: first.store, day: first.day } : null;
}
