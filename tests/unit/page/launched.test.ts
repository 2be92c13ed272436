import { describe, expect, test, vi } from "vitest";
import { fulfilWishes, listenToLaunches, wishOf } from "../../../src/page/launched.ts";
import { createWritable } from "../../../src/register/observable.ts";
import type { Register } from "../../../src/register/register.ts";
import { initialState, type Counter, type RegisterState } from "../../../src/register/state.ts";

test.each([
  ["/?open=sale", "sale"],
  ["https://till.example/?open=find", "find"],
  ["/?open=held", "held"],
  ["/?open=display", "display"],
  ["/?open=journal", null],
  ["/?open=toString", null],
  ["/", null],
  ["/#activate=ABCD", null],
])("%s asks for %s", (address, wish) => {
  expect(wishOf(address)).toBe(wish);
});

describe("a start of the app", () => {
  type Params = { targetURL?: string; files?: { getFile(): Promise<File> }[] };

  function start(address: string) {
    let consumer: (params: Params) => void = () => undefined;
    const [onWish, onFile] = [vi.fn<(wish: string) => void>(), vi.fn<(file: File) => void>()];
    const queue = { setConsumer: (each: (params: Params) => void) => void (consumer = each) };
    listenToLaunches({ launchQueue: queue }, address, onWish, onFile);
    return { onWish, onFile, again: (params: Params) => consumer(params) };
  }

  test("is heard from the address, and again while the window is open", () => {
    const { onWish, again } = start("/?open=find");
    again({ targetURL: "/?open=held" });
    again({ targetURL: "/" });
    expect(onWish.mock.calls).toEqual([["find"], ["held"]]);
  });

  test("with a file opens the file and nothing else", async () => {
    const { onWish, onFile, again } = start("/");
    const file = new File(["x"], "a.kuantai-journal");
    again({ targetURL: "/?open=journal", files: [{ getFile: async () => file }] });
    await Promise.resolve();
    expect(onFile).toHaveBeenCalledWith(file);
    expect(onWish).not.toHaveBeenCalled();
  });

  test("does no harm in a browser without a queue", () => {
    const onWish = vi.fn<(wish: string) => void>();
    listenToLaunches({}, "/?open=sale", onWish, () => undefined);
    expect(onWish).toHaveBeenCalledWith("sale");
  });
});

describe("a wish", () => {
  function till(state: Partial<RegisterState>) {
    const observable = createWritable<RegisterState>({ ...initialState, ...state });
    const calls: string[] = [];
    const call = (name: string) => () => void calls.push(name);
    const register = {
      state: observable,
      openFind: call("openFind"),
      showHeld: call("showHeld"),
      nextCustomer: call("nextCustomer"),
      backToGoods: call("backToGoods"),
    } as unknown as Register;
    return { wish: fulfilWishes(register, call("openDisplay")), state: observable, calls };
  }
  const counter = (kind: Counter["kind"]) => ({ kind }) as Counter;

  test.each([
    ["find", "goods", ["openFind"]],
    ["held", "sales", ["showHeld"]],
    ["sale", "done", ["nextCustomer"]],
    ["sale", "held", ["backToGoods"]],
    ["find", "tender", []],
    ["held", "waiting", []],
    ["sale", "giveBack", []],
    ["sale", "count", []],
    ["display", "waiting", ["openDisplay"]],
  ] as const)("for %s while the counter shows %s calls %j", (wish, kind, expected) => {
    const { wish: ask, calls } = till({ phase: "selling", counter: counter(kind) });
    ask(wish);
    expect(calls).toEqual(expected);
  });

  test("waits until somebody is signed on; the last one counts, once", () => {
    const { wish, state, calls } = till({ phase: "signOn" });
    wish("find");
    wish("held");
    expect(calls).toEqual([]);
    state.patch({ phase: "selling" });
    state.patch({ phase: "signOn" });
    state.patch({ phase: "selling" });
    expect(calls).toEqual(["showHeld"]);
  });
});
