import { Show } from "solid-js";
import type { PaymentBody } from "../contract/payment.ts";
import { Icon, type IconName } from "../ui/parts/icons.tsx";
import type { Office } from "./office.ts";

type State = PaymentBody["state"];

/** Nobody knows yet whether money moved. */
export function isInDoubt(state: State): boolean {
  return state === "unknown" || state === "reversing" || state === "closing";
}

/** What became of a payment: colour, drawing and word together. */
export function StateMark(props: {
  readonly office: Office;
  readonly payment: Pick<PaymentBody, "state" | "reason">;
  readonly lateCapture: boolean;
}) {
  const words = () => props.office.words();
  const look = () => lookOf(props.payment.state, props.lateCapture);
  const reason = (): string => {
    const { reason: why } = props.payment;
    return why === null ? "" : words().decline[why];
  };
  return (
    <span class={`state ${look().kind}`} data-testid="payment-state" data-state={props.payment.state}>
      <Icon name={look().icon} />
      <span>
        {props.lateCapture ? words().lateCapture : words().state[props.payment.state]}
        <Show when={reason() !== "" && !props.lateCapture}>
          <small>{reason()}</small>
        </Show>
      </span>
    </span>
  );
}

function lookOf(state: State, lateCapture: boolean): { readonly kind: string; readonly icon: IconName } {
  if (lateCapture) return { kind: "danger", icon: "warning" };
  if (state === "captured") return { kind: "received", icon: "check" };
  if (isInDoubt(state)) return { kind: "doubt", icon: "warning" };
  if (state === "declined" || state === "reversed" || state === "closed") return { kind: "over", icon: "close" };
  return { kind: "waiting", icon: "wait" };
}
