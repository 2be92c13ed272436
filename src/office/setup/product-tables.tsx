import { For } from "solid-js";
import type { ProductListAnswer } from "../../contract/product-list.ts";
import { nameOf } from "../../domain/item.ts";
import { money, type CurrencyCode } from "../../domain/money.ts";
import { setupWords } from "../../i18n/setup-words.ts";
import type { Office } from "../office.ts";

type Props = { readonly office: Office; readonly answer: ProductListAnswer };

/** The first goods of a list as they will stand at the till. */
export function ProductSample(props: Props & { readonly currency: CurrencyCode }) {
  const words = () => setupWords(props.office.language()).list;
  return (
    <div class="setup-table">
      <table class="first-rows" data-testid="list-sample">
        <caption>{words().sample}</caption>
        <thead>
          <tr>
            <th>{words().column.code}</th>
            <th>{words().column.name}</th>
            <th>{words().column.barcode}</th>
            <th>{words().column.category}</th>
            <th class="r">{words().column.price}</th>
            <th>{words().column.unit}</th>
            <th class="r">{words().column.tax}</th>
            <td />
          </tr>
        </thead>
        <tbody>
          <For each={props.answer.sample}>
            {(each) => (
              <tr>
                <td class="num">{each.code}</td>
                <td>{each.name}</td>
                <td class="num">{each.barcode}</td>
                <td>{nameOf({ names: each.category }, props.office.language())}</td>
                <td class="r num">{props.office.formats().amount(money(each.price, props.currency))}</td>
                <td>{words().unit[each.unit]}</td>
                <td class="r num">{words().percent(String(each.tax / 100))}</td>
                <td class="soft">{words().state[each.state]}</td>
              </tr>
            )}
          </For>
        </tbody>
      </table>
    </div>
  );
}

/** The cells that are not taken, each with its line and what to do. */
export function ProductTroubles(props: Props) {
  const words = () => setupWords(props.office.language()).list;
  return (
    <div class="setup-table setup-troubles" role="alert">
      <CellTable
        office={props.office}
        caption={words().troubles(props.answer.troubles.length, props.answer.wrongLines)}
        cells={props.answer.troubles.map((each) => ({ ...each, told: words().fault[each.why](each.other ?? 0) }))}
        testId="list-troubles"
      />
    </div>
  );
}

/** Cells of lines that are taken: what becomes of them, or what may be mistyped. */
export function ProductRemarks(props: Props) {
  const words = () => setupWords(props.office.language()).list;
  return (
    <div class="setup-table setup-troubles setup-remarks" role="status">
      <CellTable
        office={props.office}
        caption={words().remarks(props.answer.remarkCount)}
        cells={props.answer.remarks.map((each) => ({ ...each, told: words().doubt[each.why] }))}
        testId="list-remarks"
      />
    </div>
  );
}

type Cell = Omit<ProductListAnswer["remarks"][number], "why"> & { readonly told: string };

function CellTable(props: {
  readonly office: Office;
  readonly caption: string;
  readonly cells: readonly Cell[];
  readonly testId: string;
}) {
  const words = () => setupWords(props.office.language()).list;
  return (
    <table class="first-rows" data-testid={props.testId}>
      <caption>{props.caption}</caption>
      <thead>
        <tr>
          <th class="r">{words().line}</th>
          <th>{words().where}</th>
          <th>{words().cell}</th>
          <th>{words().what}</th>
        </tr>
      </thead>
      <tbody>
        <For each={props.cells}>
          {(each) => (
            <tr>
              <td class="r num" data-label={words().line}>
                {each.line}
              </td>
              <td>{words().column[each.column]}</td>
              <td class="setup-cell num">{each.cell === "" ? "—" : each.cell}</td>
              <td class="setup-fix">{each.told}</td>
            </tr>
          )}
        </For>
      </tbody>
    </table>
  );
}
