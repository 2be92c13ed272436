import { createSignal, Show } from "solid-js";
import { settlementWords } from "../../i18n/settlement-words.ts";
import { Chooser } from "../books/Chooser.tsx";
import type { Office } from "../office.ts";
import { settlementClient } from "./settlement-client.ts";

const nameLengthMax = 64;
const idLengthMax = 32;
type NewBank = ReturnType<typeof createNewBank>;

/** A bank account as it is typed in, and its way to the gateway. */
function createNewBank(office: Office, onChanged: () => void) {
  const [isOpen, setIsOpen] = createSignal(false);
  const [name, setName] = createSignal("");
  const [id, setId] = createSignal("");
  const [isFailed, setIsFailed] = createSignal(false);
  // the form's own: what the page shows is not chosen by it
  const [chosen, setChosen] = createSignal<string | null>(null);
  const store = (): string | null =>
    chosen() ?? office.store() ?? (office.stores().length === 1 ? (office.stores()[0]?.id ?? null) : null);
  const save = async (): Promise<void> => {
    const into = store();
    if (into === null) return;
    const answer = await settlementClient.keepBank(id().trim(), { store: into, name: name().trim() });
    if (!answer.ok && answer.refusal === "signedOut") office.setSession(null);
    setIsFailed(!answer.ok);
    if (!answer.ok) return;
    setIsOpen(false);
    setChosen(null);
    setName("");
    setId("");
    onChanged();
  };
  return { isOpen, setIsOpen, name, setName, id, setId, isFailed, store, setChosen, save };
}

/** A button that opens the form for one more bank account; the form at once where there is none. */
export function AddBank(props: { readonly office: Office; readonly isFirst: boolean; readonly onChanged: () => void }) {
  const { office } = props;
  const bank = createNewBank(office, () => props.onChanged());
  return (
    <Show
      when={bank.isOpen() || props.isFirst}
      fallback={
        <button class="plain" data-testid="bank-add" onClick={() => bank.setIsOpen(true)}>
          {settlementWords(office.language()).addBank}
        </button>
      }
    >
      <BankForm office={office} bank={bank} />
    </Show>
  );
}

function BankForm(props: { readonly office: Office; readonly bank: NewBank }) {
  const { office, bank } = props;
  const words = () => settlementWords(office.language());
  return (
    <form
      class="add-bank"
      onSubmit={(event) => {
        event.preventDefault();
        void bank.save();
      }}
    >
      <Show when={office.stores().length > 1}>
        <Chooser
          title={office.words().store}
          all={words().chooseStore}
          isNeeded
          value={bank.store() ?? undefined}
          choices={office.stores().map(({ id, name }) => ({ value: id, name }))}
          testId="bank-store"
          choose={(value) => bank.setChosen(value ?? null)}
        />
      </Show>
      <label class="pick">
        <span>{words().bankName}</span>
        <input
          required
          maxLength={nameLengthMax}
          data-testid="bank-name"
          value={bank.name()}
          onInput={(event) => bank.setName(event.currentTarget.value)}
        />
      </label>
      <label class="pick">
        <span>{words().bankId}</span>
        <input
          required
          pattern="[a-z0-9\-]+"
          title={words().bankIdNote}
          maxLength={idLengthMax}
          data-testid="bank-id"
          value={bank.id()}
          onInput={(event) => bank.setId(event.currentTarget.value)}
        />
      </label>
      <small class="soft">{words().bankIdNote}</small>
      <Show when={bank.isFailed()}>
        <p class="fault" role="alert">
          {words().bankFailed}
        </p>
      </Show>
      <button class="go" type="submit" disabled={bank.store() === null} data-testid="bank-save">
        {words().keepBank}
      </button>
    </form>
  );
}
