import { createEffect, createSignal, on, onCleanup, Show } from "solid-js";
import type { MendingShown } from "../../contract/mending.ts";
import { canBeGain, type MendingAction, type OfferedMending } from "../../domain/reconciliation/mending.ts";
import type { MendFailureWord } from "../../i18n/mend-texts.ts";
import { mendWords } from "../../i18n/mend-words.ts";
import { OfferedActions, type OfferedAction } from "../books/OfferedActions.tsx";
import { createLive } from "../live.ts";
import type { Office } from "../office.ts";
import { createReadBeside } from "../read-beside.ts";
import { actionTold } from "./action-told.ts";
import { mendClient } from "./mend-client.ts";
import type { MendSubject } from "./mend-subject.ts";
import { MendForm } from "./MendForm.tsx";
import { Proposed } from "./Proposed.tsx";
import "./mend.css";

/** A proposal is carried out within seconds of the other person's yes. */
const proposedRefreshMs = 2_000;

type BoxProps = {
  readonly office: Office;
  /** Nothing while nothing is to be mended. */
  readonly subject: MendSubject | null;
  /** Which of several breaks of an item it is about; empty where there is one. */
  readonly title?: string;
  readonly onMended: () => void;
};

/** What may be done about a break, or many together, side by side; the one chosen with its form; or the proposal that waits for a second person. */
export function MendBox(props: BoxProps) {
  const { office } = props;
  let root: HTMLDivElement | undefined;
  // what was pressed is gone: the next key would begin at the head of the page
  const box = createBox(props, () => queueMicrotask(() => root?.focus({ preventScroll: true })));
  return (
    <div
      class="mend"
      data-testid="mend"
      data-class={props.subject?.class}
      tabIndex={-1}
      ref={(element) => {
        root = element;
      }}
    >
      <Show when={(props.title ?? "") !== ""}>
        <h3>{props.title}</h3>
      </Show>
      <Show when={box.isBeingDone() ? "given" : box.told()}>
        {(how) => (
          <p class="told" role="status" data-testid="mend-told">
            {mendWords(office.language())[how()]}
          </p>
        )}
      </Show>
      <Show when={box.failure()}>
        {(failure) => (
          <p class="fault" role="status" data-testid="mend-failed">
            {failureTold(office, failure())}
          </p>
        )}
      </Show>
      <Show
        when={!box.isBeingDone() && box.waiting()}
        fallback={
          <Show when={!box.isBeingDone() && office.may("mend") && box.offered().length > 0 && props.subject}>
            {(subject) => <Choice office={office} subject={subject()} box={box} />}
          </Show>
        }
      >
        {(mending) => <Proposed office={office} mending={mending()} subject={props.subject} over={box.over} />}
      </Show>
    </div>
  );
}

type MendFailure = { readonly by: string | null; readonly why: string | null };

function failureTold(office: Office, { by, why }: MendFailure): string {
  const words = mendWords(office.language());
  if (why === null) return words.refused(by ?? "");
  return words.nothingDone + (words.failed[why as MendFailureWord] ?? words.failed.other);
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
      ...actionTold(words(), action, props.subject),
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

function createBox(props: BoxProps, stay: () => void) {
  const [chosen, setChosen] = createSignal<MendingAction | null>(null);
  const [told, setTold] = createSignal<"done" | "given" | null>(null);
  const offers = createOffers();
  const first = (): string | null => props.subject?.items[0]?.id ?? null;
  const about = createLive<string, { readonly mendings: readonly MendingShown[] }>(
    first,
    mendClient.about,
    props.office.browser.clock,
    proposedRefreshMs,
  );
  const mendings = (): readonly MendingShown[] => about.value()?.mendings ?? [];
  const waiting = (): MendingShown | null => mendings().find(({ state }) => state === "proposed") ?? null;
  const failure = (): MendFailure | null => failureOf(mendings()[0], first());
  // what was agreed to is done by a job: the item is read again when its proposal is gone
  createEffect(
    on(
      () => waiting() !== null,
      (is, was) => {
        if (was === true && !is) props.onMended();
      },
    ),
  );
  /** Agreed to, and its job has neither mended it nor failed: there is nothing to choose or to agree to. */
  const isBeingDone = (): boolean => told() === "given" && props.subject !== null && failure() === null;
  createEffect(() => {
    if (isBeingDone()) onCleanup(props.office.browser.clock.every(proposedRefreshMs, () => props.onMended()));
  });
  return {
    chosen,
    told: () => (told() === "given" ? null : told()),
    isBeingDone,
    waiting,
    failure,
    offered: (): readonly OfferedMending[] => {
      const { subject } = props;
      const of = subject === null ? [] : (offers()?.[subject.class] ?? []);
      return of.filter(({ action }) => subject !== null && isOfferedFor(action, subject));
    },
    choose(action: MendingAction | null): void {
      setTold(null);
      setChosen(action);
      stay();
    },
    proposed(): void {
      setChosen(null);
      void about.refresh();
      stay();
    },
    over(how: "done" | "given" | null): void {
      setChosen(null);
      setTold(how);
      void about.refresh();
      stay();
      props.onMended();
    },
  };
}

/** What may be done about each class. */
function createOffers() {
  return createReadBeside(
    () => null,
    async () => {
      const answer = await mendClient.offers();
      return answer.ok ? answer.value.classes : {};
    },
  );
}

/** Only one row is paired with one payment, and nobody is charged with a gain. */
function isOfferedFor(action: MendingAction, { items, isOver, class: type }: MendSubject): boolean {
  if (action === "pair") return items.length === 1;
  return action !== "chargeToStaff" || isOver !== true || !canBeGain(type);
}

/** Why what was decided last has not mended the item: refused, or not to be done. */
function failureOf(last: MendingShown | undefined, item: string | null): MendFailure | null {
  if (last === undefined || last.state === "proposed") return null;
  if (last.state === "refused") return { by: last.decidedBy, why: null };
  const failed = last.failed.find(({ id }) => id === item);
  return failed === undefined ? null : { by: null, why: failed.why };
}
