import type { Register } from "../register/register.ts";

/** What a shortcut of the installed app asks for, as `?open=` in its address. */
export type LaunchWish = "sale" | "find" | "held" | "display";

type LaunchParams = {
  readonly targetURL?: string | null;
  readonly files?: readonly { getFile(): Promise<File> }[];
};
/** Chromium's; not yet in the compiler's own list. */
type LaunchingWindow = {
  readonly launchQueue?: { setConsumer(consumer: (params: LaunchParams) => void): void };
};

const wishes: readonly LaunchWish[] = ["sale", "find", "held", "display"];

/** The wish in an address; null when there is none. */
export function wishOf(address: string): LaunchWish | null {
  const open = new URL(address, "https://till.invalid").searchParams.get("open");
  return wishes.find((wish) => wish === open) ?? null;
}

/**
 * Hears how the app was started: at this address, and again whenever it is started while this window is open (the manifest
 * brings the window to the front instead of opening a second till over an open sale).
 */
export function listenToLaunches(
  window: object,
  address: string,
  onWish: (wish: LaunchWish) => void,
  onFile: (file: File) => void,
): void {
  const hear = (at: string): void => {
    const wish = wishOf(at);
    if (wish !== null) onWish(wish);
  };
  hear(address);
  (window as LaunchingWindow).launchQueue?.setConsumer(({ targetURL, files }) => {
    const [first] = files ?? [];
    if (first !== undefined) return void first.getFile().then(onFile);
    if (targetURL !== undefined && targetURL !== null) hear(targetURL);
  });
}

/** Does what was wished for once somebody is signed on; the last wish counts. Nothing is put over a sale that is being paid. */
export function fulfilWishes(register: Register, openDisplay: () => void): (wish: LaunchWish) => void {
  let wanted: LaunchWish | null = null;
  const fulfil = (): void => {
    if (wanted === null || register.state.get().phase !== "selling") return;
    const wish = wanted;
    wanted = null;
    if (wish === "display") return openDisplay();
    if (!isBetween(register)) return;
    if (wish === "find") register.openFind();
    else if (wish === "held") void register.showHeld();
    else if (register.state.get().counter.kind === "done") register.nextCustomer();
    else register.backToGoods();
  };
  register.state.subscribe(fulfil);
  return (wish) => {
    wanted = wish;
    fulfil();
  };
}

/** Views that a shortcut may leave: goods, a finished sale, and lists. */
function isBetween(register: Register): boolean {
  const { counter } = register.state.get();
  return (
    counter.kind === "goods" ||
    counter.kind === "done" ||
    counter.kind === "sales" ||
    counter.kind === "find" ||
    counter.kind === "held"
  );
}
