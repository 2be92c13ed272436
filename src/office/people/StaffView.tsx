import { For, Show } from "solid-js";
import type { StaffPeople, StaffPerson } from "../../contract/people.ts";
import { permissionWords } from "../../i18n/permission-words.ts";
import { Icon } from "../../ui/parts/icons.tsx";
import { LiveFrame } from "../books/LiveFrame.tsx";
import { createLive } from "../live.ts";
import { refreshMs, type Office } from "../office.ts";
import { Empty } from "../states.tsx";
import { peopleClient } from "./people-client.ts";
import { StaffPanel } from "./StaffPanel.tsx";
import { Tabs } from "./Tabs.tsx";
import { TotalFoot } from "../TotalFoot.tsx";

/** Opened for somebody who is not there yet. */
const newPerson = "new";

/** Who works here: roles by store, PINs, and who signs in to the office. */
export function StaffView(props: { readonly office: Office }) {
  const office = props.office;
  const words = () => permissionWords(office.language());
  const live = createLive<string, StaffPeople>(() => "staff", peopleClient.staff, office.browser.clock, refreshMs);
  const opened = (): StaffPerson | null | undefined => {
    const id = office.place().opened;
    return id === newPerson ? null : live.value()?.people.find((person) => person.id === id);
  };
  return (
    <>
      <header>
        <Tabs office={office} of={["staff", "permissions"]} />
        <button class="go small" data-testid="staff-add" onClick={() => office.open("staff", newPerson)}>
          {words().staff.add}
        </button>
      </header>
      <div class="split" classList={{ open: opened() !== undefined }}>
        <section class="list">
          <LiveFrame office={office} live={live}>
            {(told) => (
              <div class="scroll">
                <Show when={told().people.length > 0} fallback={<Empty told={words().staff.empty} />}>
                  <StaffTable office={office} people={told().people} />
                </Show>
              </div>
            )}
          </LiveFrame>
        </section>
        <Show when={opened() !== undefined}>
          <Show when={office.place().opened ?? newPerson} keyed>
            <StaffPanel office={office} person={opened() ?? null} refresh={() => void live.refresh()} />
          </Show>
        </Show>
      </div>
    </>
  );
}

function StaffTable(props: { readonly office: Office; readonly people: readonly StaffPerson[] }) {
  const office = props.office;
  const words = () => permissionWords(office.language());
  const zone = (): string => office.stores()[0]?.zone ?? "UTC";
  return (
    <table class="staff">
      <thead>
        <tr>
          <th>{words().staff.name}</th>
          <th>{words().staff.roles}</th>
          <th class="wide">{words().staff.pin}</th>
          <th class="wider">{words().staff.office}</th>
        </tr>
      </thead>
      <tbody>
        <For each={props.people}>
          {(person) => (
            <tr
              data-testid={`staff-row-${person.id}`}
              classList={{ opened: office.place().opened === person.id, gone: person.leftAt !== null }}
              onClick={() => person.leftAt === null && office.open("staff", person.id)}
            >
              <NameCell office={office} person={person} />
              <td>
                <Show when={person.leftAt} fallback={<Roles office={office} person={person} />}>
                  {(at) => (
                    <span class="soft num">
                      {words().staff.gone(office.formats().dateTime(at(), zone()).slice(0, 10))}
                    </span>
                  )}
                </Show>
              </td>
              <td class="num soft wide">
                {person.pinSetAt === null ? "" : office.formats().dateTime(person.pinSetAt, zone()).slice(0, 10)}
              </td>
              <td class="soft wider">
                {person.office === null
                  ? words().staff.noAccess
                  : words().staff.access(person.office.hasPassword, person.office.passkeys)}
              </td>
            </tr>
          )}
        </For>
      </tbody>
      <StaffFoot office={office} people={props.people} />
    </table>
  );
}

function NameCell(props: { readonly office: Office; readonly person: StaffPerson }) {
  const words = () => permissionWords(props.office.language());
  const open = (): void => props.office.open("staff", props.person.id);
  return (
    <td class="strong">
      <Show when={props.person.leftAt === null} fallback={props.person.name}>
        <button class="opener" aria-expanded={props.office.place().opened === props.person.id} onClick={open}>
          {props.person.name}
        </button>
      </Show>
      <Show when={props.person.lockedUntil}>
        <small class="state danger block">
          <Icon name="warning" /> {words().staff.locked}
        </small>
      </Show>
    </td>
  );
}

function StaffFoot(props: { readonly office: Office; readonly people: readonly StaffPerson[] }) {
  const words = () => permissionWords(props.office.language());
  return <TotalFoot told={words().staff.total(props.people.filter(({ leftAt }) => leftAt === null).length)} />;
}

/** The same role everywhere is said once. */
function Roles(props: { readonly office: Office; readonly person: StaffPerson }) {
  const words = () => permissionWords(props.office.language());
  const isOne = (): boolean =>
    props.person.roles.length > 0 &&
    props.person.roles.length === props.office.stores().length &&
    new Set(props.person.roles.map(({ role }) => role)).size === 1;
  return (
    <Show
      when={!isOne()}
      fallback={
        <>
          {words().role[props.person.roles[0]?.role ?? "cashier"]} <small class="soft">{words().wholeChain}</small>
        </>
      }
    >
      <For each={props.person.roles} fallback={<span class="soft">{words().staff.noRole}</span>}>
        {({ store, role }) => (
          <span class="block">
            {words().role[role]} <small class="soft">{props.office.storeName(store)}</small>
          </span>
        )}
      </For>
    </Show>
  );
}
