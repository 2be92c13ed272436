import { onCleanup, onMount, Show, type JSX } from "solid-js";
import { negate, money, subtract, type Money } from "../../domain/money.ts";
import { createAmountEntry } from "../amount-entry.ts";
import { useTill } from "../till.ts";
import { AmountKeys } from "./AmountKeys.tsx";
import { NoticeBar } from "./NoticeBar.tsx";

/** The shift begins: what is in the drawer, as the shop usually leaves it or as it was counted. */
export function OpenShift(): JSX.Element {
  const { register, state, words, formats } = useTill();
  const usual = (): Money => {
    const { settings, left } = state();
    const float = settings?.rules?.float ?? 0;
    return money(Math.max(float, left?.amount ?? 0), settings?.store.currency ?? "CNY");
  };
  const open = (float: Money): void => void register.openShift(float);
  const entry = createAmountEntry(usual, () => true, open);
  const onKey = (event: KeyboardEvent): void => {
    if (event.key !== "Escape") return;
    event.preventDefault();
    register.leaveUnopened();
  };
  onMount(() => document.addEventListener("keydown", onKey));
  onCleanup(() => document.removeEventListener("keydown", onKey));
  const shown = (): string =>
    entry.typed() === "" ? formats().money(usual()) : formats().money(usual()).charAt(0) + entry.typed();
  return (
    <>
      <main class="pick opening" data-testid="open-shift">
        <header>
          <h1>{words().openShift.title}</h1>
          <p>
            {state().settings?.store.name ?? ""} · {words().till(state().settings?.label ?? "")} ·{" "}
            {state().who?.name ?? ""}
          </p>
        </header>
        <div class="floatbox">
          <span>{words().openShift.float}</span>
          <output class="num" data-testid="float" aria-live="polite">
            {shown()}
          </output>
          <Show when={state().left}>{(left) => <OfFloat left={left()} float={entry.amount()} />}</Show>
          <p>{words().openShift.text}</p>
          <NoticeBar />
        </div>
      </main>
      <section class="ticket opening" aria-label={words().openShift.count}>
        <header>
          <h1>{words().openShift.count}</h1>
        </header>
        <div class="floatkeys">
          <AmountKeys entry={entry} />
        </div>
        <div class="foot">
          <button type="button" class="quiet" data-testid="open-shift-back" onClick={() => register.leaveUnopened()}>
            {words().openShift.back} <kbd>Esc</kbd>
          </button>
          <button type="button" class="pay" data-testid="open-shift-go" onClick={() => open(entry.amount())}>
            {words().openShift.go} <kbd>Enter</kbd>
          </button>
        </div>
      </section>
    </>
  );
}

/** What the float is made of: what the shift before left, and what comes from the safe or is missing of it. */
function OfFloat(props: { readonly left: Money; readonly float: Money }): JSX.Element {
  const { words, formats } = useTill();
  const brought = (): Money => subtract(props.float, props.left);
  return (
    <dl class="offloat num" data-testid="of-float">
      <dt>{words().openShift.left}</dt>
      <dd data-testid="float-left">{formats().money(props.left)}</dd>
      <Show when={brought().amount !== 0}>
        <dt classList={{ missing: brought().amount < 0 }}>
          {brought().amount > 0 ? words().openShift.fromSafe : words().openShift.missing}
        </dt>
        <dd data-testid="float-brought" classList={{ missing: brought().amount < 0 }}>
          {formats().money(brought().amount > 0 ? brought() : negate(brought()))}
        </dd>
      </Show>
    </dl>
  );
}
