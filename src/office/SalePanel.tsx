import { For, Show } from "solid-js";
import type { OfficeSale } from "../contract/office.ts";
import { negate } from "../domain/money.ts";
import type { Tender } from "../domain/tender.ts";
import { Icon } from "../ui/parts/icons.tsx";
import { createLive } from "./live.ts";
import { refreshMs, type Office } from "./office.ts";
import { LongNumber, Panel } from "./Panel.tsx";
import { StateMark } from "./StateMark.tsx";
import { Story } from "./Story.tsx";

/** One sale: what was sold, how it was paid, and its whole story. */
export function SalePanel(props: { readonly office: Office; readonly id: string }) {
  const office = props.office;
  const live = createLive<string, OfficeSale>(
    () => props.id,
    (id) => office.client.sale(id),
    office.browser.clock,
    refreshMs,
  );
  const words = () => office.words();
  const title = (): string => {
    const sale = live.value();
    return sale === null ? words().column.receipt : words().sale.title(sale.row.receipt);
  };
  return (
    <Panel office={office} live={live} title={title()} testId="sale-panel">
      <Show when={live.value()}>
        {(sale) => (
          <>
            <p class="about num">
              {office.formats().dateTime(sale().row.completedAt, office.zoneOf(sale().row.store))} ·{" "}
              {words().tillWithStore(sale().row.tillLabel, office.storeName(sale().row.store))} · {sale().row.staffName}
            </p>
            <Lines office={office} sale={sale()} />
            <Tenders office={office} sale={sale()} />
            <Story
              office={office}
              steps={sale().story}
              zone={office.zoneOf(sale().row.store)}
              nameTill={(till) => (till === sale().row.till ? sale().row.tillLabel : till)}
              payments={sale().payments}
            />
            <dl class="facts">
              <dt>{words().sale.businessDate}</dt>
              <dd class="num">{sale().row.businessDate}</dd>
              <dt>{words().sale.number}</dt>
              <dd>
                <LongNumber office={office} text={sale().row.id} label={words().sale.number} />
              </dd>
            </dl>
          </>
        )}
      </Show>
    </Panel>
  );
}

function Lines(props: { readonly office: Office; readonly sale: OfficeSale }) {
  const office = props.office;
  const sale = () => props.sale.body.sale;
  return (
    <table class="lines num" data-testid="sale-lines">
      <tbody>
        <For each={sale().lines}>
          {(line) => (
            <tr>
              <td>
                {line.names[office.language()]}
                <Show when={line.note}>{(note) => <small data-testid="line-note"> {note()}</small>}</Show>
                <Show when={line.returnOf?.reason}>
                  {(reason) => (
                    <small data-testid="return-reason">
                      {" "}
                      {office.words().sale.returned}: {office.words().sale.returnReasons[reason()]}
                    </small>
                  )}
                </Show>
              </td>
              <td class="r soft">
                {office.formats().quantity(line.quantity)} × {office.formats().amount(line.unitPrice)}
              </td>
              <td class="r">{office.formats().amount(line.amount)}</td>
            </tr>
          )}
        </For>
      </tbody>
      <Totals office={office} sale={props.sale} />
    </table>
  );
}

/** What was saved, what the rounding took off, the total, and the tax in it or on top. */
function Totals(props: { readonly office: Office; readonly sale: OfficeSale }) {
  const office = props.office;
  const sale = () => props.sale.body.sale;
  return (
    <tfoot>
      <Show when={sale().savings.amount > 0}>
        <tr class="saving">
          <td colSpan={2}>{office.words().sale.savings}</td>
          <td class="r">{office.formats().amount(sale().savings)}</td>
        </tr>
      </Show>
      <Show when={sale().rounding.amount !== 0}>
        <tr class="saving" data-testid="sale-rounding">
          <td colSpan={2}>{office.words().sale.rounding}</td>
          <td class="r">{office.formats().amount(negate(sale().rounding))}</td>
        </tr>
      </Show>
      <tr class="sum">
        <td>
          {office.words().sale.total}
          <small> {office.words().items(props.sale.row.itemCount)}</small>
        </td>
        <td />
        <td class="r">{office.formats().money(sale().total)}</td>
      </tr>
      <For each={sale().taxes}>
        {(tax) => (
          <tr class="tax">
            <td colSpan={2}>{office.words().sale.tax(String(tax.rate / 100), sale().taxMode === "included")}</td>
            <td class="r">{office.formats().amount(tax.tax)}</td>
          </tr>
        )}
      </For>
    </tfoot>
  );
}

/** A payment to the printed code that nobody could ask about, and by which number it is looked for. */
function Unproved(props: { readonly office: Office; readonly tail: string }) {
  const words = () => props.office.words().sale;
  return (
    <span class="state doubt" data-testid="tender-unverified">
      <Icon name="warning" />
      <span>
        {words().unverified}
        <small>{props.tail === "" ? words().noTail : words().tail(props.tail)}</small>
      </span>
    </span>
  );
}

function Tenders(props: { readonly office: Office; readonly sale: OfficeSale }) {
  const office = props.office;
  const words = () => office.words();
  const name = (tender: Tender): string => (tender.kind === "cash" ? words().cash : words().channel[tender.channel]);
  const others = () =>
    props.sale.payments.filter(
      ({ id }) => !props.sale.body.tenders.some((tender) => tender.kind === "payment" && tender.attempt === id),
    );
  return (
    <section class="tenders">
      <h4>{words().sale.tenders}</h4>
      <For each={props.sale.body.tenders}>
        {(tender) => (
          <div class="tender">
            <b>{name(tender)}</b>
            <span class="num soft">
              <Show when={tender.kind === "cash" && tender}>
                {(cash) => (
                  <>
                    {words().sale.given} {office.formats().amount(cash().given)} · {words().sale.change}{" "}
                    {office.formats().amount(cash().change)}
                  </>
                )}
              </Show>
              <Show when={tender.kind === "unverified" && tender}>
                {(noted) => <Unproved office={office} tail={noted().tail} />}
              </Show>
              <Show when={tender.kind === "payment" && tender}>
                {(paid) => <a href={`#payments/${paid().attempt}`}>{words().exception.openPayment}</a>}
              </Show>
            </span>
            <b class="num">{office.formats().money(tender.amount)}</b>
          </div>
        )}
      </For>
      <For each={others()}>
        {(payment) => (
          <div class="tender">
            <StateMark office={office} payment={payment} owed={null} />
            <a href={`#payments/${payment.id}`}>{words().exception.openPayment}</a>
            <span class="num soft">{payment.amount === null ? "" : office.formats().money(payment.amount)}</span>
          </div>
        )}
      </For>
    </section>
  );
}
