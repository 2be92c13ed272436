import { Show } from "solid-js";
import type { ReconciliationItem } from "../../contract/reconciliation.ts";
import type { ReconcileTexts } from "../../i18n/reconcile-texts.ts";
import { reconcileWords } from "../../i18n/reconcile-words.ts";
import { Icon } from "../../ui/parts/icons.tsx";
import type { ItemName } from "../../contract/reconciliation.ts";
import type { BooksParts } from "./books-parts.ts";
import { isSameItem } from "./item-name.ts";
import type { ReconciliationState } from "./reconciliation-state.ts";

/** What the item is, where it stands among those of its list, and the ways to the one before, the next, and back. */
export function ItemHead(props: {
  readonly parts: BooksParts;
  readonly state: ReconciliationState;
  readonly name: ItemName;
  readonly title: string;
  readonly item: ReconciliationItem | null;
}) {
  const { parts, state } = props;
  const { office } = parts;
  const words = () => reconcileWords(office.language());
  const at = (): number => state.shown().findIndex((each) => isSameItem(each, props.name));
  const where = (): string => {
    const { item } = props;
    // a stranger's credit is of no provider
    const account = props.name.side === "credit" ? "" : parts.accountName(props.name.account);
    const told = [item?.day ?? "", account];
    if (item?.tillLabel !== null && item !== null)
      told.push(office.words().tillWithStore(item.tillLabel, office.storeName(item.store)));
    else if (office.stores().length > 1) told.push(office.storeName(props.name.store));
    if (at() !== -1) told.push(words().nth(at() + 1, state.shown().length));
    return told.filter((part) => part !== "").join(" · ");
  };
  return (
    <header>
      <div>
        <h2 tabIndex={-1} ref={(title) => queueMicrotask(() => title.focus())} data-testid="item-title">
          {props.title}
        </h2>
        <p class="soft num">{where()}</p>
      </div>
      <div class="filters">
        <Show when={at() !== -1}>
          <Steps state={state} at={at()} words={words()} />
        </Show>
        <button class="plain to" data-testid="item-back" onClick={() => office.close()}>
          <Icon name="back" />
          {words().back}
        </button>
      </div>
    </header>
  );
}

/** To the item before and to the next one of the list that one came from. */
function Steps(props: { readonly state: ReconciliationState; readonly at: number; readonly words: ReconcileTexts }) {
  const beside = (step: -1 | 1): ReconciliationItem | undefined => props.state.shown()[props.at + step];
  const go = (step: -1 | 1): void => {
    const item = beside(step);
    if (item !== undefined) props.state.openItem(item);
  };
  return (
    <>
      <button class="plain" disabled={beside(-1) === undefined} onClick={() => go(-1)}>
        {props.words.previous}
      </button>
      <button class="plain" data-testid="item-next" disabled={beside(1) === undefined} onClick={() => go(1)}>
        {props.words.next}
      </button>
    </>
  );
}
