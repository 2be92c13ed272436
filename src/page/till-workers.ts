import type { Remote } from "comlink";
import type { CatalogKeeper } from "../storage/catalog-keeper.ts";
import type { InstallRow } from "../storage/database.ts";
import { fromBase64Url, pepperedVerifier } from "../sync/web-keys.ts";

type PinWorker = { stretch(pin: string, salt: Uint8Array): Uint8Array<ArrayBuffer> };

/** The catalogue is read, written and searched in a worker, started when first asked. */
export function catalogInWorker(): CatalogKeeper {
  let started: Promise<Remote<CatalogKeeper>> | null = null;
  const worker = (): Promise<Remote<CatalogKeeper>> =>
    (started ??= import("comlink").then(({ wrap }) =>
      wrap<CatalogKeeper>(new Worker(new URL("../../workers/catalog.worker.ts", import.meta.url), { type: "module" })),
    ));
  return {
    refresh: async () => (await worker()).refresh(),
    store: async (cursor, page) => {
      const [{ transfer }, keeper] = [await import("comlink"), await worker()];
      return keeper.store(cursor, transfer(page, [page]));
    },
    tidy: async () => (await worker()).tidy(),
    search: async (text) => (await worker()).search(text),
  };
}

/** The PIN is stretched in a worker of its own, started when first needed, and compared through the till's pepper. */
export function pinCheckInWorker(): (
  install: InstallRow,
  salt: string,
  verifier: string,
  pin: string,
) => Promise<boolean> {
  let worker: Remote<PinWorker> | null = null;
  return async (install, salt, verifier, pin) => {
    const { wrap } = await import("comlink");
    worker ??= wrap<PinWorker>(new Worker(new URL("../../workers/pin.worker.ts", import.meta.url), { type: "module" }));
    const stretched = await worker.stretch(pin, fromBase64Url(salt));
    return (await pepperedVerifier(crypto.subtle, install.pepper, stretched)) === verifier;
  };
}
