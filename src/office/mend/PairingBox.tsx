import { createSignal, Show } from "solid-js";
import { reasonLengthMax } from "../../contract/mending.ts";
import type { ReconciliationItemOpened } from "../../contract/reconciliation.ts";
import { mendWords } from "../../i18n/mend-words.ts";
import { permissionWords } from "../../i18n/permission-words.ts";
import { AskSecond, createAsking } from "../people/ask-second.tsx";
import type { Office } from "../office.ts";
import { mendClient } from "./mend-client.ts";
import "./mend.css";

type Pairing = NonNullable<ReconciliationItemOpened["pairing"]>;
type Props = {
  readonly office: Office;
  readonly pairing: Pairing;
  readonly zone: string;
  /** Whether the page is the tender's; else the row's. */
  readonly isTender: boolean;
  readonly toOther: () => void;
  readonly onApart: () => void;
};

/** A noted payment and the bill's row that proves it: who said so, the way to the other side, and taking them apart. */
export function PairingBox(props: Props) {
  const { office } = props;
  const words = () => mendWords(office.language()).pairing;
  const form = createUnpairing(props);
  const by = (): string => props.pairing.by ?? words().byItself;
  return (
    <section class="pairing" data-testid="pairing">
      <h3>{props.isTender ? words().proved : words().proves}</h3>
      <p class="soft">{words().since(by(), office.formats().dateTime(props.pairing.at, props.zone).slice(0, 16))}</p>
      <p class="buttons">
        <button class="plain" data-testid="pairing-other" onClick={() => props.toOther()}>
          {props.isTender ? words().toRow : words().toTender}
        </button>
        <Show when={office.may("mend") && !form.isOpen()}>
          <button class="plain" data-testid="unpair" onClick={() => form.setIsOpen(true)}>
            {words().unpair.title}
          </button>
        </Show>
      </p>
      <Show when={form.isOpen()}>
        <Show when={form.asking.proposed()} fallback={<UnpairForm office={office} form={form} />}>
          {(id) => (
            <AskSecond
              office={office}
              id={id()}
              done={(approval) => void form.asking.run(approval)}
              leave={form.asking.leave}
            />
          )}
        </Show>
      </Show>
    </section>
  );
}

function UnpairForm(props: { readonly office: Office; readonly form: ReturnType<typeof createUnpairing> }) {
  const { office, form } = props;
  const words = () => mendWords(office.language());
  return (
    <form
      class="mend-form"
      data-testid="unpair-form"
      onSubmit={(event) => {
        event.preventDefault();
        void form.asking.run();
      }}
    >
      <p class="soft">{words().pairing.unpair.text}</p>
      <label class="pick grow">
        <span>{words().reason}</span>
        <input
          type="text"
          maxLength={reasonLengthMax}
          placeholder={words().reasonHint}
          data-testid="unpair-reason"
          value={form.reason()}
          onInput={(event) => form.setReason(event.currentTarget.value)}
        />
      </label>
      <Show when={form.failure()}>
        {(why) => (
          <p class="fault" role="alert">
            {why() === "changed" ? words().failed.changed : permissionWords(office.language()).ask.unknown}
          </p>
        )}
      </Show>
      <div class="buttons">
        <button class="go" data-testid="unpair-go" disabled={form.reason().trim() === ""}>
          {words().propose(words().pairing.unpair.title, "")}
        </button>
        <button class="plain" type="button" onClick={() => form.setIsOpen(false)}>
          {words().cancel}
        </button>
      </div>
    </form>
  );
}

function createUnpairing(props: Props) {
  const [isOpen, setIsOpen] = createSignal(false);
  const [reason, setReason] = createSignal("");
  const [failure, setFailure] = createSignal<"changed" | "unknown" | null>(null);
  const asking = createAsking(
    (approval) => {
      const { store, account, number } = props.pairing.tender;
      return mendClient.unpair({ store, account, number, reason: reason().trim(), approval });
    },
    () => props.onApart(),
    (refusal) => {
      if (refusal === "signedOut") props.office.setSession(null);
      setFailure(refusal === "unreachable" || refusal === "broken" ? "unknown" : "changed");
    },
  );
  return { isOpen, setIsOpen, reason, setReason, failure, asking };
}
