import { createSignal, For, Show, type JSX } from "solid-js";
import { unverifiedTailMin, type PaymentChannel } from "../../domain/tender.ts";
import { Icon } from "../parts/icons.tsx";
import { useTill } from "../till.ts";

/** The shop shows the code: the wallet is chosen first, so that there is one code at a time and it fits the phone in hand. */
export function ShownCodes(): JSX.Element {
  const { state } = useTill();
  return (
    <div class="stage" data-testid="shown-codes">
      <Show when={state().connection.online} fallback={<Offline />}>
        <Wallets />
      </Show>
    </div>
  );
}

function Wallets(): JSX.Element {
  const { register, state, words } = useTill();
  const channels = (): readonly PaymentChannel[] =>
    (state().settings?.channels ?? []).filter((each) => each.codeLivesMs !== null).map((each) => each.channel);
  return (
    <div class="told">
      <Icon name="qr" />
      <h1>{words().tender.shownTitle}</h1>
      <p>{words().tender.shownText}</p>
      <div class="wallets">
        <For each={channels()}>
          {(channel) => (
            <button
              type="button"
              class="quiet wallet"
              data-testid={`show-${channel}`}
              onClick={() => void register.showCode(channel)}
            >
              {words().tender.showFor(words().channel[channel])}
            </button>
          )}
        </For>
      </div>
    </div>
  );
}

/** Offline no code can be made; where the shop allows it, a payment to the printed code is noted as unproved. */
function Offline(): JSX.Element {
  const { state, words } = useTill();
  const isAllowed = (): boolean => (state().settings?.rules?.unverified ?? null) !== null;
  return (
    <Show
      when={isAllowed()}
      fallback={
        <div class="told doubt">
          <Icon name="offline" />
          <h1>{words().tender.shownOffline.title}</h1>
          <p>{words().tender.shownOffline.text}</p>
        </div>
      }
    >
      <Unproved />
    </Show>
  );
}

/** The wallet, and the end of the number by which the payment is found in the bill later: without it none is noted. */
function Unproved(): JSX.Element {
  const { register, state, words } = useTill();
  const [tail, setTail] = createSignal("");
  const [isAsked, setAsked] = createSignal(false);
  let box!: HTMLInputElement;
  const isShort = (): boolean => tail().length < unverifiedTailMin;
  const take = (channel: PaymentChannel): void => {
    setAsked(isShort());
    if (isShort()) box.focus();
    else void register.takeUnverified(channel, tail());
  };
  const channels = (): readonly PaymentChannel[] => (state().settings?.channels ?? []).map((each) => each.channel);
  return (
    <div class="told doubt" data-testid="unverified">
      <Icon name="offline" />
      <h1>{words().tender.unverified.title}</h1>
      <p>{words().tender.unverified.text}</p>
      <input
        ref={box}
        data-testid="unverified-tail"
        value={tail()}
        onInput={(event) => setTail(event.currentTarget.value.replace(/[^0-9A-Za-z]/gu, "").slice(-12))}
        placeholder={words().tender.unverified.tail(unverifiedTailMin)}
        aria-label={words().tender.unverified.tail(unverifiedTailMin)}
        inputmode="numeric"
        autocomplete="off"
        maxLength={12}
        aria-invalid={isAsked() && isShort()}
      />
      <Show when={isAsked() && isShort()}>
        <p class="refusal" role="alert" data-testid="unverified-tail-short">
          {words().tender.unverified.tailShort(unverifiedTailMin)}
        </p>
      </Show>
      <div class="wallets">
        <For each={channels()}>
          {(channel) => (
            <button
              type="button"
              class="quiet wallet"
              data-testid={`unverified-${channel}`}
              onClick={() => take(channel)}
            >
              {words().tender.unverified.take(words().channel[channel])}
            </button>
          )}
        </For>
      </div>
    </div>
  );
}
