import { createSignal, For, onMount, Show } from "solid-js";
import { savedViewsMax, viewNameMax, type SavedViews as Kept } from "../../contract/reports.ts";
import { reportWords } from "../../i18n/report-words.ts";
import { Icon } from "../../ui/parts/icons.tsx";
import type { Answer } from "../office-client.ts";
import type { ReportParts } from "./report-parts.ts";
import { reportClient } from "./report-client.ts";

/** Reports kept under a name: taken up from a list, saved as they stand, removed again. */
export function SavedViews(props: { readonly parts: ReportParts }) {
  const { office, state } = props.parts;
  const words = () => reportWords(office.language());
  const [views, setViews] = createSignal<Kept["views"]>([]);
  const [opened, setOpened] = createSignal<string | null>(null);
  const [isNaming, setNaming] = createSignal(false);
  const [isFull, setFull] = createSignal(false);
  const take = async (asked: Answer<Kept>): Promise<boolean> => {
    const answer = await asked;
    if (answer.ok) setViews(answer.value.views);
    else if (answer.refusal === "signedOut") office.setSession(null);
    setFull(!answer.ok && answer.refusal === "tooManyTries");
    return answer.ok;
  };
  onMount(() => void take(reportClient.views()));
  const takeUp = (name: string): void => {
    const found = views().find((each) => each.name === name);
    setOpened(found?.name ?? null);
    if (found !== undefined) state.takeUp(found.view);
  };
  const save = async (name: string): Promise<void> => {
    if (name.trim() === "" || !(await take(reportClient.saveView(name.trim(), state.saved())))) return;
    setNaming(false);
    setOpened(name.trim());
  };
  return (
    <div class="saved-views">
      <Show when={views().length > 0}>
        <ViewChoice parts={props.parts} views={views()} opened={opened()} takeUp={takeUp} />
      </Show>
      <Show when={opened()}>
        {(name) => (
          <Removal
            parts={props.parts}
            name={name()}
            remove={() => {
              void take(reportClient.removeView(name()));
              setOpened(null);
            }}
          />
        )}
      </Show>
      <Show
        when={isNaming()}
        fallback={
          <button class="plain" data-testid="report-save" onClick={() => setNaming(true)}>
            {words().saveAs}
          </button>
        }
      >
        <Naming parts={props.parts} isFull={isFull()} save={save} cancel={() => setNaming(false)} />
      </Show>
    </div>
  );
}

function ViewChoice(props: {
  readonly parts: ReportParts;
  readonly views: Kept["views"];
  readonly opened: string | null;
  readonly takeUp: (name: string) => void;
}) {
  const words = () => reportWords(props.parts.office.language());
  return (
    <select
      aria-label={words().views}
      data-testid="report-views"
      onChange={(event) => props.takeUp(event.currentTarget.value)}
    >
      <option value="">{words().chooseView}</option>
      <For each={props.views}>
        {({ name }) => (
          <option value={name} selected={name === props.opened}>
            {name}
          </option>
        )}
      </For>
    </select>
  );
}

function Removal(props: { readonly parts: ReportParts; readonly name: string; readonly remove: () => void }) {
  const words = () => reportWords(props.parts.office.language());
  return (
    <button
      class="icon-only"
      data-testid="report-remove-view"
      aria-label={words().remove(props.name)}
      title={words().remove(props.name)}
      onClick={() => props.remove()}
    >
      <Icon name="bin" />
    </button>
  );
}

function Naming(props: {
  readonly parts: ReportParts;
  readonly isFull: boolean;
  readonly save: (name: string) => Promise<void>;
  readonly cancel: () => void;
}) {
  const words = () => reportWords(props.parts.office.language());
  const [name, setName] = createSignal("");
  let box!: HTMLInputElement;
  onMount(() => box.focus());
  return (
    <form
      class="naming"
      onSubmit={(event) => {
        event.preventDefault();
        void props.save(name());
      }}
      onKeyDown={(event) => {
        if (event.key !== "Escape") return;
        event.stopPropagation();
        props.cancel();
      }}
    >
      <input
        ref={box}
        type="text"
        maxLength={viewNameMax}
        autocomplete="off"
        aria-label={words().viewName}
        placeholder={words().viewName}
        data-testid="report-view-name"
        onInput={(event) => setName(event.currentTarget.value)}
      />
      <button class="plain" data-testid="report-view-save" disabled={name().trim() === ""}>
        {words().save}
      </button>
      <Show when={props.isFull}>
        <span class="fault" role="alert">
          {words().tooManyViews(savedViewsMax)}
        </span>
      </Show>
    </form>
  );
}
