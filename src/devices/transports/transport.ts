import type { Cancel } from "../../domain/clock.ts";
import type { Result } from "../../domain/result.ts";

/** The far end is gone, or the line broke: nothing more passes over this transport. */
export type TransportLost = "lost";

/** One open line to a device. Every method is called by the device link only. */
export type OpenTransport = {
  /** Resolves when the bytes are handed to the system. That is no proof of delivery, nor of paper. */
  write(bytes: Uint8Array): Promise<Result<null, TransportLost>>;
  /** The next bytes, cut anywhere. One call at a time. */
  read(): Promise<Result<Uint8Array, TransportLost>>;
  /** Lets go of the line; waits for written bytes unless `abandon`. Never throws; a line already dead is no trouble. */
  close(how: "drain" | "abandon"): Promise<void>;
};

/** A device that may be opened. After a replug it is another object: the old one stays dead. */
export type TransportPort = {
  /** What can be told of the hardware, to find the same kind again after a replug; two equal adapters look the same. */
  readonly signature: string;
  open(): Promise<Result<OpenTransport, "openFailed">>;
  /** Whether this page has it open now. */
  isOpen(): boolean;
  /** Whether this is the very port that an event speaks of. */
  is(other: unknown): boolean;
};

/** Where ports come from: what was granted, what a person chooses, what comes and goes. */
export type TransportSource = {
  /** Ports granted before; asks nobody. */
  granted(): Promise<readonly TransportPort[]>;
  /** Lets the person choose; only on their own click. Null when they chose none. */
  choose(): Promise<TransportPort | null>;
  onAttached(listener: (port: TransportPort) => void): Cancel;
  /** `gone` is compared with `TransportPort.is`. */
  onDetached(listener: (gone: unknown) => void): Cancel;
  /** A person gave a port another use; `isTaken` tells whether it is this one. */
  onTaken(listener: (isTaken: (port: TransportPort) => boolean) => void): Cancel;
};
