import type { JSX } from "solid-js";

/** A ring that fills with the time gone, the seconds in its middle. */
export function Ring(props: { readonly seconds: number; readonly share: number; readonly unit: string }): JSX.Element {
  return (
    <div class="ring" style={{ "--share": `${Math.round(Math.min(1, Math.max(0, props.share)) * 100)}%` }} role="timer">
      <div>
        <strong class="num">{props.seconds}</strong>
        <small>{props.unit}</small>
      </div>
    </div>
  );
}
