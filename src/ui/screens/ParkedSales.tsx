import { For, Show, type JSX } from "solid-js";
import type { ParkedSale } from "../../register/state.ts";
import { Icon } from "../parts/icons.tsx";
import { useTill } from "../till.ts";

/** Sales set aside with a payment in doubt: each says where it stands; an unpaid one can be taken up again or voided. */
export function ParkedSales(): JSX.Element {
  const { state, words } = useTill();
  return (
    <Show when={state().parked.length > 0}>
      <section class="parked" data-testid="parked">
        <h2>
          <Icon name="wait" /> {words().parked.title(state().parked.length)}
        </h2>
        <For each={state().parked}>{(sale) => <ParkedRow sale={sale} />}</For>
      </section>
    </Show>
  );
}

function ParkedRow(props: { readonly sale: ParkedSale }): JSX.Element {
  const { register, words, formats, language, zone } = useTill();
  const stage = (): string =>
    props.sale.stage === "unpaid"
      ? words().parked.unpaid
      : props.sale.stage === "undoing"
        ? words().parked.undoing
        : words().parked.asking;
  return (
    <div class="parkedrow" data-testid={`parked-${props.sale.attempt}`} data-stage={props.sale.stage}>
      <span>
        <b>{words().parked.sale(props.sale.firstItem?.[language()] ?? "", props.sale.itemCount)}</b>
        <small>
          {formats().time(props.sale.parkedAt, zone())} · {stage()}
        </small>
      </span>
      <strong class="num">{formats().money(props.sale.total)}</strong>
      <Show when={props.sale.stage === "unpaid"}>
        <button
          type="button"
          class="quiet danger"
          data-testid="void-parked"
          onClick={() => void register.voidParked(props.sale.attempt)}
        >
          {words().parked.void}
        </button>
        <button
          type="button"
          class="quiet go"
          data-testid="resume-parked"
          onClick={() => void register.resumeParked(props.sale.attempt)}
        >
          {words().parked.resume}
        </button>
      </Show>
    </div>
  );
}
