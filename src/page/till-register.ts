import { displayChannelName } from "../contract/display.ts";
import { windowsChannelName } from "../contract/windows.ts";
import type { JournalSource } from "./app-parts.ts";
import type { counter } from "./counter.ts";
import { browserClock, browserRandom, windowChannel } from "./browser.ts";
import { displayTokenOf } from "./display-token.ts";
import { latePaper } from "./late-paper.ts";
import { randomCrockford } from "../domain/identifier.ts";
import { createLateRegister } from "../register/late-register.ts";
import type { Register } from "../register/register.ts";
import { CatalogDatabase, LedgerDatabase } from "../storage/database.ts";
import { forgetfulDraft, keepDraft } from "../storage/drafts.ts";
import { createLedger } from "../storage/ledger.ts";
import { sha256Base64, sha256Hex } from "../storage/sha256.ts";
import { createClockOffset, type ClockOffset } from "../sync/clock-offset.ts";
import { createGatewayClient, type GatewayClient, type Signer } from "../sync/gateway-client.ts";
import { webKeyMaker, webSigner } from "../sync/web-keys.ts";
import { catalogInWorker, pinCheckInWorker } from "./till-workers.ts";
import type { CounterScreens } from "../ui/App.tsx";
import type { PaperWidth } from "../ui/till.ts";

type ComposedRegister = {
  readonly register: Register;
  readonly loadScreens: () => Promise<CounterScreens>;
  readonly displayToken: () => string;
  readonly journal: JournalSource;
};

/** Composes the register of this window from the browser's own parts; what comes after the first screen waits until that is `painted`. */
export async function composeRegister(painted: Promise<void>, paperWidth: () => PaperWidth): Promise<ComposedRegister> {
  const offset = createClockOffset(browserClock);
  const platform = { indexedDB, IDBKeyRange };
  const catalogDatabase = new CatalogDatabase(platform);
  const database = new LedgerDatabase(platform);
  // Both at once; a failure shows at the first use.
  void database.open().then(null, () => undefined);
  let signer: Signer | null = null;
  const freshId = randomCrockford(browserRandom, 16);
  const draft = await keepDraft(catalogDatabase, navigator.locks, freshId).then(null, () => forgetfulDraft(freshId));
  let token = randomCrockford(browserRandom, 16);
  const named = displayTokenOf(sessionStorage, navigator.locks, token).then((own) => (token = own));
  const paper = latePaper(async () => (await loadCounter()).paperOfPage(paperWidth));
  const { register, load } = createLateRegister(
    {
      clock: browserClock,
      random: browserRandom,
      sha256: sha256Hex,
      offset,
      ledger: createLedger({ database, clock: browserClock, sha256: sha256Hex, offsetMs: () => offset.offsetMs() }),
      catalogDatabase,
      catalog: catalogInWorker(),
      draft,
      persistence: navigator.storage,
      client: gatewayClient(offset, () => signer),
      keys: webKeyMaker(crypto.subtle),
      signer: () => signer,
      useInstall: (install) => {
        signer = webSigner(crypto.subtle, install.settings.till, install.signingKey);
      },
      pinCheck: pinCheckInWorker(),
      windows: windowChannel(windowsChannelName),
      printer: paper.printer,
      receiptWords: paper.receiptWords,
    },
    { request: (name, task) => painted.then(() => navigator.locks.request(name, task)) },
    // The words on paper come with the desk: a sale that ends is printed at once.
    async (core) => {
      const [{ openDesk }, own] = await Promise.all([loadCounter(), named, paper.load()]);
      return openDesk(core, {
        own: windowChannel(displayChannelName(own)),
        any: windowChannel(displayChannelName("")),
      });
    },
  );
  const loadScreens = async (): Promise<CounterScreens> => {
    await painted;
    const [{ screens }] = await Promise.all([loadCounter(), load()]);
    return screens;
  };
  return { register, loadScreens, displayToken: () => token, journal: { database, signer: () => signer } };
}

/** What comes after the first screen; the browser fetches it once. */
function loadCounter(): Promise<typeof counter> {
  return import("./counter.ts").then((parts) => parts.counter);
}

/** Speaks to the gateway this page came from. */
function gatewayClient(offset: ClockOffset, signer: () => Signer | null): GatewayClient {
  return createGatewayClient({
    fetch: (input, init) => fetch(input, init),
    origin: "",
    clock: browserClock,
    random: browserRandom,
    offset,
    sha256Base64,
    signer,
  });
}
