import {
  cleanupOutdatedCaches,
  createHandlerBoundToURL,
  matchPrecache,
  precacheAndRoute,
  type PrecacheEntry,
} from "workbox-precaching";
import { NavigationRoute, registerRoute } from "workbox-routing";
import { keepDisplayPictures } from "./display-pictures.ts";

declare const self: ServiceWorkerGlobalScope & { readonly __WB_MANIFEST: (PrecacheEntry | string)[] };

/*
 * The till starts cold without a network: every file of its page is stored at installation, and any navigation gets the one
 * page. Of the gateway's routes none is stored but the pictures of the customer's window.
 */
const manifest = self.__WB_MANIFEST;
precacheAndRoute(manifest);
cleanupOutdatedCaches();
registerRoute(new NavigationRoute(createHandlerBoundToURL("index.html"), { denylist: [/^\/v1\//] }));
keepDisplayPictures();

/*
 * Files whose name holds their content come straight from the store, without waking this worker, and so does the page itself at
 * its plain address: a cold start waits for them. The first store's name is Workbox's own for what it stores beforehand; the
 * page's is this version's, for Workbox keeps the page under another address. What a store does not hold goes to the network.
 */
type Route = {
  readonly condition: { readonly urlPattern: string | { readonly pathname: string; readonly search: string } };
  readonly source: { readonly cacheName: string };
};
type RoutingInstallEvent = ExtendableEvent & { addRoutes?(rules: readonly Route[]): Promise<void> };
const pageStorePrefix = "kuantai-page-";
const pageStore = pageStorePrefix + versionOfPage();
self.addEventListener("install", (event: RoutingInstallEvent) => {
  const files = `workbox-precache-v2-${self.registration.scope}`;
  const routed = event.addRoutes?.([
    { condition: { urlPattern: "/assets/*" }, source: { cacheName: files } },
    { condition: { urlPattern: { pathname: "/", search: "" } }, source: { cacheName: pageStore } },
  ]);
  if (routed !== undefined) event.waitUntil(routed);
});
self.addEventListener("activate", (event) => event.waitUntil(storePage()));

function versionOfPage(): string {
  const page = manifest.find((entry) => typeof entry !== "string" && entry.url === "index.html");
  return (typeof page === "string" ? null : page?.revision) ?? "none";
}

/** Puts this version's page where its route looks, and drops the older versions'. */
async function storePage(): Promise<void> {
  const page = await matchPrecache("index.html");
  if (page !== undefined) await (await caches.open(pageStore)).put("/", page);
  const old = (await caches.keys()).filter((name) => name.startsWith(pageStorePrefix) && name !== pageStore);
  await Promise.all(old.map((name) => caches.delete(name)));
}

/* A new version waits until the page says that no sale is open; only the first one takes charge at once, so that the first visit already works offline. */
self.addEventListener("install", (event) => {
  if (self.registration.active === null) event.waitUntil(self.skipWaiting());
});
self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));
self.addEventListener("message", (event: ExtendableMessageEvent) => {
  if ((event.data as { type?: unknown } | null)?.type === "SKIP_WAITING") event.waitUntil(self.skipWaiting());
});
