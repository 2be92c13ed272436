import type { Cancel } from "../../domain/clock.ts";
import type { TransportPort, TransportSource } from "./transport.ts";

/** What hangs on a port. The scanner's is remembered; the printer's is any other. */
export type PortRole = "printer" | "scanner";

/** `wasOpen`: this page had the port open, so that it was the printer's until now. */
type RoleChange = { readonly wasOpen: boolean };

/** Which kind of port is the scanner's, by its signature: all that a browser tells of a port after a restart. */
export type PortRoles = {
  scanner(): string | null;
  setScanner(signature: string | null, change: RoleChange): void;
  /** Calls `listener` when the scanner's port became another, or nobody's; here or in another window. */
  subscribe(listener: (change: RoleChange) => void): Cancel;
};

/** Under this name stands the signature of the scanner's port. */
export const scannerPortKey = "kuantai-scanner-port";

/**
 * Roles kept where every window of this browser finds them.
 *
 * @param hearOthers calls what it is given when another window changed them
 */
export function keptPortRoles(
  kept: Pick<Storage, "getItem" | "setItem" | "removeItem">,
  hearOthers: (changed: () => void) => void,
): PortRoles {
  const listeners = new Set<(change: RoleChange) => void>();
  const tell = (change: RoleChange): void => listeners.forEach((listener) => listener(change));
  hearOthers(() => tell({ wasOpen: false }));
  return {
    scanner: () => kept.getItem(scannerPortKey),
    setScanner: (signature, change) => {
      if (signature === null) kept.removeItem(scannerPortKey);
      else kept.setItem(scannerPortKey, signature);
      tell(change);
    },
    subscribe: (listener) => {
      listeners.add(listener);
      return () => {
        listeners.delete(listener);
      };
    },
  };
}

/**
 * The ports of `source` that are this role's. Choosing a port gives it the role, and takes it from the other: what a person
 * chose last counts. Of two ports that look the same (two equal adapters) the scanner takes the first and the printer the
 * last; after a restart of the browser that may be the wrong way round, and each is to be chosen once more.
 */
export function portsFor(role: PortRole, source: TransportSource, roles: PortRoles): TransportSource {
  return role === "scanner" ? scannerPorts(source, roles) : printerPorts(source, roles);
}

function scannerPorts(source: TransportSource, roles: PortRoles): TransportSource {
  const isMine = (port: TransportPort): boolean => port.signature === roles.scanner();
  return {
    granted: async () => (await source.granted()).filter(isMine),
    choose: async () => {
      const port = await source.choose();
      if (port !== null) roles.setScanner(port.signature, { wasOpen: port.isOpen() });
      return port;
    },
    onAttached: (listener) => source.onAttached((port) => (isMine(port) ? listener(port) : undefined)),
    onDetached: (listener) => source.onDetached(listener),
    onTaken: (listener) => roles.subscribe(() => (roles.scanner() === null ? listener(() => true) : undefined)),
  };
}

function printerPorts(source: TransportSource, roles: PortRoles): TransportSource {
  const isScanner = (port: TransportPort): boolean => port.signature === roles.scanner();
  const alike = async (): Promise<number> => (await source.granted()).filter(isScanner).length;
  return {
    granted: async () => {
      const all = await source.granted();
      const others = all.filter((port) => !isScanner(port));
      return others.length > 0 || all.length < 2 ? others : all.slice(-1);
    },
    choose: async () => {
      const port = await source.choose();
      if (port !== null && isScanner(port) && (await alike()) < 2) roles.setScanner(null, { wasOpen: port.isOpen() });
      return port;
    },
    onAttached: (listener) =>
      source.onAttached((port) => {
        if (!isScanner(port)) listener(port);
        else void alike().then((count) => (count > 1 ? listener(port) : undefined));
      }),
    onDetached: (listener) => source.onDetached(listener),
    onTaken: (listener) =>
      roles.subscribe(({ wasOpen }) => {
        void alike().then((count) => (wasOpen || count < 2 ? listener(isScanner) : undefined));
      }),
  };
}
