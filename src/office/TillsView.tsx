import { createSignal, For, Show } from "solid-js";
import type { OfficeTill, OfficeTills } from "../contract/office.ts";
import { ActivationPanel } from "./ActivationPanel.tsx";
import { LiveFrame } from "./books/LiveFrame.tsx";
import { createLive } from "./live.ts";
import { refreshMs, type Office } from "./office.ts";
import { Tabs } from "./people/Tabs.tsx";
import { Empty } from "./states.tsx";
import { TotalFoot } from "./TotalFoot.tsx";

/** Every till, how far its journal is held, and the code that makes a device that till. */
export function TillsView(props: { readonly office: Office }) {
  const office = props.office;
  const live = createLive<string, OfficeTills>(
    () => "tills",
    () => office.client.tills(),
    office.browser.clock,
    refreshMs,
  );
  const tills = (): readonly OfficeTill[] => live.value()?.tills ?? [];
  const opened = () =>
    office.may("activateTill") ? tills().find(({ id }) => id === office.place().opened) : undefined;
  const [made, setMade] = createSignal(0);
  return (
    <>
      <header>
        <Tabs office={office} of={["tills", "setup"]} />
      </header>
      <div class="split" classList={{ open: opened() !== undefined }}>
        <section class="list">
          <LiveFrame office={office} live={live}>
            {(told) => (
              <div class="scroll">
                <Show when={told().tills.length > 0} fallback={<Empty told={office.words().empty.tills} />}>
                  <TillsTable
                    office={office}
                    tills={told().tills}
                    make={(till) => {
                      setMade(made() + 1);
                      office.open("tills", till.id);
                    }}
                  />
                </Show>
              </div>
            )}
          </LiveFrame>
        </section>
        <Show when={opened()}>
          {(till) => (
            <Show when={`${till().id} ${made()}`} keyed>
              <ActivationPanel office={office} till={till()} />
            </Show>
          )}
        </Show>
      </div>
    </>
  );
}

function TillsTable(props: {
  readonly office: Office;
  readonly tills: readonly OfficeTill[];
  readonly make: (till: OfficeTill) => void;
}) {
  const office = props.office;
  const words = () => office.words();
  const when = (till: OfficeTill, at: OfficeTill["activatedAt"]): string =>
    at === null ? words().never : office.formats().dateTime(at, office.zoneOf(till.store));
  return (
    <table class="tills">
      <thead>
        <tr>
          <th>{words().column.till}</th>
          <th>{words().column.store}</th>
          <th class="wider">{words().column.activated}</th>
          <th class="wide">{words().column.heard}</th>
          <th class="r">{words().column.entries}</th>
          <td />
        </tr>
      </thead>
      <tbody>
        <For each={props.tills}>
          {(till) => (
            <tr data-testid={`till-row-${till.label}`} classList={{ opened: office.place().opened === till.id }}>
              <td class="strong">{till.label}</td>
              <td class="soft">{till.storeName}</td>
              <td class="num soft wider">
                {till.activatedAt === null ? words().activation.notActivated : when(till, till.activatedAt)}
              </td>
              <td class="num soft wide">{when(till, till.lastHeardAt)}</td>
              <td class="r num">{till.series === null ? words().never : till.lastNumber}</td>
              <td class="r">
                <Show when={office.may("activateTill")}>
                  <button class="plain" data-testid={`till-code-${till.label}`} onClick={() => props.make(till)}>
                    {words().activation.make}
                  </button>
                </Show>
              </td>
            </tr>
          )}
        </For>
      </tbody>
      <TotalFoot
        told={words().tillsTotal(props.tills.length, props.tills.filter(({ series }) => series !== null).length)}
      />
    </table>
  );
}
