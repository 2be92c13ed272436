import { createSignal, For, Show } from "solid-js";
import { actField } from "../../contract/approval.ts";
import { roleField } from "../../contract/fields.ts";
import type { PermissionTables } from "../../contract/permissions.ts";
import { permissionsOver, ruleOf, type Permissions, type Rule, tillActs } from "../../domain/permissions.ts";
import type { Act, Role } from "../../domain/staff.ts";
import { permissionWords } from "../../i18n/permission-words.ts";
import { LiveFrame } from "../books/LiveFrame.tsx";
import { createLive } from "../live.ts";
import { refreshMs, type Office } from "../office.ts";
import { peopleClient } from "./people-client.ts";
import { RulePanel } from "./RulePanel.tsx";
import { aloneText, sizeText } from "./size-text.ts";
import { Tabs } from "./Tabs.tsx";

/** Everybody may, and there would be no till without. */
const notShown: ReadonlySet<Act> = new Set<Act>(["sell"]);
const roles: readonly Role[] = ["cashier", "supervisor", "manager", "accountant", "owner"];

/** Who may do what, by role and act, in all stores or in one. */
export function PermissionsView(props: { readonly office: Office }) {
  const office = props.office;
  const live = createLive<string, PermissionTables>(
    () => "rules",
    peopleClient.permissions,
    office.browser.clock,
    refreshMs,
  );
  const [store, setStore] = createSignal("");
  const own = (): Permissions => {
    const tables = live.value();
    if (tables === null) return {};
    return store() === "" ? tables.chain : (tables.stores.find((each) => each.store === store())?.own ?? {});
  };
  const inForce = (): Permissions => permissionsOver(live.value()?.chain ?? {}, own());
  const opened = () => cellIn(office.place().opened);
  return (
    <>
      <header>
        <Tabs office={office} of={["staff", "permissions"]} />
        <Show when={office.stores().length > 1}>
          <StoreChoice office={office} choose={setStore} />
        </Show>
      </header>
      <div class="split" classList={{ open: opened() !== null }}>
        <section class="list">
          <LiveFrame office={office} live={live}>
            {() => (
              <div class="scroll">
                <RulesTable office={office} own={own()} inForce={inForce()} opened={opened()} />
              </div>
            )}
          </LiveFrame>
        </section>
        <Show when={opened()}>
          {(cell) => (
            <Show when={`${cell().role}.${cell().act} ${store()}`} keyed>
              <RulePanel
                office={office}
                role={cell().role}
                act={cell().act}
                store={store()}
                rule={ruleOf(cell().role, cell().act, inForce())}
                isOwn={own()[cell().role]?.[cell().act] !== undefined}
                refresh={() => void live.refresh()}
              />
            </Show>
          )}
        </Show>
      </div>
    </>
  );
}

function StoreChoice(props: { readonly office: Office; readonly choose: (store: string) => void }) {
  return (
    <select
      aria-label={props.office.words().store}
      data-testid="permissions-store"
      onChange={(event) => props.choose(event.currentTarget.value)}
    >
      <option value="">{permissionWords(props.office.language()).wholeChain}</option>
      <For each={props.office.stores()}>{({ id, name }) => <option value={id}>{name}</option>}</For>
    </select>
  );
}

/** What of the table the address opens. */
function cellIn(opened: string | null): { readonly role: Role; readonly act: Act } | null {
  const [role, act] = (opened ?? "").split(".", 2);
  const known = { role: roleField.safeParse(role), act: actField.safeParse(act) };
  return known.role.success && known.act.success ? { role: known.role.data, act: known.act.data } : null;
}

function RulesTable(props: {
  readonly office: Office;
  readonly own: Permissions;
  readonly inForce: Permissions;
  readonly opened: { readonly role: Role; readonly act: Act } | null;
}) {
  const office = props.office;
  const words = () => permissionWords(office.language());
  const parts = () =>
    [
      {
        title: words().rule.atTill,
        acts: actField.options.filter((act) => tillActs.has(act) && !notShown.has(act)),
      },
      { title: words().rule.inOffice, acts: actField.options.filter((act) => !tillActs.has(act)) },
    ] as const;
  const isOpened = (role: Role, act: Act): boolean => props.opened?.role === role && props.opened.act === act;
  return (
    <table class="rules">
      <thead>
        <tr>
          <td />
          <For each={roles}>{(role) => <th>{words().role[role]}</th>}</For>
        </tr>
      </thead>
      <For each={parts()}>
        {(part) => (
          <tbody>
            <tr class="part">
              <th colSpan={roles.length + 1}>{part.title}</th>
            </tr>
            <For each={part.acts}>
              {(act) => (
                <tr>
                  <th scope="row">{words().act[act]}</th>
                  <For each={roles}>
                    {(role) => (
                      <td>
                        <button
                          class="cell"
                          classList={{ opened: isOpened(role, act), own: props.own[role]?.[act] !== undefined }}
                          data-testid={`rule-${role}-${act}`}
                          aria-expanded={isOpened(role, act)}
                          onClick={() => office.open("permissions", `${role}.${act}`)}
                        >
                          <Cell office={office} act={act} rule={ruleOf(role, act, props.inForce)} />
                        </button>
                      </td>
                    )}
                  </For>
                </tr>
              )}
            </For>
          </tbody>
        )}
      </For>
    </table>
  );
}

function Cell(props: { readonly office: Office; readonly act: Act; readonly rule: Rule }) {
  const kind = (): string => (typeof props.rule.upTo === "number" ? "some" : props.rule.upTo);
  return (
    <span class={`limit ${kind()}`}>
      {ruleText(props.office, props.act, props.rule)}
      <Show when={props.rule.alone}>
        {(alone) => <small class="block">{aloneText(props.office, props.act, alone())}</small>}
      </Show>
    </span>
  );
}

function ruleText(office: Office, act: Act, { upTo }: Rule): string {
  const { rule } = permissionWords(office.language());
  return typeof upTo === "number" ? rule.upTo(sizeText(office, act, upTo)) : rule[upTo];
}
