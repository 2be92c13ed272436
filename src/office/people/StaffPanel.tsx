import { createSignal, For, Show, type JSX } from "solid-js";
import type { StaffPerson } from "../../contract/people.ts";
import { roleField } from "../../contract/fields.ts";
import type { StoreId } from "../../domain/identifier.ts";
import type { Role } from "../../domain/staff.ts";
import { permissionWords } from "../../i18n/permission-words.ts";
import { Icon } from "../../ui/parts/icons.tsx";
import type { Trouble } from "../office-client.ts";
import type { Office } from "../office.ts";
import { createRequestId } from "../request-id.ts";
import { PanelHead } from "../PanelHead.tsx";
import { AskSecond, createAsking } from "./ask-second.tsx";
import { peopleClient } from "./people-client.ts";
import { StaffTold, type StaffResult } from "./StaffTold.tsx";

/** One person: name, roles, PIN, the way into the office; null: somebody new. */
export function StaffPanel(props: {
  readonly office: Office;
  readonly person: StaffPerson | null;
  readonly refresh: () => void;
}) {
  const office = props.office;
  const words = () => permissionWords(office.language());
  const form = createForm(props);
  const title = (): string => props.person?.name ?? words().staff.addTitle;
  return (
    <aside class="panel" data-testid="staff-panel" aria-label={title()}>
      <PanelHead office={office} title={title()} close={() => office.open("staff")} />
      <div class="panel-body">
        <StaffTold office={office} name={form.name()} result={form.result()} />
        <Show
          when={form.asking()}
          fallback={
            <>
              <Show when={props.person !== null || form.result()?.kind !== "pin"}>
                <PersonForm office={office} form={form} isNew={props.person === null} />
              </Show>
              <Show when={props.person}>{(person) => <Deeds office={office} form={form} person={person()} />}</Show>
            </>
          }
        >
          {(asking) => <Asked office={office} asking={asking()} />}
        </Show>
      </div>
    </aside>
  );
}

function Asked(props: { readonly office: Office; readonly asking: NonNullable<ReturnType<Form["asking"]>> }) {
  return (
    <AskSecond
      office={props.office}
      id={props.asking.proposed() ?? ""}
      done={(approval) => void props.asking.run(approval)}
      leave={props.asking.leave}
    />
  );
}

/** The form for somebody new by itself; the PIN that it gives stands there until the next one is added. */
export function AddPerson(props: { readonly office: Office; readonly refresh: () => void }) {
  const [nth, setNth] = createSignal(1);
  const words = () => permissionWords(props.office.language());
  return (
    <Show when={nth()} keyed>
      <NewPerson
        {...props}
        another={
          <button class="plain" data-testid="staff-another" onClick={() => setNth(nth() + 1)}>
            {words().staff.add}
          </button>
        }
      />
    </Show>
  );
}

function NewPerson(props: { readonly office: Office; readonly refresh: () => void; readonly another: JSX.Element }) {
  const form = createForm({ office: props.office, person: null, refresh: () => props.refresh() });
  return (
    <div class="add-person">
      <StaffTold office={props.office} name={form.name()} result={form.result()} />
      <Show when={form.result()?.kind !== "pin"} fallback={props.another}>
        <Show when={form.asking()} fallback={<PersonForm office={props.office} form={form} isNew />}>
          {(asking) => <Asked office={props.office} asking={asking()} />}
        </Show>
      </Show>
    </div>
  );
}

type Form = ReturnType<typeof createForm>;

function createForm(props: {
  readonly office: Office;
  readonly person: StaffPerson | null;
  readonly refresh: () => void;
}) {
  const [name, setName] = createSignal(props.person?.name ?? "");
  const [roles, setRoles] = createSignal<Readonly<Record<string, Role>>>(
    Object.fromEntries((props.person?.roles ?? []).map(({ store, role }) => [store, role])),
  );
  const [result, setResult] = createSignal<StaffResult | null>(null);
  const named = createRequestId(props.office.browser.random);
  const change = () => ({
    name: name().trim(),
    roles: Object.entries(roles()).map(([store, role]) => ({ store: store as StoreId, role })),
  });
  const show = (next: StaffResult): void => {
    setResult(next);
    props.refresh();
  };
  const failed = (why: Trouble): void => void setResult({ kind: "fault", why });
  const id = props.person?.id ?? "";
  const pinShown = ({ pin }: { readonly pin: string }): void => show({ kind: "pin", pin });
  const saved = (): void => show({ kind: "saved" });
  const acts = {
    save:
      props.person === null
        ? createAsking((approval) => peopleClient.addStaff(named(change()), approval), pinShown, failed)
        : createAsking((approval) => peopleClient.changeStaff(id, change(), approval), saved, failed),
    pin: createAsking((approval) => peopleClient.newPin(id, approval), pinShown, failed),
    invite: createAsking(
      (approval) => peopleClient.invite(id, approval),
      ({ address }) => show({ kind: "invitation", address }),
      failed,
    ),
    removals: createAsking((approval) => peopleClient.deed(id, "removals", approval), saved, failed),
    leavings: createAsking(
      (approval) => peopleClient.deed(id, "leavings", approval),
      () => {
        props.refresh();
        props.office.open("staff");
      },
      failed,
    ),
  };
  return {
    name,
    setName,
    roles,
    setRole(store: string, role: Role | "") {
      const { [store]: _, ...rest } = roles();
      setRoles(role === "" ? rest : { ...rest, [store]: role });
    },
    result,
    acts,
    isSending: () => Object.values(acts).some((each) => each.isSending()),
    /** The act that waits for another person, if one does. */
    asking: () => Object.values(acts).find((each) => each.proposed() !== null) ?? null,
  };
}

function PersonForm(props: { readonly office: Office; readonly form: Form; readonly isNew: boolean }) {
  const { office, form } = props;
  const words = () => permissionWords(office.language());
  const roles = (): readonly Role[] =>
    roleField.options.filter((role) => role !== "owner" || office.session()?.who === "owner");
  return (
    <form
      class="person-form"
      onSubmit={(event) => {
        event.preventDefault();
        void form.acts.save.run();
      }}
    >
      <label class="field">
        {words().staff.name}
        <input
          type="text"
          maxLength={64}
          required
          autocomplete="off"
          data-testid="staff-name"
          value={form.name()}
          onInput={(event) => form.setName(event.currentTarget.value)}
        />
      </label>
      <For each={office.stores()}>
        {(store) => (
          <label class="field">
            {store.name}
            <select
              data-testid={`staff-role-${store.id}`}
              onChange={(event) => form.setRole(store.id, event.currentTarget.value as Role | "")}
            >
              <option value="">{words().staff.noRole}</option>
              <For each={roles()}>
                {(role) => (
                  <option value={role} selected={form.roles()[store.id] === role}>
                    {words().role[role]}
                  </option>
                )}
              </For>
            </select>
          </label>
        )}
      </For>
      <button class="go" data-testid="staff-save" disabled={form.isSending() || form.name().trim() === ""}>
        {props.isNew ? words().staff.add : words().save}
      </button>
    </form>
  );
}

function Deeds(props: { readonly office: Office; readonly form: Form; readonly person: StaffPerson }) {
  const { form } = props;
  const words = () => permissionWords(props.office.language()).staff;
  const zone = (): string => props.office.stores()[0]?.zone ?? "UTC";
  const [isLeaving, setLeaving] = createSignal(false);
  return (
    <div class="deeds">
      <h4>{words().office}</h4>
      <p class="about">
        {props.person.office === null
          ? words().noAccess
          : words().access(props.person.office.hasPassword, props.person.office.passkeys)}
        <Show when={props.person.office?.invitedUntil}>
          {(until) => (
            <span class="block">
              {words().invitedUntil(props.office.formats().dateTime(until(), zone()).slice(0, 16))}
            </span>
          )}
        </Show>
      </p>
      <div class="buttons">
        <button
          class="plain"
          data-testid="staff-invite"
          disabled={form.isSending()}
          onClick={() => void form.acts.invite.run()}
        >
          {words().invite}
        </button>
        <Show when={props.person.office !== null}>
          <button
            class="plain danger"
            data-testid="staff-remove"
            disabled={form.isSending()}
            onClick={() => void form.acts.removals.run()}
          >
            {words().removeAccess}
          </button>
        </Show>
      </div>
      <div class="buttons">
        <button
          class="plain"
          data-testid="staff-pin"
          disabled={form.isSending()}
          onClick={() => void form.acts.pin.run()}
        >
          {words().newPin}
        </button>
        <button class="plain danger" data-testid="staff-leave" onClick={() => setLeaving(true)}>
          {words().leave}
        </button>
      </div>
      <Show when={isLeaving()}>
        <Leaving office={props.office} form={form} cancel={() => setLeaving(false)} />
      </Show>
    </div>
  );
}

function Leaving(props: { readonly office: Office; readonly form: Form; readonly cancel: () => void }) {
  const { form } = props;
  const words = () => permissionWords(props.office.language()).staff;
  return (
    <>
      <p class="instead">
        <Icon name="warning" />
        {words().leaveText}
      </p>
      <div class="buttons">
        <button
          class="plain danger"
          data-testid="staff-leave-sure"
          disabled={form.isSending()}
          onClick={() => void form.acts.leavings.run()}
        >
          {words().leave}
        </button>
        <button class="plain" onClick={() => props.cancel()}>
          {permissionWords(props.office.language()).cancel}
        </button>
      </div>
    </>
  );
}
