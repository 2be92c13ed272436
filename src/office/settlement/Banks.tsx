import { createEffect, createMemo, createSignal, For, on, Show } from "solid-js";
import type { BankAccount } from "../../contract/settlement.ts";
import { settlementWords } from "../../i18n/settlement-words.ts";
import type { Office } from "../office.ts";
import { AddBank } from "./AddBank.tsx";
import { StatementBox } from "./StatementBox.tsx";
import { createStatement } from "./statement-state.ts";

/** The shop's bank accounts, the way to hand a statement of one in, and to add one. */
export function Banks(props: {
  readonly office: Office;
  readonly banks: readonly BankAccount[];
  readonly onChanged: () => void;
}) {
  const { office } = props;
  const words = () => settlementWords(office.language());
  const [chosen, setChosen] = createSignal<string | null>(null);
  const banks = () => props.banks.filter(({ store }) => office.store() === null || store === office.store());
  const bank = (): string | null => banks().find(({ id }) => id === chosen())?.id ?? banks()[0]?.id ?? null;
  const state = createStatement(office, bank, () => props.onChanged());
  // "taken" is not so any more of a statement that is taken back
  const lines = createMemo((): number => banks().find(({ id }) => id === bank())?.lines ?? 0);
  createEffect(
    on(lines, (now, before) => {
      const stand = state.stand();
      const isOver = stand.kind === "shown" && (stand.answer.kind === "taken" || stand.answer.kind === "known");
      if (before !== undefined && now < before && isOver) state.clear();
    }),
  );
  return (
    <>
      <Show when={bank()}>
        {(id) => <StatementBox office={office} state={state} banks={banks()} bank={id()} choose={setChosen} />}
      </Show>
      <section class="banks">
        <h3>{words().banks}</h3>
        <Show when={banks().length > 0} fallback={<p class="soft">{words().noBanks}</p>}>
          <ul>
            <For each={banks()}>
              {(each) => (
                <li data-testid="bank">
                  <a class="bank-open" href={`#settlement/bank/${each.id}`} data-testid="bank-open">
                    <b>{each.name}</b>
                    <small class="soft num">
                      {each.through === null ? words().noLines : words().through(each.through, each.lines)}
                    </small>
                  </a>
                </li>
              )}
            </For>
          </ul>
        </Show>
        <AddBank office={office} isFirst={banks().length === 0} onChanged={() => props.onChanged()} />
      </section>
    </>
  );
}
