import { createSignal, Show } from "solid-js";
import type { WalletWords } from "../i18n/wallet-words.ts";
import type { Phone } from "./phone.ts";
import type { ScanReply } from "./sandbox-client.ts";

/** No code that a shop shows says more. */
const contentLengthMax = 512;

/** The wallet's camera, without a camera: what a code that the shop shows says, pasted or typed, or told by the page's link. */
export function ScanCard(props: { readonly phone: Phone; readonly words: WalletWords; readonly linked: string }) {
  const [content, setContent] = createSignal(props.linked);
  const [reply, setReply] = createSignal<ScanReply["kind"] | null>(null);
  const scan = async () => {
    const told = await props.phone.scan(content().trim());
    setReply(told.kind);
    if (told.kind === "taken") setContent("");
  };
  const trouble = () => {
    if (reply() === "unknown") return props.words.scanUnknown;
    return reply() === "ended" ? props.words.scanEnded : "";
  };
  return (
    <form
      class="scan"
      onSubmit={(event) => {
        event.preventDefault();
        if (content().trim() !== "") void scan();
      }}
    >
      <label for="shop-code">{props.words.shopCode}</label>
      <input
        id="shop-code"
        data-testid="wallet-scan-content"
        autocomplete="off"
        autocapitalize="off"
        spellcheck={false}
        maxlength={contentLengthMax}
        placeholder={props.words.shopCodeText}
        value={content()}
        onInput={(event) => {
          setReply(null);
          setContent(event.currentTarget.value);
        }}
      />
      <button type="submit" data-testid="wallet-scan" disabled={content().trim() === ""}>
        {props.words.scan}
      </button>
      <Show when={trouble()}>
        {(sentence) => (
          <p role="alert" data-testid="wallet-scan-trouble">
            {sentence()}
          </p>
        )}
      </Show>
    </form>
  );
}
