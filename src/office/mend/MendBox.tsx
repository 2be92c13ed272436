import { createResource, createSignal, Show } from "solid-js";
import type { MendingShown } from "../../contract/mending.ts";
import type { MendingAction, OfferedMending } from "../../domain/reconciliation/mending.ts";
import { mendWords } from "../../i18n/mend-words.ts";
import { OfferedActions, type OfferedAction } from "../books/OfferedActions.tsx";
import type { Office } from "../office.ts";
import { mendClient } from "./mend-client.ts";
import type { MendSubject } from "./mend-subject.ts";
import { MendForm } from "./MendForm.tsx";
import { Proposed } from "./Proposed.tsx";
import "./mend.css";

type BoxProps = {
  readonly office: Office;
  /** Nothing while nothing is to be mended. */
  readonly subject: MendSubject | null;
  readonly onMended: () => void;
};

/** What may be done about a break, or many together, side by side; the one chosen with its form; or the proposal that waits for a second person. */
export function MendBox(props: BoxProps) {
  const { office } = props;
  const box = createBox(props);
  return (
    <div class="mend" data-testid="mend">
      <Show when={box.told()}>
        {(how) => (
          <p class="told" role="status" data-testid="mend-told">
            {mendWords(office.language())[how()]}
          </p>
        )}
      </Show>
      <Show
        when={box.waiting()}
        fallback={
          <Show when={office.may("mend") && box.offered().length > 0 && props.subject}>
            {(subject) => <Choice office={office} subject={subject()} box={box} />}
          </Show>
        }
      >
        {(mending) => <Proposed office={office} mending={mending()} over={box.over} />}
      </Show>
    </div>
  );
}

function Choice(props: {
  readonly office: Office;
  readonly subject: MendSubject;
  readonly box: ReturnType<typeof createBox>;
}) {
  const { office, box } = props;
  const words = () => mendWords(office.language());
  const cards = (): readonly OfferedAction[] =>
    box.offered().map(({ action, needsSecond }, nth) => ({
      id: action,
      ...words().actions[action],
      note: needsSecond ? words().second : words().alone,
      isMain: nth === 0,
      why: null,
      choose: () => box.choose(action),
    }));
  return (
    <Show when={box.chosen()} fallback={<OfferedActions title={words().title} offered={cards()} />} keyed>
      {(action) => (
        <MendForm
          office={office}
          subject={props.subject}
          action={action}
          needsSecond={box.offered().find((each) => each.action === action)?.needsSecond ?? true}
          done={box.over}
          proposed={box.proposed}
          leave={() => box.choose(null)}
        />
      )}
    </Show>
  );
}

function createBox(props: BoxProps) {
  const [chosen, setChosen] = createSignal<MendingAction | null>(null);
  const [told, setTold] = createSignal<"done" | "given" | null>(null);
  const [offers] = createResource(async () => {
    const answer = await mendClient.offers();
    return answer.ok ? answer.value.classes : {};
  });
  const [waiting, { refetch }] = createResource(
    () => props.subject?.items.map(({ id }) => id).join(" ") ?? null,
    async (names): Promise<MendingShown | null> => {
      const answer = await mendClient.proposed();
      if (!answer.ok) return null;
      const wanted = new Set(names.split(" "));
      return answer.value.mendings.find(({ items }) => items.some(({ id }) => wanted.has(id))) ?? null;
    },
  );
  return {
    chosen,
    told,
    waiting,
    offered: (): readonly OfferedMending[] => {
      const { subject } = props;
      const of = subject === null ? [] : (offers()?.[subject.class] ?? []);
      return of.filter(({ action }) => action !== "pair" || subject?.items.length === 1);
    },
    choose(action: MendingAction | null): void {
      setTold(null);
      setChosen(action);
    },
    proposed(): void {
      setChosen(null);
      void refetch();
    },
    over(how: "done" | "given" | null): void {
      setChosen(null);
      setTold(how);
      void refetch();
      props.onMended();
    },
  };
}
