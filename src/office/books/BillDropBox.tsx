import { createSignal, Match, onCleanup, Show, Switch, type JSX } from "solid-js";
import { handedInBytesMax } from "../../contract/bill-reading.ts";
import type { BillTroubleWord } from "../../i18n/bill-texts.ts";
import { billWords } from "../../i18n/bill-words.ts";
import type { Told } from "../../i18n/told.ts";
import { Icon } from "../../ui/parts/icons.tsx";
import { BillShown } from "./BillShown.tsx";
import type { BillDrop, BillDropState } from "./bill-drop-state.ts";
import type { BooksParts } from "./books-parts.ts";

type Props = { readonly parts: BooksParts; readonly state: BillDropState };
type Of<Kind extends BillDrop["kind"]> = Extract<BillDrop, { kind: Kind }>;

/** A bill file from a person: dropped or chosen, read and shown, and handed in only by a press. */
export function BillDropBox(props: Props): JSX.Element {
  const { parts, state } = props;
  const words = () => billWords(parts.office.language());
  const isOver = droppedInWindow(state);
  const as = <Kind extends BillDrop["kind"]>(kind: Kind): Of<Kind> | null => {
    const now = state.drop();
    return now.kind === kind ? (now as Of<Kind>) : null;
  };
  return (
    <section class="drop" aria-label={words().drop.title}>
      <h3>{words().drop.title}</h3>
      <Switch fallback={<Place parts={parts} state={state} isOver={isOver()} />}>
        <Match when={as("reading")}>{(now) => <Progress {...props} now={now()} />}</Match>
        <Match when={as("tooLarge")}>
          {(now) => (
            <Refusal
              {...props}
              name={now().name}
              told={{
                title: words().troubles.tooLarge.title,
                text: words().drop.tooLarge(Math.round(handedInBytesMax / 1024 ** 2)),
              }}
              where=""
              detail=""
            />
          )}
        </Match>
        <Match when={as("noAccounts")}>
          {(now) => (
            <Refusal {...props} name={now().name} told={parts.office.words().trouble.unreachable} where="" detail="" />
          )}
        </Match>
        <Match when={as("refused")}>
          {(now) => (
            <Refusal
              {...props}
              name={now().name}
              told={words().troubles[now().why.trouble as BillTroubleWord] ?? words().troubles.notABill}
              where={whereOf(props, now())}
              detail={now().why.detail}
            />
          )}
        </Match>
        <Match when={as("shown")}>{(now) => <BillShown {...props} now={now()} />}</Match>
        <Match when={as("taken")}>{(now) => <Taken {...props} now={now()} />}</Match>
      </Switch>
    </section>
  );
}

function whereOf({ parts }: Props, { why }: Of<"refused">): string {
  return why.line === null ? "" : billWords(parts.office.language()).atLine(why.line, why.column);
}

/** Where a file is dropped; a press chooses one. */
function Place(props: Props & { readonly isOver: boolean }) {
  const words = () => billWords(props.parts.office.language()).drop;
  return (
    <label class="drop-place" classList={{ over: props.isOver }} data-testid="bill-drop">
      <Icon name="upload" />
      <span>{props.isOver ? words().release : words().text}</span>
      <b class="plain">{words().choose}</b>
      <input
        type="file"
        data-testid="bill-file"
        accept=".csv,.gz,.zip,.txt"
        onChange={(event) => {
          takeFirst(props.state, event.currentTarget.files);
          event.currentTarget.value = "";
        }}
      />
    </label>
  );
}

/** Takes a file that is dropped anywhere in the window, so that a near miss does not open it in place of the page. */
function droppedInWindow(state: BillDropState): () => boolean {
  const [isOver, setOver] = createSignal(false);
  const onDrag = (event: DragEvent): void => {
    event.preventDefault();
    setOver(event.type === "dragover");
    const now = state.drop();
    const isSending = now.kind === "shown" && now.isSending;
    if (event.type === "drop" && !isSending) takeFirst(state, event.dataTransfer?.files);
  };
  const kinds = ["dragover", "dragleave", "drop"] as const;
  for (const kind of kinds) addEventListener(kind, onDrag);
  onCleanup(() => {
    for (const kind of kinds) removeEventListener(kind, onDrag);
  });
  return isOver;
}

function takeFirst(state: BillDropState, files: FileList | null | undefined): void {
  const file = files?.[0];
  if (file !== undefined) void state.read(file);
}

function Progress(props: Props & { readonly now: Of<"reading"> }) {
  const words = () => billWords(props.parts.office.language()).drop;
  const percent = (): number => Math.floor(props.now.part * 100);
  return (
    <div class="drop-reading" role="status">
      <p>{words().reading(props.now.name)}</p>
      <progress max="100" value={percent()} aria-label={words().reading(props.now.name)} />
      <p class="soft num">{words().readSoFar(percent(), props.now.rows)}</p>
      <button class="plain" onClick={() => props.state.clear()}>
        {words().cancel}
      </button>
    </div>
  );
}

function Refusal(
  props: Props & { readonly name: string; readonly told: Told; readonly where: string; readonly detail: string },
) {
  const words = () => billWords(props.parts.office.language());
  return (
    <div class="drop-refused" role="alert" data-testid="bill-refused">
      <p class="state danger">
        <Icon name="warning" />
        <span>{props.told.title}</span>
      </p>
      <p>{props.told.text}</p>
      <p class="soft">
        {[props.name, props.where].filter((part) => part !== "").join(" · ")}
        <Show when={props.detail !== ""}>
          <br />
          {words().technical(props.detail)}
        </Show>
      </p>
      <button class="plain" data-testid="bill-again" onClick={() => props.state.clear()}>
        {words().drop.again}
      </button>
    </div>
  );
}

function Taken(props: Props & { readonly now: Of<"taken"> }) {
  const words = () => billWords(props.parts.office.language());
  const told = (): Told => (props.now.isNew ? words().shown.taken(props.now.bill.day) : words().shown.known);
  return (
    <div class="drop-taken" role="status" data-testid="bill-taken" data-new={props.now.isNew}>
      <p class="state received">
        <Icon name="check" />
        <span>{told().title}</span>
      </p>
      <p>{told().text}</p>
      <p class="row">
        <a
          class="plain to"
          href={`#reconciliation/${props.now.bill.day}/${encodeURIComponent(props.now.bill.account ?? "")}`}
        >
          {words().shown.toDay}
        </a>
        <button class="plain" data-testid="bill-again" onClick={() => props.state.clear()}>
          {words().drop.again}
        </button>
      </p>
    </div>
  );
}
