import { describe, expect, test } from "vitest";
import { frontWindow, type WindowPlace } from "../../../src/devices/scanners/front-window.ts";

type Window = WindowPlace & { focus(): void; blur(): void; hide(): void; show(): void };

function window(): Window {
  const focused: (() => void)[] = [];
  const left: (() => void)[] = [];
  let has = false;
  let visible = true;
  return {
    hasFocus: () => has,
    isVisible: () => visible,
    onFocus: (listener) => void focused.push(listener),
    onLeave: (listener) => void left.push(listener),
    focus: () => {
      has = true;
      focused.forEach((listener) => listener());
    },
    blur: () => void (has = false),
    hide: () => {
      has = false;
      visible = false;
      left.forEach((listener) => listener());
    },
    show: () => void (visible = true),
  };
}

/** Two windows of a till beside each other; `hears` says which of them a scan reaches. */
function twoWindows() {
  const places = [window(), window()] as const;
  const kept = new Map<string, string>();
  const shared = {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => void kept.set(key, value),
    removeItem: (key: string) => void kept.delete(key),
  };
  const [a, b] = places.map((place, nth) => frontWindow(`window-${nth}`, place, shared));
  return { a: places[0], b: places[1], hears: () => [a!(), b!()] };
}

describe("of two windows that are both on the screen a scan reaches", () => {
  test("the one with the focus", () => {
    const { a, b, hears } = twoWindows();
    a.focus();
    expect(hears()).toEqual([true, false]);
    a.blur();
    b.focus();
    expect(hears()).toEqual([false, true]);
  });

  test("the one that had it last while another program has it", () => {
    const { a, b, hears } = twoWindows();
    b.focus();
    b.blur();
    a.focus();
    a.blur();
    expect(hears()).toEqual([true, false]);
  });

  test("exactly one when none ever had it", () => {
    const { hears } = twoWindows();
    expect(hears().filter(Boolean).length).toBe(1);
  });

  test("the other when the one that had it last was hidden or closed", () => {
    const { a, b, hears } = twoWindows();
    b.focus();
    a.focus();
    a.hide();
    expect(hears()).toEqual([false, true]);
    a.show();
    expect(hears()).toEqual([false, true]);
    b.hide();
    expect(hears()).toEqual([true, false]);
  });
});
