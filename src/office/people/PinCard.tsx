import { createSignal, Show } from "solid-js";
import type { OwnAccess } from "../../contract/people.ts";
import { isPinForm, pinLengthMax, pinLengthMin } from "../../domain/staff.ts";
import { permissionWords } from "../../i18n/permission-words.ts";
import type { Office } from "../office.ts";
import { createOnce } from "../send-once.ts";
import { peopleClient } from "./people-client.ts";

type Told = "saved" | "wrong" | "notNew" | "locked" | "unreachable";

/** One's own PIN for the tills: who knows it besides, and another that nobody does. */
export function PinCard(props: {
  readonly office: Office;
  readonly pin: NonNullable<OwnAccess["pin"]>;
  readonly refresh: () => void;
}) {
  const words = () => permissionWords(props.office.language());
  const form = createPinForm(props);
  const sentence = (told: Told): string => {
    if (told === "saved") return words().saved;
    return told === "unreachable" ? props.office.words().trouble.unreachable.title : words().me.pin[told];
  };
  return (
    <form
      class="own-card"
      data-testid="pin-card"
      onSubmit={(event) => {
        event.preventDefault();
        void form.save();
      }}
    >
      <h3>{words().me.pin.title}</h3>
      <p class="about">{props.pin.isKnown ? words().me.pin.known : words().me.pin.own}</p>
      <PinField label={words().me.pin.present} testId="me-pin-old" value={form.old()} set={form.setOld} />
      <PinField
        label={words().me.pin.fresh(pinLengthMin)}
        testId="me-pin-new"
        value={form.fresh()}
        set={form.setFresh}
      />
      <Show when={form.told()}>
        {(told) => (
          <p classList={{ fault: told() !== "saved", "state received": told() === "saved" }} role="status">
            {sentence(told())}
          </p>
        )}
      </Show>
      <button class="go small" data-testid="me-pin-save" disabled={form.isSending() || !form.isComplete()}>
        {words().save}
      </button>
    </form>
  );
}

function PinField(props: {
  readonly label: string;
  readonly testId: string;
  readonly value: string;
  readonly set: (pin: string) => void;
}) {
  return (
    <label class="field">
      {props.label}
      <input
        type="password"
        inputMode="numeric"
        autocomplete="off"
        maxLength={pinLengthMax}
        data-testid={props.testId}
        value={props.value}
        onInput={(event) => props.set(event.currentTarget.value)}
      />
    </label>
  );
}

function createPinForm(props: { readonly refresh: () => void }) {
  const [old, setOld] = createSignal("");
  const [fresh, setFresh] = createSignal("");
  const [told, setTold] = createSignal<Told | null>(null);
  const once = createOnce();
  const save = (): Promise<void> =>
    once.run(async () => {
      if (!isPinForm(fresh()) || fresh() === old()) return void setTold("notNew");
      const answer = await peopleClient.setPin(old(), fresh());
      if (!answer.ok) return void setTold(toldOf(answer.refusal));
      setTold("saved");
      setOld("");
      setFresh("");
      props.refresh();
    });
  const isComplete = (): boolean => old() !== "" && fresh().length >= pinLengthMin;
  return { old, setOld, fresh, setFresh, told, save, isComplete, isSending: once.isSending };
}

function toldOf(refusal: string): Told {
  if (refusal === "unreachable" || refusal === "locked") return refusal;
  return refusal === "badRequest" ? "notNew" : "wrong";
}
