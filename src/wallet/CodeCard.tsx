import { createMemo, createSignal, For, Show } from "solid-js";
import type { WalletWords } from "../i18n/wallet-words.ts";
import { QrCode } from "../ui/parts/QrCode.tsx";
import { code128 } from "./code-128.ts";
import { WalletMark } from "./marks.tsx";
import type { Phone } from "./phone.ts";

/** The payment code, three ways: bars, digits (a tap copies them) and QR. */
export function CodeCard(props: { readonly phone: Phone; readonly words: WalletWords }) {
  const [isCopied, setCopied] = createSignal(false);
  const code = () => props.phone.code()?.code ?? null;
  const copy = async (digits: string) => setCopied(await props.phone.copy(digits));
  return (
    <section class="code-card" aria-live="off">
      <header>
        <WalletMark provider={props.phone.provider()} />
        <b>{props.words.wallets[props.phone.provider()]}</b>
        <span>{props.words.showToTill}</span>
      </header>
      <Show when={code()} keyed fallback={<p class="loading">{props.words.loadingCode}</p>}>
        {(digits) => (
          <>
            <div class="line-code">
              <Barcode digits={digits} />
              <button
                type="button"
                class="digits num"
                data-testid="payment-code"
                data-code={digits}
                title={props.words.copyDigits}
                aria-label={`${props.words.copyDigits} ${inFours(digits)}`}
                onClick={() => void copy(digits)}
              >
                {inFours(digits)}
              </button>
            </div>
            <QrCode text={digits} />
          </>
        )}
      </Show>
      <small class="num">
        <Show when={isCopied()} fallback={props.words.renewsIn(props.phone.codeSecondsLeft())}>
          {props.words.copied}
        </Show>
      </small>
    </section>
  );
}

function inFours(digits: string): string {
  return digits.replace(/(\d{4})(?=\d)/gu, "$1 ");
}

function Barcode(props: { readonly digits: string }) {
  const symbol = createMemo(() => code128(props.digits));
  return (
    <svg class="bars" viewBox={`0 0 ${symbol().width} 1`} preserveAspectRatio="none" aria-hidden="true">
      <For each={symbol().bars}>{(bar) => <rect x={bar.at} y="0" width={bar.width} height="1" />}</For>
    </svg>
  );
}
