import { For, Show } from "solid-js";
import type { ItemName, ReconciliationItemOpened } from "../../contract/reconciliation.ts";
import { reconcileWords } from "../../i18n/reconcile-words.ts";
import { PairingBox } from "../mend/PairingBox.tsx";
import type { BooksParts } from "./books-parts.ts";

/** What an item may be paired with, on either side, and what it is paired with. */
export function ItemPairs(props: {
  readonly parts: BooksParts;
  readonly opened: ReconciliationItemOpened;
  readonly name: ItemName;
  readonly open: (name: ItemName) => void;
  readonly onApart: () => void;
}) {
  const { parts } = props;
  const isTender = (): boolean => props.name.side === "tender";
  return (
    <>
      <Candidates parts={parts} opened={props.opened} />
      <Tenders parts={parts} opened={props.opened} open={props.open} />
      <Show when={props.opened.pairing}>
        {(pairing) => (
          <PairingBox
            office={parts.office}
            pairing={pairing()}
            zone={parts.office.zoneOf(props.name.store)}
            isTender={isTender()}
            toOther={() => props.open(isTender() ? pairing().row : pairing().tender)}
            onApart={props.onApart}
          />
        )}
      </Show>
    </>
  );
}

/** Noted payments that a row of theirs may be: opened, one of them is matched. */
function Tenders(props: {
  readonly parts: BooksParts;
  readonly opened: ReconciliationItemOpened;
  readonly open: (name: ItemName) => void;
}) {
  const { office } = props.parts;
  const words = () => reconcileWords(office.language());
  return (
    <Show when={props.opened.tenders.length > 0}>
      <section class="card" data-testid="tenders">
        <h3>{words().tenders}</h3>
        <p class="soft">{words().tendersText}</p>
        <table class="lines num">
          <tbody>
            <For each={props.opened.tenders}>
              {(tender) => (
                <tr>
                  <td>{office.formats().dateTime(tender.at, office.zoneOf(tender.name.store))}</td>
                  <td>{tender.tillLabel}</td>
                  <td>
                    <button class="plain to" data-testid="tender-open" onClick={() => props.open(tender.name)}>
                      {tender.receipt ?? tender.name.number}
                    </button>
                  </td>
                  <td class="r">{office.formats().money(tender.amount)}</td>
                </tr>
              )}
            </For>
          </tbody>
        </table>
      </section>
    </Show>
  );
}

/** Rows of the bill that an unproved payment may be. */
function Candidates(props: { readonly parts: BooksParts; readonly opened: ReconciliationItemOpened }) {
  const { office } = props.parts;
  const words = () => reconcileWords(office.language());
  return (
    <Show when={props.opened.candidates.length > 0}>
      <section class="card" data-testid="candidates">
        <h3>{words().candidates(props.opened.candidates.length)}</h3>
        <p class="soft">{words().candidatesText}</p>
        <table class="lines num">
          <tbody>
            <For each={props.opened.candidates}>
              {(row) => (
                <tr>
                  <td>{office.formats().dateTime(row.at, props.parts.zone())}</td>
                  <td>{row.providerNumber}</td>
                  <td class="r">{office.formats().money(row.amount)}</td>
                </tr>
              )}
            </For>
          </tbody>
        </table>
      </section>
    </Show>
  );
}
