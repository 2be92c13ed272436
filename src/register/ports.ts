import type { Clock, Random } from "../domain/clock.ts";
import type { Sha256 } from "../domain/journal.ts";
import type { PrinterStatus, PrintOutcome } from "../domain/printer-status.ts";
import type { ReceiptDocument } from "../domain/receipt.ts";
import type { CatalogKeeper } from "../storage/catalog-keeper.ts";
import type { CatalogDatabase, InstallRow } from "../storage/database.ts";
import type { DraftKeeper } from "../storage/drafts.ts";
import type { Ledger } from "../storage/ledger.ts";
import type { StoragePersistence } from "../storage/persistence.ts";
import type { KeyMaker } from "../sync/activate.ts";
import type { ClockOffset } from "../sync/clock-offset.ts";
import type { GatewayClient, Signer } from "../sync/gateway-client.ts";
import type { Language } from "../domain/item.ts";
import type { ReceiptWords } from "../domain/receipt-document.ts";

/** A broadcast channel (`BroadcastChannel`): everybody else on it hears what is posted. */
export type MessageChannelLike = {
  post(message: unknown): void;
  listen(listener: (message: unknown) => void): () => void;
};

/** The receipt printer and the drawer behind it. */
export type PrinterPort = {
  status(): PrinterStatus;
  queueLength(): number;
  subscribe(listener: () => void): () => void;
  /** `kick` opens the drawer with the receipt; a kick is never repeated by itself. */
  print(jobId: string, document: ReceiptDocument, options: { readonly kick: boolean }): Promise<PrintOutcome>;
  /** Opens the drawer, within ten seconds or not at all; never repeated by itself. */
  openDrawer(jobId: string): Promise<PrintOutcome>;
  pair(): Promise<unknown>;
};

/** Checks a PIN against the list the gateway sent, without the network (scrypt in a worker, HMAC by the till's pepper). */
export type PinCheck = (install: InstallRow, salt: string, verifier: string, pin: string) => Promise<boolean>;

/** Everything the register needs from outside. Real in the page, virtual in the simulation. */
export type RegisterPorts = {
  readonly clock: Clock;
  readonly random: Random;
  readonly sha256: Sha256;
  readonly offset: ClockOffset;
  readonly ledger: Ledger;
  readonly catalogDatabase: CatalogDatabase;
  /** Reads, writes and searches the catalogue over the same database; in the page a worker. */
  readonly catalog: CatalogKeeper;
  readonly draft: DraftKeeper;
  readonly persistence: StoragePersistence;
  readonly client: GatewayClient;
  readonly keys: KeyMaker;
  /** The signer of the activated till; null before activation. */
  readonly signer: () => Signer | null;
  /** Called once the browser is activated: from then on `signer` signs for `install`. */
  readonly useInstall: (install: InstallRow) => void;
  readonly pinCheck: PinCheck;
  readonly windows: MessageChannelLike;
  readonly printer: PrinterPort;
  readonly receiptWords: (language: Language) => ReceiptWords;
};
