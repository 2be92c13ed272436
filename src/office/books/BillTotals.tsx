import { For } from "solid-js";
import { money } from "../../domain/money.ts";
import { reconcileWords } from "../../i18n/reconcile-words.ts";
import { type Beside, type BesideProps } from "./side-facts.tsx";

type Total = Beside<"bill">["totals"][number];
const counts: ReadonlySet<Total["member"]> = new Set(["rows", "payments", "refunds"]);
/** Fees stand in thousandths of the smallest unit. */
const feeParts = 1000;

/** Every total of a bill that is not what its rows come to: as the bill says it, as its rows come to, and the difference. */
export function BillTotals(props: BesideProps & { readonly bill: Beside<"bill"> }) {
  const { office } = props.parts;
  const words = () => reconcileWords(office.language()).beside.totals;
  const written = ({ member }: Total, value: number): string => {
    if (counts.has(member)) return String(value);
    const units = member === "fee" ? Math.round(value / feeParts) : value;
    return office.formats().amount(money(units, props.bill.currency));
  };
  return (
    <section class="card bill-totals">
      <table class="books-table" data-testid="bill-totals">
        <thead>
          <tr>
            <th>{words().total}</th>
            <th class="r">{words().footer}</th>
            <th class="r">{words().counted}</th>
            <th class="r">{words().difference}</th>
          </tr>
        </thead>
        <tbody>
          <For each={props.bill.totals}>
            {(total) => (
              <tr>
                <td>{words().of[total.member]}</td>
                <td class="r num">{written(total, total.footer)}</td>
                <td class="r num">{written(total, total.counted)}</td>
                <td class="r num danger">{written(total, total.footer - total.counted)}</td>
              </tr>
            )}
          </For>
        </tbody>
      </table>
    </section>
  );
}
