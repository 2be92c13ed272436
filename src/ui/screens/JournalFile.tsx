import { For, Show, onMount, type JSX } from "solid-js";
import { findingsMax } from "../../domain/journal-check.ts";
import { journalWords } from "../../i18n/journal-words.ts";
import { Icon } from "../parts/icons.tsx";
import { useTill, type JournalFileView } from "../till.ts";
import "../theme/journal-file.css";

type Read = Extract<JournalFileView, { readonly kind: "journal" }>;

/** An opened journal file: whether its chain holds, and what is wrong with it. Over whatever the till is doing, and touching none of it. */
export function JournalFile(props: { readonly view: JournalFileView }): JSX.Element {
  const { shell, language } = useTill();
  const words = () => journalWords(language());
  const read = (): Read | null => (props.view.kind === "journal" ? props.view : null);
  let dialog: HTMLDialogElement | undefined;
  onMount(() => dialog?.showModal());
  return (
    <dialog
      ref={dialog}
      class="journal-file"
      aria-labelledby="journal-file-title"
      data-testid="journal-file"
      data-kind={props.view.kind}
      data-whole={read()?.isWhole}
      data-end={read()?.end}
      onClose={() => shell.closeJournalFile()}
    >
      <h1 id="journal-file-title">{words().title}</h1>
      <p class="num">{props.view.name}</p>
      <Show when={props.view.kind === "busy"}>
        <p role="status">{words().busy}</p>
      </Show>
      <Show when={props.view.kind === "noJournal"}>
        <p>{words().noJournal}</p>
      </Show>
      <Show when={props.view.kind === "tooLarge"}>
        <p>{words().tooLarge}</p>
      </Show>
      <Show when={read()}>{(journal) => <Findings journal={journal()} />}</Show>
      <button type="button" class="go" data-testid="journal-file-close" onClick={() => dialog?.close()}>
        {words().close}
      </button>
    </dialog>
  );
}

function Findings(props: { readonly journal: Read }): JSX.Element {
  const { language } = useTill();
  const words = () => journalWords(language());
  const chain = () => props.journal.chain;
  const range = (): string => {
    const { first, last, count } = chain();
    return first === null || last === null ? words().empty : words().range(first, last, count);
  };
  const wrongs = (): string[] =>
    [
      ...chain().missing.map(({ from, to }) => words().missing(from, to)),
      ...chain().broken.map((number) => words().broken(number)),
      ...(chain().foreign > 0 ? [words().foreign(chain().foreign)] : []),
    ].slice(0, findingsMax);
  return (
    <>
      <p>{words().of(props.journal.till, props.journal.series)}</p>
      <p class="num" data-testid="journal-file-range">
        {range()}
      </p>
      <p class={props.journal.isWhole ? "good" : "bad"}>
        <Icon name={props.journal.isWhole ? "check" : "warning"} />
        {props.journal.isWhole ? words().whole : words().notWhole}
      </p>
      <ul>
        <For each={wrongs()}>{(wrong) => <li>{wrong}</li>}</For>
      </ul>
      <Show when={(chain().first ?? 1) > 1}>
        <p>{words().begins(chain().first ?? 1)}</p>
      </Show>
      <p class={props.journal.end === "own" || props.journal.end === "theirs" ? "" : "bad"}>
        {words().end[props.journal.end]}
      </p>
      <p>{words().untouched}</p>
    </>
  );
}
