import { Show } from "solid-js";
import { mendedAtOnceMax } from "../../contract/mending.ts";
import type { ItemFilter, ReconciliationNames } from "../../contract/reconciliation.ts";
import type { BreakClass } from "../../domain/reconciliation/verdict.ts";
import { mendWords } from "../../i18n/mend-words.ts";
import { booksClient } from "../books/books-client.ts";
import { createLive } from "../live.ts";
import type { Office } from "../office.ts";
import type { MendSubject } from "./mend-subject.ts";
import { MendBox } from "./MendBox.tsx";

const namesRefreshMs = 30_000;

/** Every break that a list shows, of one class and account, mended together with their total. Nothing stands here where there is one. */
export function MendTogether(props: {
  readonly office: Office;
  readonly filter: ItemFilter;
  readonly class: BreakClass;
  readonly zone: string;
  readonly day: string;
  readonly onMended: () => void;
}) {
  const { office } = props;
  const words = () => mendWords(office.language());
  const names = createLive<string, ReconciliationNames>(
    () => JSON.stringify(props.filter),
    () => booksClient.names({ ...props.filter, result: "break", class: props.class }),
    office.browser.clock,
    namesRefreshMs,
  );
  const subject = (): MendSubject | null => {
    const of = names.value();
    if (of === null || of.count < 2) return null;
    const { class: type, zone, day } = props;
    return {
      items: of.names,
      class: type,
      amount: of.amount,
      isOver: null,
      zone,
      day,
      billedRate: billedRateOf(props.filter.cause),
      candidates: [],
    };
  };
  return (
    <Show when={subject()}>
      {(of) => (
        <section class="together" data-testid="mend-together">
          <h3 class="num">{words().together(of().items.length, office.formats().money(of().amount))}</h3>
          <Show when={(names.value()?.count ?? 0) > mendedAtOnceMax}>
            <p class="soft">{words().togetherMax(mendedAtOnceMax)}</p>
          </Show>
          <MendBox
            office={office}
            subject={of()}
            onMended={() => {
              void names.refresh();
              props.onMended();
            }}
          />
        </section>
      )}
    </Show>
  );
}

/** The rate of a cause, which names it last where fees of one day come to another rate than ours. */
function billedRateOf(cause: string | undefined): number | null {
  const [kind, , , rate = ""] = (cause ?? "").split("/");
  return kind === "rate" && /^\d+$/u.test(rate) ? Number(rate) : null;
}
