import { lazy, Show, type JSX } from "solid-js";
import type { Told } from "../../i18n/told.ts";
import type { WaitingCounter } from "../../register/state.ts";
import { Ring } from "../parts/Ring.tsx";
import { useTill } from "../till.ts";
import { Methods } from "./TenderChoice.tsx";

/** Fetched with the first code shown: most payments need none. */
const QrCode = lazy(async () => ({ default: (await import("../parts/QrCode.tsx")).QrCode }));

/** A payment on its way: what is known, for how long already, and what can be done. Doubt has its own colour. */
export function Waiting(): JSX.Element {
  const { state } = useTill();
  const waiting = (): WaitingCounter | null => {
    const { counter } = state();
    return counter.kind === "waiting" ? counter : null;
  };
  return (
    <div class="tender">
      <Methods method={waiting()?.presentment === "merchant" ? "shown" : "code"} locked />
      <Show when={waiting()}>{(view) => <WaitingStage view={view()} />}</Show>
    </div>
  );
}

function WaitingStage(props: { readonly view: WaitingCounter }): JSX.Element {
  const { words, formats, now, zone } = useTill();
  const doubt = (): boolean => props.view.stage === "unknown" || props.view.stage === "undoing";
  const gone = (): number => Math.max(0, Math.floor((now() - props.view.startedAt) / 1000));
  const limit = (): number => Math.max(1, Math.round((props.view.reverseAt - props.view.startedAt) / 1000));
  const begun = () => (props.view.presentment === "merchant" ? words().waiting.shown : words().waiting.scanned);
  const told = (): Told =>
    toldOf(
      props.view,
      words().waiting,
      words().channel[props.view.channel],
      formats().money(props.view.amount),
      Math.max(0, limit() - gone()),
    );
  return (
    <div
      class="stage"
      classList={{ doubtbox: doubt() }}
      data-testid="waiting"
      data-stage={props.view.stage}
      data-heard={props.view.gatewayHeard}
    >
      <div class="told" role="status">
        <Show
          when={props.view.stage === "password" && props.view.code}
          fallback={<Ring seconds={gone()} share={gone() / limit()} unit={words().seconds} />}
        >
          {(code) => <ShownCode content={code().content} expiresAt={code().expiresAt} />}
        </Show>
        <h1>{told().title}</h1>
        <p>{told().text}</p>
        <ol class="steps">
          <li class="over">✓ {begun()(formats().timeToSecond(props.view.startedAt, zone()))}</li>
          <li aria-current="step">
            <b>{words().waiting.confirming}</b>
          </li>
          <li>{words().waiting.received}</li>
        </ol>
        <Choices view={props.view} />
      </div>
    </div>
  );
}

/** The code the customer scans, with the time it has left; the same one stands on the customer's display. */
function ShownCode(props: { readonly content: string; readonly expiresAt: number }): JSX.Element {
  const { words, now } = useTill();
  const left = (): number => Math.max(0, Math.ceil((props.expiresAt - now()) / 1000));
  return (
    <div class="shown-code" data-testid="shown-code" data-content={props.content}>
      <QrCode text={props.content} />
      <b class="num" role="timer">
        {words().waiting.codeLeft(left())}
      </b>
    </div>
  );
}

function Choices(props: { readonly view: WaitingCounter }): JSX.Element {
  const { register, words, now } = useTill();
  const secondsLeft = (): number => Math.max(0, Math.ceil((props.view.abandonFrom - now()) / 1000));
  const tooEarly = (): boolean => secondsLeft() > 0;
  return (
    <div class="row">
      <button type="button" class="quiet" data-testid="park" onClick={() => void register.parkPayment()}>
        {words().waiting.park}
      </button>
      <Show when={props.view.stage !== "undoing"}>
        <button
          type="button"
          class="quiet danger"
          data-testid="abandon"
          disabled={tooEarly()}
          onClick={() => void register.abandonPayment()}
        >
          {props.view.presentment === "merchant"
            ? words().waiting.closeCode
            : tooEarly()
              ? words().waiting.abandonIn(secondsLeft())
              : words().waiting.abandon}
        </button>
      </Show>
      <Show when={!props.view.gatewayHeard && !tooEarly()}>
        <button type="button" class="quiet" data-testid="free" onClick={() => register.beginFreeing()}>
          {words().waiting.free}
        </button>
      </Show>
    </div>
  );
}

function toldOf(
  view: WaitingCounter,
  words: ReturnType<ReturnType<typeof useTill>["words"]>["waiting"],
  channel: string,
  amount: string,
  secondsLeft: number,
): Told {
  if (view.stage === "undoing") return words.undoing;
  if (!view.gatewayHeard) return words.noGateway;
  if (view.stage === "unknown") return words.unknown(channel, secondsLeft);
  if (view.presentment === "merchant")
    return view.stage === "password" ? words.scan(channel, amount) : words.making(channel, amount);
  return view.stage === "password" ? words.password(channel, amount) : words.contacting(channel, amount);
}
