/** What the windows of one browser share. */
export type SharedPlace = Pick<Storage, "getItem" | "setItem" | "removeItem">;

export type WindowPlace = {
  hasFocus(): boolean;
  isVisible(): boolean;
  /** Calls `listener` whenever this window gets the focus, or is hidden or left. */
  onFocus(listener: () => void): void;
  onLeave(listener: () => void): void;
};

/** Under this name stands which window had the focus last. */
export const frontKey = "kuantai-front-window";

/**
 * Whether this window is the one that a scan is meant for, where the browser tells every window of the till: the one with the
 * focus; while none of them has it (another program, the customer's window), the one that had it last. Never a hidden one.
 *
 * @param name this window's own, unlike any other's
 */
export function frontWindow(name: string, place: WindowPlace, shared: SharedPlace): () => boolean {
  const claim = (): void => shared.setItem(frontKey, name);
  const leave = (): void => {
    if (shared.getItem(frontKey) === name) shared.removeItem(frontKey);
  };
  place.onFocus(claim);
  place.onLeave(leave);
  if (place.hasFocus() && place.isVisible()) claim();
  return () => {
    if (!place.isVisible()) return false;
    // nobody's: the first that is asked
    if (place.hasFocus() || shared.getItem(frontKey) === null) claim();
    return shared.getItem(frontKey) === name;
  };
}

/** The page's own window. */
export function windowPlace(page: Document, window: Window): WindowPlace {
  const isVisible = (): boolean => page.visibilityState === "visible";
  return {
    hasFocus: () => page.hasFocus(),
    isVisible,
    onFocus: (listener) => window.addEventListener("focus", listener),
    onLeave: (listener) => {
      window.addEventListener("pagehide", listener);
      page.addEventListener("visibilitychange", () => {
        if (!isVisible()) listener();
      });
    },
  };
}
