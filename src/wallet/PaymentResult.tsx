import { yuan, type WalletWords } from "../i18n/wallet-words.ts";
import { ResultMark } from "./marks.tsx";
import type { Phone } from "./phone.ts";
import type { WalletPayment } from "./sandbox-client.ts";

type Shown = {
  readonly kind: "paid" | "notPaid" | "waiting" | "reversed";
  readonly title: string;
  readonly means: string;
};

/** How the payment ended, as the customer's phone tells it; a payment without an answer looks neither paid nor failed. */
export function PaymentResult(props: {
  readonly payment: WalletPayment;
  readonly phone: Phone;
  readonly words: WalletWords;
}) {
  const shown = (): Shown => resultOf(props.payment, props.words);
  return (
    <section
      class="result"
      classList={{ [shown().kind]: true }}
      data-testid="wallet-result"
      data-state={props.payment.state}
    >
      <div class="told" role="status">
        <ResultMark kind={shown().kind} />
        <h1>{shown().title}</h1>
        <strong class="amount num">{yuan(props.payment.total)}</strong>
        <p>{props.payment.payee}</p>
        <p class="means">{shown().means}</p>
      </div>
      <button type="button" class="pay" data-testid="wallet-next" onClick={() => void props.phone.dismiss()}>
        {props.words.nextCode}
      </button>
    </section>
  );
}

function resultOf(payment: WalletPayment, words: WalletWords): Shown {
  switch (payment.state) {
    case "SUCCESS":
      return {
        kind: "paid",
        title: words.paid,
        means: payment.givenBack > 0 ? words.gaveBack(yuan(payment.givenBack)) : "",
      };
    case "PAYERROR":
      return {
        kind: "notPaid",
        title: words.notPaid,
        means: payment.failure === "notEnough" ? words.becauseNotEnough : words.becauseCancelled,
      };
    case "REVOKED":
      return {
        kind: "reversed",
        title: words.reversed,
        means: payment.givenBack > 0 ? words.gaveBack(yuan(payment.givenBack)) : words.tookNothing,
      };
    case "USERPAYING":
      return { kind: "waiting", title: words.noAnswer, means: words.noAnswerMeans };
  }
}
