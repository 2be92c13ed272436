import { displayHeartbeatMs, displayMessage, type DisplayView } from "../contract/display.ts";
import type { Core } from "./core.ts";
import { customerView } from "./customer-view.ts";
import type { MessageChannelLike } from "./ports.ts";

/**
 * Keeps the customer display true: the whole picture after every change, once a second, and whenever a display says hello.
 * Before sign-on it welcomes; a till that cannot sell is silent. `speaks` says whether this channel is this window's to use.
 */
export function showCustomer(core: Core, channel: MessageChannelLike, speaks: () => boolean = () => true): void {
  const { clock } = core.ports;
  const epoch = clock.now();
  let revision = 0;
  const send = (): void => {
    const state = core.state.get();
    if (state.settings === null || !speaks() || (state.phase !== "selling" && state.phase !== "signOn")) return;
    const language = state.settings.store.displayLanguage;
    const view: DisplayView = state.phase === "selling" ? customerView(state, language) : { kind: "idle" };
    revision++;
    channel.post({ kind: "view", v: 1, epoch, revision, shop: state.settings.store.name, language, view });
  };
  const beat = (): void => {
    send();
    clock.after(displayHeartbeatMs, beat);
  };
  core.state.subscribe(send);
  channel.listen((message) => {
    const parsed = displayMessage.safeParse(message);
    if (parsed.success && parsed.data.kind === "hello") send();
  });
  beat();
}
