import { createSignal, Show } from "solid-js";
import type { WebhookDelivery } from "../../contract/webhooks.ts";
import { outsideWords } from "../../i18n/outside-words.ts";
import { Icon } from "../../ui/parts/icons.tsx";
import type { Office } from "../office.ts";
import { LongNumber } from "../Panel.tsx";
import { PanelHead } from "../PanelHead.tsx";
import { answerText, DeliveryStand } from "./DeliveriesTable.tsx";
import { outsideClient } from "./outside-client.ts";

type Props = {
  readonly office: Office;
  readonly delivery: WebhookDelivery;
  readonly isActive: boolean;
  readonly refresh: () => void;
};

/** One delivery: what was sent, byte for byte, what came back, and the button that sends it again. */
export function DeliveryPanel(props: Props) {
  const { office } = props;
  const words = () => outsideWords(office.language());
  const title = (): string => words().hooks.event[props.delivery.type];
  return (
    <aside class="panel" data-testid="delivery-panel" aria-label={title()}>
      <PanelHead office={office} title={title()} close={() => office.close()} />
      <div class="panel-body">
        <div class="verdict">
          <DeliveryStand office={office} delivery={props.delivery} />
        </div>
        <DeliveryFacts office={office} delivery={props.delivery} />
        <div>
          <h4>{words().deliveries.body}</h4>
          <pre class="sent-body" tabIndex={0} data-testid="delivery-body">
            {props.delivery.body}
          </pre>
        </div>
        <Resend {...props} />
      </div>
    </aside>
  );
}

function DeliveryFacts(props: { readonly office: Office; readonly delivery: WebhookDelivery }) {
  const { office } = props;
  const words = () => outsideWords(office.language()).deliveries;
  const when = (at: WebhookDelivery["nextAt"]): string =>
    at === null ? office.words().never : office.formats().dateTime(at, office.zoneOf(props.delivery.store));
  return (
    <>
      <dl class="facts">
        <dt>{words().happened}</dt>
        <dd class="num">{when(props.delivery.at)}</dd>
        <dt>{words().column.tries}</dt>
        <dd class="num">{props.delivery.tries}</dd>
        <dt>{words().last}</dt>
        <dd class="num">{when(props.delivery.lastAt)}</dd>
        <dt>{words().column.answer}</dt>
        <dd class="num">{answerText(office, props.delivery)}</dd>
        <Show when={props.delivery.nextAt}>
          {(at) => (
            <>
              <dt>{words().column.next}</dt>
              <dd class="num">{when(at())}</dd>
            </>
          )}
        </Show>
      </dl>
      <dl class="facts stacked">
        <dt>{words().subject}</dt>
        <dd>
          <LongNumber office={office} text={props.delivery.subject} label={words().subject} />
        </dd>
        <dt>{words().number}</dt>
        <dd>
          <LongNumber office={office} text={props.delivery.event} label={words().number} />
        </dd>
      </dl>
    </>
  );
}

/** Nothing to press while it is on its way by itself. */
function Resend(props: Props) {
  const { office } = props;
  const words = () => outsideWords(office.language());
  const [told, setTold] = createSignal<"resent" | "failed" | null>(null);
  const isOnItsWay = (): boolean => props.delivery.state === "pending" && props.delivery.tries === 0;
  const send = async (): Promise<void> => {
    const answer = await outsideClient.resend(props.delivery);
    if (!answer.ok && answer.refusal === "signedOut") office.setSession(null);
    setTold(answer.ok ? "resent" : "failed");
    props.refresh();
  };
  return (
    <>
      <Show when={told() === "failed"}>
        <p class="fault" role="alert">
          {words().failed}
        </p>
      </Show>
      <Show when={told() === "resent" && isOnItsWay()}>
        <p class="state waiting" role="status">
          <Icon name="wait" /> {words().deliveries.resent}
        </p>
      </Show>
      <Show when={!isOnItsWay()}>
        <Show when={props.isActive} fallback={<p class="about">{words().deliveries.resumeFirst}</p>}>
          <div class="buttons">
            <button class="plain" data-testid="delivery-resend" onClick={() => void send()}>
              {words().deliveries.resend}
            </button>
          </div>
        </Show>
      </Show>
    </>
  );
}
