import { Show } from "solid-js";
import type { ReconciliationBridge } from "../../contract/reconciliation.ts";
import { subtract, type Money } from "../../domain/money.ts";
import { reconcileWords } from "../../i18n/reconcile-words.ts";
import { Icon } from "../../ui/parts/icons.tsx";
import { unsigned, type BooksParts } from "./books-parts.ts";

/** From the business day to the bill: the two cuts, what the bill should have and has, and that nothing stays unexplained. */
export function Bridge(props: {
  readonly parts: BooksParts;
  readonly bridge: ReconciliationBridge;
  /** Whether what is listed needs a person: else it waits, or is other business. */
  readonly isRed: boolean;
}) {
  const { office } = props.parts;
  const words = () => reconcileWords(office.language()).bridge;
  const told = () => props.bridge;
  const written = (amount: Money): string => office.formats().amount(amount);
  /** What is listed beside other business, which is no difference. */
  const different = (): Money => subtract(told().listed, told().other);
  const isEven = (): boolean => told().billed?.amount === told().expected.amount;
  const difference = (amount: Money): string => {
    const of = reconcileWords(office.language());
    return amount.amount > 0 ? of.over(written(amount)) : of.short(written(unsigned(amount)));
  };
  return (
    <section class="bridge" aria-label={words().title} data-testid="bridge">
      <Step label={words().captured} text={written(told().captured)} />
      <i aria-hidden="true">+</i>
      <Step label={words().fromOtherDays} text={written(told().fromOtherDays)} />
      <i aria-hidden="true">−</i>
      <Step label={words().toOtherDays} text={written(told().toOtherDays)} />
      <i aria-hidden="true">=</i>
      <Step label={words().expected} text={written(told().expected)} />
      <Show when={told().billed}>
        {(billed) => (
          <>
            <i aria-hidden="true">{isEven() ? "=" : "≠"}</i>
            <Step label={words().billed} text={written(billed())} />
          </>
        )}
      </Show>
      <Show when={told().billed !== null && different().amount !== 0}>
        <Step label={words().listed} text={difference(different())} isListed isRed={props.isRed} />
      </Show>
      <Show when={told().billed !== null && told().other.amount !== 0}>
        <Step label={reconcileWords(office.language()).results.other} text={written(told().other)} isListed />
      </Show>
      <Show when={told().unexplained}>
        {(left) => (
          <p class="proof" classList={{ danger: left().amount !== 0 }} data-testid="bridge-unexplained">
            <Icon name={left().amount === 0 ? "check" : "warning"} />
            <span>
              {words().unexplained} <b class="num">{written(left())}</b>
              <small>{left().amount === 0 ? words().proof : words().notProved}</small>
            </span>
          </p>
        )}
      </Show>
    </section>
  );
}

function Step(props: {
  readonly label: string;
  readonly text: string;
  readonly isListed?: boolean;
  readonly isRed?: boolean;
}) {
  return (
    <div class="step num" classList={{ listed: props.isListed === true, red: props.isRed === true }}>
      <span>{props.label}</span>
      <b>{props.text}</b>
    </div>
  );
}
