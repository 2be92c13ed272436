import { createMemo, createSignal, For, Show } from "solid-js";
import { auditActs, type AuditPage, type AuditRow } from "../../contract/audit.ts";
import { ledgerWords } from "../../i18n/ledger-words.ts";
import { permissionWords } from "../../i18n/permission-words.ts";
import { DayChoice } from "../books/Chooser.tsx";
import { createLiveList } from "../live-list.ts";
import { ListFrame } from "../ListFrame.tsx";
import { refreshMs, type Office } from "../office.ts";
import { thingName } from "../thing-name.ts";
import { TotalFoot } from "../TotalFoot.tsx";
import { ok } from "../../domain/result.ts";
import { auditFileAddress, peopleClient } from "./people-client.ts";
import { actTold, subjectText } from "./audit-subject.ts";
import { changeText } from "./change-text.ts";

type Totals = Pick<AuditPage, "count" | "people" | "names">;

/** Who changed what, when and why: searched, page by page, taken away as a file. */
export function AuditView(props: { readonly office: Office }) {
  const office = props.office;
  const words = () => permissionWords(office.language());
  const search = createSearch();
  const [top, setTop] = createSignal(0);
  const list = createLiveList<Record<string, string>, AuditRow, Totals>(
    {
      filter: search.asked,
      async load(filter, before) {
        const answer = await peopleClient.audit(before === null ? filter : { ...filter, before });
        if (!answer.ok) return answer;
        const { entries, next, count, people, names } = answer.value;
        return ok({ rows: entries, next, totals: { count, people, names } });
      },
      isHeld: () => top() > 0,
    },
    office.browser.clock,
    refreshMs,
  );
  return (
    <>
      <header>
        <h2>{office.words().views.audit}</h2>
        <AuditFilters office={office} search={search} people={list.totals()?.people ?? []} />
      </header>
      <ListFrame isPlain isUnsearched office={office} list={list} empty={words().audit.empty} onScroll={setTop}>
        <AuditTable
          office={office}
          rows={list.rows() ?? []}
          count={list.totals()?.count ?? 0}
          names={list.totals()?.names ?? []}
        />
      </ListFrame>
    </>
  );
}

type Search = ReturnType<typeof createSearch>;

function createSearch() {
  const [query, setQuery] = createSignal("");
  const [who, setWho] = createSignal("");
  const [act, setAct] = createSignal("");
  const [from, setFrom] = createSignal("");
  const [to, setTo] = createSignal("");
  const asked = createMemo(
    (): Record<string, string> => {
      const all = { query: query().trim(), who: who(), act: act(), from: from(), to: to() };
      return Object.fromEntries(Object.entries(all).filter(([, value]) => value !== ""));
    },
    {},
    { equals: (a, b) => JSON.stringify(a) === JSON.stringify(b) },
  );
  return { query, setQuery, who, setWho, act, setAct, from, setFrom, to, setTo, asked };
}

function AuditFilters(props: { readonly office: Office; readonly search: Search; readonly people: Totals["people"] }) {
  const { office, search } = props;
  const words = () => permissionWords(office.language()).audit;
  return (
    <div class="filters">
      <input
        class="plain-input"
        type="search"
        maxLength={64}
        placeholder={words().search}
        aria-label={words().search}
        data-testid="audit-search"
        onChange={(event) => search.setQuery(event.currentTarget.value)}
      />
      <select
        aria-label={words().column.who}
        data-testid="audit-who"
        onChange={(event) => search.setWho(event.currentTarget.value)}
      >
        <option value="">{words().anybody}</option>
        <For each={props.people}>{({ id, name }) => <option value={id}>{name}</option>}</For>
      </select>
      <select
        aria-label={words().column.act}
        data-testid="audit-act"
        onChange={(event) => search.setAct(event.currentTarget.value)}
      >
        <option value="">{words().anything}</option>
        <For each={auditActs}>{(act) => <option value={act}>{actWord(words().acts, act)}</option>}</For>
      </select>
      <DayChoice
        title={words().from}
        value={search.from()}
        empty={office.words().never}
        clear={ledgerWords(office.language()).allDaysHint}
        testId="audit-from"
        choose={search.setFrom}
      />
      <DayChoice
        title={words().to}
        value={search.to()}
        empty={office.words().never}
        clear={ledgerWords(office.language()).allDaysHint}
        testId="audit-to"
        choose={search.setTo}
      />
      <Show when={office.may("exportBooks")}>
        <a
          class="plain link"
          data-testid="audit-file"
          href={auditFileAddress(search.asked(), office.language())}
          download="audit.csv"
        >
          {words().takeAway}
        </a>
      </Show>
    </div>
  );
}

function AuditTable(props: {
  readonly office: Office;
  readonly rows: readonly AuditRow[];
  readonly count: number;
  readonly names: Totals["names"];
}) {
  const office = props.office;
  const words = () => permissionWords(office.language());
  const zone = (): string => office.stores()[0]?.zone ?? "UTC";
  const nameOf = (id: string): string => thingName(office, props.names, id);
  const actName = (row: AuditRow): string => actWord(words().audit.acts, actTold(row));
  return (
    <table class="audit">
      <thead>
        <tr>
          <th>{words().audit.column.time}</th>
          <th>{words().audit.column.who}</th>
          <th>{words().audit.column.act}</th>
          <th>{words().audit.column.subject}</th>
          <th class="wide">{words().audit.column.change}</th>
          <th class="wider">{words().audit.column.second}</th>
        </tr>
      </thead>
      <tbody>
        <For each={props.rows}>
          {(row) => (
            <tr data-testid="audit-row" data-act={row.act}>
              <td class="num time">{office.formats().dateTime(row.at, zone())}</td>
              <td>
                {row.whoName ?? (
                  <span class="soft">
                    {row.act === "mendingUndone" ? words().audit.byItself : words().audit.unknownPerson}
                  </span>
                )}
              </td>
              <td class="strong">{actName(row)}</td>
              <td>
                {subjectText(office, row, words(), nameOf)}
                <Show when={row.store !== null && office.stores().length > 1}>
                  <small class="soft block">{office.storeName(row.store ?? "")}</small>
                </Show>
              </td>
              <td class="wide change">
                {changeText(office, row, words(), nameOf)}
                <Show when={row.reason}>{(reason) => <small class="soft block">{reason()}</small>}</Show>
              </td>
              <td class="wider" data-label={words().audit.column.second}>
                {row.secondName ?? ""}
              </td>
            </tr>
          )}
        </For>
      </tbody>
      <TotalFoot told={words().audit.total(props.count)} />
    </table>
  );
}

/** An act's name; its own word where an older page does not know it. */
function actWord(acts: Readonly<Record<string, string>>, act: string): string {
  return acts[act] ?? act;
}
