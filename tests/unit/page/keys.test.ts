import { describe, expect, test } from "vitest";
import type { Counter } from "../../../src/register/state.ts";
import {
  actionOf,
  counterKinds,
  isFreeKey,
  keyName,
  keysOf,
  keyTable,
  mayChange,
  readOwnKeys,
  takenBy,
  worksWhileTyping,
  writtenOwnKeys,
  type Action,
} from "../../../src/ui/keys.ts";

/** Fails to compile when a view is missing. */
const kinds: { readonly [K in Counter["kind"]]: true } = {
  goods: true,
  weigh: true,
  tender: true,
  secondPerson: true,
  waiting: true,
  declined: true,
  done: true,
  sales: true,
  find: true,
  return: true,
  giveBack: true,
  held: true,
  line: true,
  discount: true,
  shift: true,
  cashMove: true,
  count: true,
  handOver: true,
};
const all = Object.keys(kinds) as Counter["kind"][];
const press = (key: string, more: Partial<KeyboardEvent> = {}) =>
  keyName({ key, shiftKey: false, ctrlKey: false, altKey: false, metaKey: false, isComposing: false, ...more });

describe("the usual keys", () => {
  test("no two actions share a key", () => {
    const keys = keyTable.flatMap((row) => row.keys);
    expect(new Set(keys).size).toBe(keys.length);
  });

  test("every view has a way back and the keys page", () => {
    expect(counterKinds.toSorted()).toEqual(all.toSorted());
    for (const kind of all) expect([actionOf("Escape", kind, {}), actionOf("?", kind, {})]).toEqual(["back", "help"]);
  });

  test("every action has a key, or is one that only a finger can point at", () => {
    expect(keyTable.filter((row) => row.keys.length === 0).map((row) => row.action)).toEqual(["ticket"]);
    expect(keyTable.filter((row) => row.keys.length === 0 && row.gesture === "press")).toEqual([]);
  });

  test("each could be given back by hand, apart from the fixed ones", () => {
    const keys = keyTable.filter(mayChange).flatMap((row) => row.keys);
    expect(keys.filter((key) => !isFreeKey(key))).toEqual([]);
  });

  test.each<[string, Counter["kind"], Action | null]>([
    ["F9", "goods", "pay"],
    ["F9", "tender", null],
    ["F10", "tender", "cash"],
    ["F6", "waiting", null],
    ["Delete", "goods", "lineRemove"],
    ["Delete", "count", null],
    ["+", "tender", null],
    ["=", "goods", "count"],
    ["Enter", "done", "next"],
    ["Enter", "goods", null],
    ["x", "goods", null],
  ])("%s in %s does %s", (key, kind, action) => {
    expect(actionOf(key, kind, {})).toBe(action);
  });
});

test("a key's name has Shift only before a function key, and a browser's shortcut has none", () => {
  expect(press("F6", { shiftKey: true })).toBe("Shift+F6");
  expect(press("?", { shiftKey: true })).toBe("?");
  expect([press("r", { ctrlKey: true }), press("F4", { altKey: true }), press("Process"), press("Shift")]).toEqual([
    null,
    null,
    null,
    null,
  ]);
  expect(press("a", { isComposing: true })).toBeNull();
});

test("only what writes nothing works while somebody types", () => {
  expect(["Escape", "F2", "Shift+F6"].every(worksWhileTyping)).toBe(true);
  expect(["+", "Delete", "Enter", "?", "/"].some(worksWhileTyping)).toBe(false);
});

test.each([
  ["F1", true],
  ["F4", true],
  ["F5", false],
  ["F10", true],
  ["F11", false],
  ["F12", false],
  ["Shift+F3", true],
  ["Insert", true],
  ["#", true],
  ["=", true],
  ["7", false],
  ["a", false],
  ["ü", false],
  [".", false],
  [" ", false],
  ["Tab", false],
  ["Enter", false],
  ["ArrowUp", false],
])("%s may be given to an action: %s", (key, isFree) => {
  expect(isFreeKey(key)).toBe(isFree);
});

describe("own keys", () => {
  test("stand in place of the usual ones, which are then free", () => {
    const own = readOwnKeys("pay=Insert");
    expect([actionOf("Insert", "goods", own), actionOf("F9", "goods", own)]).toEqual(["pay", null]);
    expect(takenBy("F9", "cash", own)).toBeNull();
    expect(takenBy("Insert", "cash", own)).toBe("pay");
  });

  test("come back as they were stored, two exchanged ones too", () => {
    for (const own of [{}, { pay: "F10", cash: "F9" }, { search: "#", help: "PageDown" }])
      expect(readOwnKeys(writtenOwnKeys(own))).toEqual(own);
  });

  test.each(["", "{", "pay=F9&cash=F9", "back=F9", "next=F9", "ticket=F7", "nothing=F7", "pay=a", "pay=F6"])(
    "stored as %j leave every key with one meaning",
    (stored) => {
      const own = readOwnKeys(stored);
      const keys = keyTable.flatMap((row) => keysOf(row, own));
      expect(new Set(keys).size).toBe(keys.length);
      expect(actionOf("Escape", "goods", own)).toBe("back");
    },
  );
});
