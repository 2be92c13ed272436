import { createSignal, For, Show } from "solid-js";
import type { AloneList, AloneRow } from "../../contract/approvals.ts";
import { permissionWords } from "../../i18n/permission-words.ts";
import { createLive } from "../live.ts";
import { refreshMs, type Office } from "../office.ts";
import type { Trouble } from "../office-client.ts";
import { createOnce } from "../send-once.ts";
import { Empty, Reading, Refused, Stale, TroubleNote } from "../states.tsx";
import { TotalFoot } from "../TotalFoot.tsx";
import { peopleClient } from "./people-client.ts";
import { sizeText } from "./size-text.ts";
import { Tabs } from "./Tabs.tsx";

/** What one person did where two are the rule; another one reviews it. */
export function AloneView(props: { readonly office: Office }) {
  const office = props.office;
  const words = () => permissionWords(office.language());
  const live = createLive<string, AloneList>(() => "alone", peopleClient.alone, office.browser.clock, refreshMs);
  const [notes, setNotes] = createSignal<Readonly<Record<string, string>>>({});
  const [refused, setRefused] = createSignal<Trouble | null>(null);
  const once = createOnce();
  const review = (id: string): Promise<void> =>
    once.run(async () => {
      const answer = await peopleClient.review(id, notes()[id] ?? "");
      setRefused(answer.ok ? null : answer.refusal);
      await live.refresh();
    });
  return (
    <>
      <header>
        <Tabs
          office={office}
          of={["approvals", "alone"]}
          badge={(view) => (view === "alone" ? (live.value()?.open ?? 0) : 0)}
        />
      </header>
      <section class="list">
        <Stale office={office} trouble={live.trouble()} readAt={live.readAt()} />
        <Refused office={office} trouble={refused()} />
        <div class="scroll" tabIndex={0}>
          <Show
            when={live.value()}
            fallback={
              <Show when={live.trouble() !== null} fallback={<Reading office={office} />}>
                <TroubleNote office={office} trouble={live.trouble()} retry={() => void live.refresh()} />
              </Show>
            }
          >
            {(list) => (
              <Show when={list().acts.length > 0} fallback={<Empty told={words().alone.empty} isGood />}>
                <table class="acts">
                  <AloneHead office={office} />
                  <tbody>
                    <For each={list().acts}>
                      {(row) => (
                        <AloneLine
                          office={office}
                          row={row}
                          note={(text) => setNotes({ ...notes(), [row.id]: text })}
                          review={() => void review(row.id)}
                        />
                      )}
                    </For>
                  </tbody>
                  <TotalFoot told={words().alone.open(list().open)} />
                </table>
              </Show>
            )}
          </Show>
        </div>
      </section>
    </>
  );
}

function AloneHead(props: { readonly office: Office }) {
  const words = () => permissionWords(props.office.language());
  return (
    <thead>
      <tr>
        <th>{words().audit.column.time}</th>
        <th>{words().audit.column.who}</th>
        <th>{words().audit.column.act}</th>
        <th class="r">{words().alone.amount}</th>
        <th class="wide">{words().audit.column.reason}</th>
        <td />
      </tr>
    </thead>
  );
}

function AloneLine(props: {
  readonly office: Office;
  readonly row: AloneRow;
  readonly note: (text: string) => void;
  readonly review: () => void;
}) {
  const { office } = props;
  const words = () => permissionWords(office.language());
  const at = (time: AloneRow["at"]): string =>
    office.formats().dateTime(time, office.zoneOf(props.row.store)).slice(0, 16);
  const figure = (): string => {
    const { amount, size, act } = props.row;
    if (amount !== null) return office.formats().money(amount);
    return size > 0 ? sizeText(office, act, size) : "";
  };
  return (
    <tr data-testid="alone-row">
      <td class="num time">{at(props.row.at)}</td>
      <td>
        {props.row.whoName}
        <small class="soft block">{office.storeName(props.row.store)}</small>
      </td>
      <td class="strong">{words().act[props.row.act]}</td>
      <td class="r num">{figure()}</td>
      <td class="wide">{props.row.reason}</td>
      <td class="r">
        <Show
          when={props.row.reviewedAt}
          fallback={
            <Show when={props.row.isMine} fallback={<span class="soft">{words().alone.ownOne}</span>}>
              <span class="review">
                <input
                  class="plain-input"
                  type="text"
                  maxLength={200}
                  placeholder={words().alone.note}
                  aria-label={words().alone.note}
                  data-testid="alone-note"
                  onInput={(event) => props.note(event.currentTarget.value)}
                />
                <button class="plain" data-testid="alone-review" onClick={() => props.review()}>
                  {words().alone.review}
                </button>
              </span>
            </Show>
          }
        >
          {(time) => (
            <span class="soft">
              {words().alone.reviewedBy(props.row.reviewedByName ?? "", at(time()))}
              <Show when={props.row.note}>{(note) => <small class="block">{note()}</small>}</Show>
            </span>
          )}
        </Show>
      </td>
    </tr>
  );
}
