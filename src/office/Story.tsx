import { createMemo, For, Show } from "solid-js";
import type { StoryStep } from "../contract/office.ts";
import type { OfficeWords } from "../i18n/office-words.ts";
import type { Office } from "./office.ts";
import { showerOf, toldSteps, type ToldPayment, type ToldStep } from "./story-steps.ts";

type StoryProps = {
  readonly office: Office;
  readonly steps: readonly StoryStep[];
  readonly zone: string;
  /** A till's label for an account that is one till's. */
  readonly nameTill: (till: string) => string;
  /** The sale's payments in their order; with several, each step says which it is about. */
  readonly payments: readonly ToldPayment[];
};

/** Everything that happened, oldest first; till, gateway, provider and books each with its own name and mark. */
export function Story(props: StoryProps) {
  const words = () => props.office.words().story;
  const told = createMemo(() => toldSteps(props.steps));
  const dateOf = (step: ToldStep | undefined): string =>
    step === undefined ? "" : props.office.formats().dateTime(step.step.at, props.zone).slice(0, 10);
  return (
    <section class="story" data-testid="story">
      <h4>{words().title}</h4>
      <Show when={told().length > 0} fallback={<p class="soft">{words().empty}</p>}>
        <ol>
          <For each={told()}>
            {(step, nth) => (
              <>
                <Show when={nth() > 0 && dateOf(step) !== dateOf(told()[nth() - 1])}>
                  <li class="day num">{dateOf(step)}</li>
                </Show>
                <Step {...props} told={step} />
              </>
            )}
          </For>
        </ol>
      </Show>
    </section>
  );
}

function Step(props: StoryProps & { readonly told: ToldStep }) {
  const { formats } = props.office;
  const step = () => props.told.step;
  const words = () => props.office.words();
  return (
    <li
      class={`${step().source} ${meaningOf(step())}`}
      data-testid="story-step"
      data-source={step().source}
      data-what={step().what}
    >
      <time class="num">{formats().timeToSecond(step().at, props.zone)}</time>
      <span class="source">{words().story.source[step().source]}</span>
      <div>
        <span>
          {sentenceOf(words(), step(), props)}
          <Show when={step().source !== "books" && step().amount}>
            {(amount) => <b class="num"> {formats().money(amount())}</b>}
          </Show>
        </span>
        <small class="num">{asideOf(props)}</small>
        <Show when={props.told.transfers.length > 0}>
          <table class="transfers num">
            <tbody>
              <For each={props.told.transfers}>
                {(transfer) => (
                  <tr classList={{ red: transfer.amount.amount < 0 }}>
                    <td>
                      {words().story.debit} {accountName(props, transfer.debit)}
                    </td>
                    <td>
                      {words().story.credit} {accountName(props, transfer.credit)}
                    </td>
                    <td class="r">{formats().amount(transfer.amount)}</td>
                  </tr>
                )}
              </For>
            </tbody>
          </table>
        </Show>
      </div>
    </li>
  );
}

function sentenceOf(words: OfficeWords, step: StoryStep, { steps, payments }: StoryProps): string {
  switch (step.source) {
    case "till": {
      const shower = step.what === "paymentAttempted" ? showerOf(step.payment, payments, steps) : null;
      return shower === null ? words.story.till[step.what] : words.story.attempted[shower];
    }
    case "gateway":
      return words.story.gateway[step.what];
    case "provider":
      return `${words.story.asked[step.asked]}${words.languageName === "English" ? ": " : "："}${words.story.provider[step.what]}`;
    case "books":
      return words.story.books[step.what];
  }
}

/** What stands small below a step: who, the provider's own word, a number, how often. */
function asideOf({
  office,
  told: { step, count, until },
  zone,
  payments,
}: StoryProps & { readonly told: ToldStep }): string {
  const words = office.words().story;
  const parts: (string | null)[] = [];
  if (step.source === "till")
    parts.push(step.who, step.what === "receiptReprinted" ? words.copyNumber(step.detail ?? "") : step.detail);
  if (step.source === "provider")
    parts.push(step.why === null ? null : (words.silence[step.why] ?? step.why), step.detail);
  if (step.source === "gateway") parts.push(step.detail);
  if (step.source === "provider" && count > 1)
    parts.push(words.times(count, office.formats().timeToSecond(until, zone)));
  if (payments.length > 1 && step.payment !== null)
    parts.push(words.nthPayment(payments.findIndex(({ id }) => id === step.payment) + 1));
  return parts.filter((part) => part !== null && part !== "").join(" · ");
}

/** What a step means at a glance: money came, nothing known, something wrong. */
function meaningOf(step: StoryStep): string {
  if (step.source === "provider" && step.what === "captured") return "received";
  if (step.source === "till" && step.what === "saleCompleted") return "received";
  if (step.source === "provider" && (step.what === "silence" || step.what === "notYet")) return "doubt";
  if (
    step.what === "eventRefused" ||
    step.what === "reversalRefused" ||
    step.what === "refundFailed" ||
    step.what === "refundAbnormal" ||
    step.what === "attemptFreed"
  )
    return "danger";
  return "";
}

function accountName(props: StoryProps, account: string): string {
  const [kind = "", of = ""] = account.split("/", 2);
  const { account: names } = props.office.words().story;
  switch (kind) {
    case "drawer":
      return names.drawer(props.nameTill(of));
    case "revenue":
    case "returns":
    case "outputTax":
      return names[kind](String(Number(of) / 100));
    case "receivable":
    case "suspense":
    case "shopDiscount":
    case "rounding":
    case "refundsOwed":
    case "unproven":
    case "tipsPayable":
    case "safe":
    case "owner":
    case "otherIncome":
    case "expense":
    case "cashPending":
    case "balance":
    case "bank":
    case "payoutInTransit":
    case "unexplained":
    case "otherBusiness":
    case "fees":
    case "settlementDifferences":
    case "loss":
    case "gain":
    case "staffReceivable":
    case "betweenStores":
    case "openingBalance":
    case "cashInTransit":
      return names[kind](of);
    default:
      return account;
  }
}
