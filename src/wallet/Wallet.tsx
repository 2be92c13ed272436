import { createEffect, createSignal, For, Match, Show, Switch } from "solid-js";
import { walletEn } from "../i18n/locales/wallet.en.ts";
import { walletJa } from "../i18n/locales/wallet.ja.ts";
import { walletZhCN } from "../i18n/locales/wallet.zh-CN.ts";
import type { WalletWords } from "../i18n/wallet-words.ts";
import type { WalletPayment } from "./sandbox-client.ts";
import { BehaviourChoice } from "./BehaviourChoice.tsx";
import { CodeCard } from "./CodeCard.tsx";
import { PasswordPrompt } from "./PasswordPrompt.tsx";
import { PaymentResult } from "./PaymentResult.tsx";
import type { Phone } from "./phone.ts";
import { ScanCard } from "./ScanCard.tsx";
import { WalletChoice } from "./WalletChoice.tsx";

const languages = { "zh-CN": walletZhCN, en: walletEn, ja: walletJa } as const satisfies Readonly<
  Record<string, WalletWords>
>;
const languageNames = { "zh-CN": "中文", en: "English", ja: "日本語" } as const;
type Language = keyof typeof languages;

/** The language the phone starts in: the first of the browser's that we speak, else Chinese. */
export function firstLanguage(wanted: readonly string[]): Language {
  const spoken = Object.keys(languages) as Language[];
  const match = wanted
    .map((tag) => spoken.find((language) => tag.toLowerCase().startsWith(language.slice(0, 2))))
    .find(Boolean);
  return match ?? "zh-CN";
}

/** The customer's phone: a wallet, its code, a scan, a password asked, a result. */
export function Wallet(props: {
  readonly phone: Phone;
  readonly languages: readonly string[];
  /** The text of a shop's code that the page's link brought, or empty. */
  readonly linkedCode: string;
}) {
  const [language, setLanguage] = createSignal(firstLanguage(props.languages));
  const words = (): WalletWords => languages[language()];
  createEffect(() => {
    document.documentElement.lang = language();
    document.title = words().title;
  });
  return (
    <div class="phone">
      <header class="bar">
        <h1>{words().title}</h1>
        <span>{words().notRealMoney}</span>
        <select
          aria-label={words().language}
          data-testid="wallet-language"
          value={language()}
          onChange={(event) => setLanguage(event.currentTarget.value as Language)}
        >
          <For each={Object.keys(languages) as Language[]}>
            {(each) => <option value={each}>{languageNames[each]}</option>}
          </For>
        </select>
      </header>
      <Show when={!props.phone.isReachable()}>
        <p class="unreachable" role="alert">
          {words().unreachable}
        </p>
      </Show>
      <Switch
        fallback={
          <main class="ready">
            <WalletChoice phone={props.phone} words={words()} />
            <CodeCard phone={props.phone} words={words()} />
            <ScanCard phone={props.phone} words={words()} linked={props.linkedCode} />
            <BehaviourChoice phone={props.phone} words={words()} />
          </main>
        }
      >
        <Match when={props.phone.payment()}>
          {(payment) => <Asked payment={payment()} phone={props.phone} words={words()} />}
        </Match>
      </Switch>
    </div>
  );
}

/** A payment that a shop asks for: first the password, then what came of it. */
function Asked(props: { readonly payment: WalletPayment; readonly phone: Phone; readonly words: WalletWords }) {
  return (
    <main class="whole">
      <Show
        when={props.payment.isAsking}
        fallback={<PaymentResult payment={props.payment} phone={props.phone} words={props.words} />}
      >
        <PasswordPrompt payment={props.payment} phone={props.phone} words={props.words} />
      </Show>
    </main>
  );
}
