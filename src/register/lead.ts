import type { TillEvent } from "../contract/events.ts";
import { BrokenInvariant } from "../domain/assert.ts";
import { sleep } from "../domain/clock.ts";
import { backOffMs } from "../sync/back-off.ts";
import { drainOutbox } from "../sync/drain-outbox.ts";
import { readEventStream } from "../sync/event-stream.ts";
import { pullStaff } from "../sync/pull-staff.ts";
import { readInstall } from "../storage/install.ts";
import { breakOn, type Core } from "./core.ts";
import { pullCatalogNews } from "./selling/load-catalog.ts";
import { refreshOutbox } from "./outbox-state.ts";
import { refreshPeople } from "./people/people.ts";
import { settleReleased } from "./held/release-held.ts";
import { shareHeld } from "./held/share-held.ts";

/** The catalogue and the staff list are asked for anew this often. */
const pullEveryMs = 60_000;
/** With nothing to send the outbox is looked at this often all the same. */
const drainIdleMs = 30_000;
const streamPauseMs = 250;
const clockOffShownMs = 60_000;
/** A till that is offline notices within this long that it no longer is. */
const streamRetryMaxMs = 5_000;

/** What the leading window does for all windows of this till: drain, listen, pull. Runs until `signal` aborts. */
export async function lead(core: Core, onEvent: (event: TillEvent) => void, signal: AbortSignal): Promise<void> {
  await Promise.all([drainLoop(core, signal), streamLoop(core, onEvent, signal), pullLoop(core, signal)]);
}

/** Says on the screen, and to the other windows, whether the gateway is heard. */
export function setOnline(core: Core, online: boolean): void {
  const { connection } = core.state.get();
  if (online) core.heardAt = core.ports.clock.now();
  if (connection.online !== online) core.state.patch({ connection: { ...connection, online } });
  noticeClock(core);
  core.ports.windows.post({ kind: "connection", v: 1, online, lastHeardAt: core.heardAt });
}

/** A device whose clock is more than a minute off is told so: its times stand on paper and in the books. */
function noticeClock(core: Core): void {
  const offset = core.ports.offset.offsetMs();
  const clockOffMs = Math.abs(offset) > clockOffShownMs ? Math.round(offset) : 0;
  if (Math.abs(clockOffMs - core.state.get().clockOffMs) > clockOffShownMs / 2) core.state.patch({ clockOffMs });
}

async function drainLoop(core: Core, signal: AbortSignal): Promise<void> {
  const { ledger, client, signer, sha256, clock, random } = core.ports;
  const bell = createBell(core, signal);
  let failures = 0;
  while (!signal.aborted) {
    const drained = drainOutbox({ database: ledger.database, client, signer, sha256 });
    const outcome = await unlessStorageFails(drained, { kind: "kept", why: "storage" } as const);
    failures = outcome.kind === "kept" ? failures + 1 : 0;
    if (outcome.kind === "sent") {
      setOnline(core, true);
      await refreshOutbox(core);
      core.ports.windows.post({ kind: "ledgerChanged", v: 1 });
      continue;
    }
    await bell.wait(clock, outcome.kind === "kept" ? backOffMs(failures, random) : drainIdleMs);
  }
}

/** Waits until somebody wakes the drain; a call that came while it was at work counts too. */
function createBell(
  core: Core,
  signal: AbortSignal,
): { wait(clock: Core["ports"]["clock"], ms: number): Promise<void> } {
  let rung = false;
  let wake = new AbortController();
  core.wakeDrain = () => {
    rung = true;
    wake.abort();
  };
  return {
    wait: async (clock, ms) => {
      if (!rung) {
        wake = new AbortController();
        const stop = (): void => wake.abort();
        signal.addEventListener("abort", stop, { signal: wake.signal });
        await sleep(clock, ms, wake.signal);
        wake.abort();
      }
      rung = false;
    },
  };
}

/** `work`, or `otherwise` when the browser's storage failed just now: the loops go on. A broken promise of ours ends them. */
function unlessStorageFails<Value, Other>(work: Promise<Value>, otherwise: Other): Promise<Value | Other> {
  return work.then(null, (trouble: unknown) => {
    if (trouble instanceof BrokenInvariant) throw trouble;
    return otherwise;
  });
}

async function streamLoop(core: Core, onEvent: (event: TillEvent) => void, signal: AbortSignal): Promise<void> {
  const { client, clock, random, ledger } = core.ports;
  let failures = 0;
  while (!signal.aborted) {
    const install = await unlessStorageFails(readInstall(ledger.database), null);
    if (install === null) {
      await sleep(clock, streamRetryMaxMs, signal);
      continue;
    }
    const hear = (event: TillEvent): void => {
      failures = 0;
      setOnline(core, true);
      onEvent(event);
    };
    const end = await readEventStream(client, clock, install.settings.till, hear, signal);
    // The office gave this till's place to another: what was sold is still delivered, nothing more is sold here.
    if (end === "revoked") breakOn(core, { kind: "revoked", detail: "another browser was activated as this till" });
    if (end !== "ended") {
      failures++;
      setOnline(core, false);
    }
    await sleep(
      clock,
      end === "ended" ? streamPauseMs : Math.min(streamRetryMaxMs, backOffMs(failures, random)),
      signal,
    );
  }
}

async function pullLoop(core: Core, signal: AbortSignal): Promise<void> {
  const { client, clock, ledger } = core.ports;
  while (!signal.aborted) {
    if (await unlessStorageFails(pullStaff(client, ledger.database), false)) {
      const install = await unlessStorageFails(readInstall(ledger.database), null);
      if (install !== null) core.state.patch({ settings: install.settings });
      await refreshPeople(core);
    }
    await unlessStorageFails(pullCatalogNews(core), undefined);
    await unlessStorageFails(settleReleased(core), undefined);
    await unlessStorageFails(shareHeld(core), undefined);
    await sleep(clock, pullEveryMs, signal);
  }
}
