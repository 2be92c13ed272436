import { createEffect, createMemo, createSignal, For, on, onMount, Show, type JSX } from "solid-js";
import { money, scaleHalfUp, type Money } from "../../domain/money.ts";
import { balanceOf } from "../../domain/sale.ts";
import { nextAsked, partOf } from "../../register/paying/part-asked.ts";
import type { TenderMethod } from "../../register/state.ts";
import { tipOf } from "../../register/paying/tip-asked.ts";
import { Icon, type IconName } from "../parts/icons.tsx";
import { useTill } from "../till.ts";
import { CameraKey, CameraPicture } from "./CameraScan.tsx";
import { CashTender } from "./CashTender.tsx";
import { PartChips, PartKeys } from "./PartOfDue.tsx";
import { ShownCodes } from "./ShownCodes.tsx";

/** How the customer pays: a code to scan, a code to show, or cash. */
export function TenderChoice(): JSX.Element {
  const { state } = useTill();
  const [asksPart, setAsksPart] = createSignal(false);
  const method = createMemo((): TenderMethod => {
    const { counter } = state();
    return counter.kind === "tender" ? counter.method : "code";
  });
  const hasPart = createMemo((): boolean => {
    const { sale, part } = state();
    return sale !== null && partOf(part, sale) !== null;
  });
  // another way to pay keeps the part that was chosen, not the half-typed one; any other change of the till's state keeps both
  createEffect(on(method, () => setAsksPart(false), { defer: true }));
  return (
    <div class="tender">
      <Methods method={method()} />
      <Show when={!asksPart()} fallback={<PartKeys close={() => setAsksPart(false)} />}>
        <Show when={method() !== "cash" || hasPart()}>
          <PartChips ask={() => setAsksPart(true)} />
        </Show>
        <Show when={method() !== "cash"} fallback={<CashTender />}>
          <Tips />
          <Show when={method() === "shown"} fallback={<ScanCode />}>
            <ShownCodes />
          </Show>
        </Show>
      </Show>
    </div>
  );
}

const methods: readonly { readonly method: TenderMethod; readonly icon: IconName }[] = [
  { method: "code", icon: "code" },
  { method: "shown", icon: "qr" },
  { method: "cash", icon: "cash" },
];

/** The row of ways to pay; the chosen one is marked, and locked while a payment is on its way. */
export function Methods(props: { readonly method: TenderMethod; readonly locked?: boolean }): JSX.Element {
  const { register, state, words } = useTill();
  const offered = () =>
    methods.filter(
      ({ method }) => method !== "shown" || state().settings?.channels.some((each) => each.codeLivesMs !== null),
    );
  return (
    <div class="methods">
      <For each={offered()}>
        {({ method, icon }) => (
          <button
            type="button"
            data-testid={`method-${method}`}
            classList={{ on: props.method === method }}
            aria-pressed={props.method === method}
            disabled={props.locked === true}
            onClick={() => register.chooseMethod(method)}
          >
            <Icon name={icon} /> {words().tender[method]}
          </button>
        )}
      </For>
    </div>
  );
}

/** Tips, where the shop takes them: none, or a share of what is due. */
function Tips(): JSX.Element {
  const { register, state, words, formats } = useTill();
  const shares = (): readonly number[] => state().settings?.rules?.tips ?? [];
  const chosen = (): Money | null => {
    const { sale, tip } = state();
    return sale === null ? null : tipOf(tip, sale);
  };
  const shareOf = (basisPoints: number): Money | null => {
    const { sale } = state();
    if (sale === null) return null;
    const due = balanceOf(sale);
    return money(scaleHalfUp(due.amount, basisPoints, 10_000), due.currency);
  };
  return (
    <Show when={shares().length > 0 && state().connection.online}>
      <div class="chips tips" role="group" aria-label={words().tender.tip} data-testid="tips">
        <span>{words().tender.tip}</span>
        <button
          type="button"
          classList={{ on: chosen() === null }}
          aria-pressed={chosen() === null}
          onClick={() => register.chooseTip(null)}
        >
          {words().tender.noTip}
        </button>
        <For each={shares()}>
          {(share) => (
            <button
              type="button"
              classList={{ on: chosen() !== null && chosen()?.amount === shareOf(share)?.amount }}
              aria-pressed={chosen() !== null && chosen()?.amount === shareOf(share)?.amount}
              onClick={() => register.chooseTip(shareOf(share))}
            >
              {share / 100} % <small class="num">{formats().money(shareOf(share) ?? money(0, "CNY"))}</small>
            </button>
          )}
        </For>
      </div>
    </Show>
  );
}

function ScanCode(): JSX.Element {
  const { state, words, formats } = useTill();
  const asked = (): string => {
    const { sale } = state();
    return sale === null ? "" : formats().money(nextAsked(state(), sale));
  };
  const channels = (): string =>
    formats().list((state().settings?.channels ?? []).map((each) => words().channel[each.channel]));
  return (
    <div class="stage" data-testid="scan-code">
      <Show
        when={state().connection.online}
        fallback={
          <div class="told doubt">
            <Icon name="offline" />
            <h1>{words().tender.codeOffline.title}</h1>
            <p>
              {(state().settings?.rules?.unverified ?? null) === null
                ? words().tender.codeOffline.text
                : words().tender.codeOfflineNoted}
            </p>
          </div>
        }
      >
        <div class="told">
          <Icon name="code" />
          <h1>{words().tender.codeTitle}</h1>
          <p>{words().tender.codeText(channels(), asked())}</p>
          <div class="scan">
            <CodeBox />
            <CameraKey />
          </div>
          <CameraPicture />
        </div>
      </Show>
    </div>
  );
}

/** For a shop without a scanner: the code's digits, typed or pasted. What a scanner types here is taken out again. */
function CodeBox(): JSX.Element {
  const { register, words } = useTill();
  let box!: HTMLInputElement;
  onMount(() => box.focus({ preventScroll: true }));
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key !== "Enter") return;
    event.preventDefault();
    const typed = box.value;
    box.value = "";
    void register.scan(typed);
  };
  return (
    <input
      ref={box}
      data-testid="code-box"
      onKeyDown={onKeyDown}
      placeholder={words().tender.codeHint}
      aria-label={words().tender.codeHint}
      inputmode="numeric"
      autocomplete="off"
      maxLength={64}
    />
  );
}
