import { onCleanup, onMount } from "solid-js";

/** A finger that has gone this far, more than twice as far across as along, has swiped. */
const swipePx = 72;
const acrossAlong = 2;
/** A finger that rests this long on a tile asks how many; one that moves this far was scrolling. */
const longPressMs = 500;
const restPx = 10;

export type SwipeDirection = "left" | "right" | "up" | "down";
type Point = { readonly x: number; readonly y: number };

/** Where a finger went from `from` to `to`; null while that is no swipe. */
export function swipeOf(from: Point, to: Point): SwipeDirection | null {
  const [right, down] = [to.x - from.x, to.y - from.y];
  const [across, along] = [Math.abs(right), Math.abs(down)];
  if (across >= swipePx && across > along * acrossAlong) return right < 0 ? "left" : "right";
  if (along >= swipePx && along > across * acrossAlong) return down < 0 ? "up" : "down";
  return null;
}

/**
 * Hears swipes of fingers and pens on what `selector` finds. A swipe along the direction that the browser scrolls in never
 * comes here: the style sheet's touch-action says which is which. The press that ends a swipe presses no button.
 */
export function listenToSwipes(
  selector: string,
  isOn: () => boolean,
  swiped: (element: HTMLElement, direction: SwipeDirection) => void,
): void {
  let began: { readonly at: Point; readonly element: HTMLElement; readonly pointer: number } | null = null;
  let direction: SwipeDirection | null = null;
  const show = (next: SwipeDirection | null): void => {
    direction = next;
    if (began !== null && next !== null) began.element.dataset["swipe"] = next;
    else delete began?.element.dataset["swipe"];
  };
  const onDown = (event: PointerEvent): void => {
    const { target } = event;
    if (event.pointerType === "mouse" || !isOn() || !(target instanceof Element)) return;
    const element = target.closest<HTMLElement>(selector);
    if (element === null || target instanceof HTMLInputElement) return;
    began = { at: { x: event.clientX, y: event.clientY }, element, pointer: event.pointerId };
  };
  const onMove = (event: PointerEvent): void => {
    if (began?.pointer === event.pointerId) show(swipeOf(began.at, { x: event.clientX, y: event.clientY }));
  };
  const onEnd = (event: PointerEvent): void => {
    if (began?.pointer !== event.pointerId) return;
    const [{ element }, done] = [began, event.type === "pointerup" ? direction : null];
    show(null);
    began = null;
    if (done === null) return;
    withholdClick();
    swiped(element, done);
  };
  onMount(() => {
    document.addEventListener("pointerdown", onDown);
    document.addEventListener("pointermove", onMove);
    document.addEventListener("pointerup", onEnd);
    document.addEventListener("pointercancel", onEnd);
  });
  onCleanup(() => {
    document.removeEventListener("pointerdown", onDown);
    document.removeEventListener("pointermove", onMove);
    document.removeEventListener("pointerup", onEnd);
    document.removeEventListener("pointercancel", onEnd);
  });
}

/** Hears a finger or a mouse that rests on `element`; the press that it would have been is withheld. */
export function onLongPress(
  element: HTMLElement,
  after: (delayMs: number, task: () => void) => () => void,
  rested: () => void,
): void {
  let cancel: () => void = () => undefined;
  let at: Point = { x: 0, y: 0 };
  element.addEventListener("pointerdown", (event) => {
    if (event.button !== 0) return;
    at = { x: event.clientX, y: event.clientY };
    cancel = after(longPressMs, () => {
      withholdClick();
      rested();
    });
  });
  element.addEventListener("pointermove", (event) => {
    if (Math.hypot(event.clientX - at.x, event.clientY - at.y) > restPx) cancel();
  });
  for (const end of ["pointerup", "pointercancel", "pointerleave"]) element.addEventListener(end, () => cancel());
  // a finger's long press would else open the browser's menu
  element.addEventListener("contextmenu", (event) => event.preventDefault());
}

/** The click that follows a gesture is not meant; a later press takes its own. */
function withholdClick(): void {
  const withhold = (event: Event): void => {
    event.preventDefault();
    event.stopPropagation();
  };
  document.addEventListener("click", withhold, { capture: true, once: true });
  const again = (): void => document.removeEventListener("click", withhold, { capture: true });
  document.addEventListener("pointerdown", again, { once: true });
}
