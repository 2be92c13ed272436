import { Show } from "solid-js";
import type { OfficePaymentRow } from "../contract/office.ts";
import type { PaymentBody } from "../contract/payment.ts";
import { Icon, type IconName } from "../ui/parts/icons.tsx";
import { compare, type Money } from "../domain/money.ts";
import type { Office } from "./office.ts";

type State = PaymentBody["state"];
type Owed = OfficePaymentRow["owed"];

/** Nobody knows yet whether money moved. */
export function isInDoubt(state: State): boolean {
  return state === "unknown" || state === "reversing" || state === "closing";
}

/** What became of a payment: colour, drawing and word together. */
export function StateMark(props: {
  readonly office: Office;
  readonly payment: Pick<PaymentBody, "state" | "reason" | "amount">;
  readonly owed: Owed;
  readonly givenBack?: Money | undefined;
}) {
  const words = () => props.office.words();
  /** What went back of money that had arrived; whether that is all of it. */
  const back = (): { readonly amount: Money; readonly isAll: boolean } | null => {
    const { givenBack, payment } = props;
    if (givenBack === undefined || payment.state !== "captured" || props.owed !== null) return null;
    return { amount: givenBack, isAll: payment.amount !== null && compare(givenBack, payment.amount) >= 0 };
  };
  const look = () => lookOf(props.payment.state, props.owed, back()?.isAll === true);
  const text = (): string => {
    if (props.owed !== null) return words().owed[props.owed];
    return back()?.isAll === true ? words().givenBack.whole : words().state[props.payment.state];
  };
  const reason = (): string => {
    const { reason: why } = props.payment;
    return why === null ? "" : words().decline[why];
  };
  return (
    <span class={`state ${look().kind}`} data-testid="payment-state" data-state={props.payment.state}>
      <Icon name={look().icon} />
      <span>
        {text()}
        <Show when={back()?.isAll === false && back()}>
          {(part) => <small class="num">{words().givenBack.part(props.office.formats().money(part().amount))}</small>}
        </Show>
        <Show when={reason() !== "" && props.owed === null}>
          <small>{reason()}</small>
        </Show>
      </span>
    </span>
  );
}

function lookOf(state: State, owed: Owed, isAllBack: boolean): { readonly kind: string; readonly icon: IconName } {
  if (isAllBack) return { kind: "over", icon: "back" };
  if (owed !== null) return { kind: "danger", icon: "warning" };
  if (state === "captured") return { kind: "received", icon: "check" };
  if (isInDoubt(state)) return { kind: "doubt", icon: "warning" };
  if (state === "declined" || state === "reversed" || state === "closed") return { kind: "over", icon: "close" };
  return { kind: "waiting", icon: "wait" };
}
