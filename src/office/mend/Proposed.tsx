import { Show } from "solid-js";
import type { MendingShown } from "../../contract/mending.ts";
import { mendWords } from "../../i18n/mend-words.ts";
import { AskSecond } from "../people/ask-second.tsx";
import type { Office } from "../office.ts";

/** A proposal that waits: who made it, and a second person's yes beside it; from another device by the list of approvals. */
export function Proposed(props: {
  readonly office: Office;
  readonly mending: MendingShown;
  readonly over: (how: "given" | null) => void;
}) {
  const { office } = props;
  const words = () => mendWords(office.language());
  return (
    <section class="proposed" data-testid="mend-proposed">
      <h3>
        {words().waiting(words().actions[props.mending.action].title, props.mending.proposedBy)}{" "}
        <span class="num">{office.formats().money(props.mending.amount)}</span>
      </h3>
      <p class="soft">{props.mending.reason}</p>
      <Show when={props.mending.approval}>
        {(approval) => (
          <AskSecond office={office} id={approval()} done={() => props.over("given")} leave={() => props.over(null)} />
        )}
      </Show>
      <p>
        <a class="to" href="#approvals">
          {words().toApprovals}
        </a>
      </p>
    </section>
  );
}
