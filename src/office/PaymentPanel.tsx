import { Show } from "solid-js";
import type { OfficePayment } from "../contract/office.ts";
import { createLive } from "./live.ts";
import { refreshMs, type Office } from "./office.ts";
import { LongNumber, Panel } from "./Panel.tsx";
import { StateMark } from "./StateMark.tsx";
import { Story } from "./Story.tsx";

/** One payment: what became of it, its numbers, and its whole story. */
export function PaymentPanel(props: { readonly office: Office; readonly id: string }) {
  const office = props.office;
  const words = () => office.words();
  const live = createLive<string, OfficePayment>(
    () => props.id,
    (id) => office.client.payment(id),
    office.browser.clock,
    refreshMs,
  );
  const title = (): string => {
    const { channel, amount } = live.value()?.row.payment ?? { channel: null, amount: null };
    if (channel === null || amount === null) return words().noChannel;
    return words().payment.title(words().channel[channel], office.formats().money(amount));
  };
  return (
    <Panel office={office} live={live} title={live.value() === null ? "" : title()} testId="payment-panel">
      <Show when={live.value()}>
        {(told) => (
          <>
            <p class="verdict">
              <StateMark
                office={office}
                payment={told().row.payment}
                owed={told().row.owed}
                givenBack={told().row.givenBack}
              />
            </p>
            <p class="about num">
              {office.formats().dateTime(told().row.payment.startedAt, office.zoneOf(told().row.store))} ·{" "}
              {words().tillWithStore(told().row.tillLabel, office.storeName(told().row.store))}
            </p>
            <Facts office={office} told={told()} />
            <Story
              office={office}
              steps={told().story}
              zone={office.zoneOf(told().row.store)}
              nameTill={(till) => (till === told().row.payment.till ? told().row.tillLabel : till)}
              payments={[told().row.payment]}
            />
          </>
        )}
      </Show>
    </Panel>
  );
}

function Facts(props: { readonly office: Office; readonly told: OfficePayment }) {
  const office = props.office;
  const words = () => office.words().payment;
  const capture = () => props.told.row.payment.capture;
  return (
    <dl class="facts">
      <dt>{words().sale}</dt>
      <dd class="num">
        <Show when={props.told.row.receipt} fallback={words().noReceipt}>
          {(receipt) => (
            <a href={`#sales/${props.told.row.payment.sale}`} data-testid="payment-receipt">
              {receipt()}
            </a>
          )}
        </Show>
      </dd>
      <dt>{words().number}</dt>
      <dd>
        <LongNumber office={office} text={props.told.row.payment.id} label={words().number} />
      </dd>
      <Show when={capture()}>
        {(captured) => (
          <>
            <dt>{words().providerNumber}</dt>
            <dd>
              <LongNumber office={office} text={captured().providerTransactionId} label={words().providerNumber} />
            </dd>
            <dt>{words().paid}</dt>
            <dd class="num">{office.formats().money(captured().paid)}</dd>
            <dt>{words().receivable}</dt>
            <dd class="num">{office.formats().money(captured().receivable)}</dd>
          </>
        )}
      </Show>
      <Show when={props.told.row.givenBack}>
        {(amount) => (
          <>
            <dt>{words().givenBack}</dt>
            <dd class="num" data-testid="payment-given-back">
              {office.formats().money(amount())}
            </dd>
          </>
        )}
      </Show>
    </dl>
  );
}
