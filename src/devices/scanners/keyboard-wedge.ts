import type { Cancel, Clock } from "../../domain/clock.ts";
import { createWedgeDecoder, type WedgeKey } from "./decoders/wedge.ts";
import type { Scan } from "./scan.ts";

/** The page's window, or whatever gets every key first. */
export type KeySource = Pick<Window, "addEventListener" | "removeEventListener">;

/** A field as it was before the key that may have begun a scan. */
type FieldBefore =
  | {
      readonly kind: "text";
      readonly field: HTMLInputElement | HTMLTextAreaElement;
      readonly value: string;
      readonly start: number | null;
      readonly end: number | null;
    }
  | { readonly kind: "select"; readonly field: HTMLSelectElement; readonly index: number };

/**
 * Listens for a keyboard-wedge scanner wherever the focus is, before anybody else sees the keys.
 *
 * Keys are never held back, so typing arrives as typed. What a scan left in the focused field is taken out again when its
 * terminator tells that it was one: the field gets its old value and selection, and an `input` event. The terminator itself
 * reaches nobody, so no form is sent and no button pressed; neither does a space within a scan.
 *
 * @returns stops listening.
 */
export function listenToWedge(keys: KeySource, clock: Clock, onScan: (scan: Scan) => void): Cancel {
  const decoder = createWedgeDecoder();
  let before: FieldBefore | null = null;
  let wasComposing = false;
  /** Keys whose release is kept from the page, because their press was. */
  const withheld = new Set<string>();

  const withhold = (event: KeyboardEvent): void => {
    event.preventDefault();
    event.stopImmediatePropagation();
    withheld.add(event.code);
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    const step = decoder.push(toWedgeKey(event));
    if (step.kind === "pass") {
      if (step.isFirst) {
        before = remember(event);
        wasComposing = false;
      }
      wasComposing ||= event.isComposing || event.key === "Process";
      // A space would press the focused button; in a field it is a character like any other.
      if (event.key === " " && step.isRunning && before?.kind !== "text") withhold(event);
      return;
    }
    withhold(event);
    if (step.kind === "swallow") return;
    if (before !== null) putBack(before, wasComposing);
    before = null;
    onScan({ text: step.text, source: "wedge", at: clock.now() });
  };
  const onKeyUp = (event: KeyboardEvent): void => {
    if (!withheld.delete(event.code)) return;
    event.preventDefault();
    event.stopImmediatePropagation();
  };
  keys.addEventListener("keydown", onKeyDown, { capture: true });
  keys.addEventListener("keyup", onKeyUp, { capture: true });
  return () => {
    keys.removeEventListener("keydown", onKeyDown, { capture: true });
    keys.removeEventListener("keyup", onKeyUp, { capture: true });
  };
}

function toWedgeKey(event: KeyboardEvent): WedgeKey {
  return {
    key: event.key,
    code: event.code,
    atMs: event.timeStamp,
    isRepeat: event.repeat,
    hasModifier: event.ctrlKey || event.altKey || event.metaKey,
    isShifted: event.shiftKey,
  };
}

/** The field that the key will go to, as it is now. Shadow roots are looked through; anything but a field keeps no text. */
function remember(event: KeyboardEvent): FieldBefore | null {
  const [target] = event.composedPath();
  if (target instanceof HTMLSelectElement) return { kind: "select", field: target, index: target.selectedIndex };
  if (!(target instanceof HTMLInputElement || target instanceof HTMLTextAreaElement)) return null;
  return { kind: "text", field: target, value: target.value, start: target.selectionStart, end: target.selectionEnd };
}

function putBack(before: FieldBefore, wasComposing: boolean): void {
  const { field } = before;
  if (before.kind === "select") {
    before.field.selectedIndex = before.index;
    before.field.dispatchEvent(new Event("change", { bubbles: true }));
    return;
  }
  if (wasComposing) {
    // Ends the input method's composition; otherwise it would write its text after ours is put back.
    field.blur();
    field.focus();
  }
  if (before.field.value === before.value) return;
  before.field.value = before.value;
  if (before.start !== null && before.end !== null) before.field.setSelectionRange(before.start, before.end);
  before.field.dispatchEvent(new InputEvent("input", { bubbles: true, inputType: "historyUndo" }));
}
