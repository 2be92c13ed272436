import { Show } from "solid-js";
import type { OfficePaymentRow } from "../contract/office.ts";
import type { PaymentBody } from "../contract/payment.ts";
import { Icon, type IconName } from "../ui/parts/icons.tsx";
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
  readonly payment: Pick<PaymentBody, "state" | "reason">;
  readonly owed: Owed;
}) {
  const words = () => props.office.words();
  const look = () => lookOf(props.payment.state, props.owed);
  const reason = (): string => {
    const { reason: why } = props.payment;
    return why === null ? "" : words().decline[why];
  };
  return (
    <span class={`state ${look().kind}`} data-testid="payment-state" data-state={props.payment.state}>
      <Icon name={look().icon} />
      <span>
        {props.owed === null ? words().state[props.payment.state] : words().owed[props.owed]}
        <Show when={reason() !== "" && props.owed === null}>
          <small>{reason()}</small>
        </Show>
      </span>
    </span>
  );
}

function lookOf(state: State, owed: Owed): { readonly kind: string; readonly icon: IconName } {
  if (owed !== null) return { kind: "danger", icon: "warning" };
  if (state === "captured") return { kind: "received", icon: "check" };
  if (isInDoubt(state)) return { kind: "doubt", icon: "warning" };
  if (state === "declined" || state === "reversed" || state === "closed") return { kind: "over", icon: "close" };
  return { kind: "waiting", icon: "wait" };
}
