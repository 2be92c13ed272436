import {
  cleanupOutdatedCaches,
  createHandlerBoundToURL,
  precacheAndRoute,
  type PrecacheEntry,
} from "workbox-precaching";
import { NavigationRoute, registerRoute } from "workbox-routing";

declare const self: ServiceWorkerGlobalScope & { readonly __WB_MANIFEST: (PrecacheEntry | string)[] };

/*
 * The till starts cold without a network: every file of its page is stored at installation, and any navigation gets the one
 * page. The gateway's routes are never cached.
 */
precacheAndRoute(self.__WB_MANIFEST);
cleanupOutdatedCaches();
registerRoute(new NavigationRoute(createHandlerBoundToURL("index.html"), { denylist: [/^\/v1\//] }));

/*
 * Files whose name holds their content come straight from the store, without waking this worker: a cold start waits for eight
 * of them. The name is Workbox's own for what it stores beforehand.
 */
type RoutingInstallEvent = ExtendableEvent & {
  addRoutes?(rules: {
    readonly condition: { readonly urlPattern: string };
    readonly source: { readonly cacheName: string };
  }): Promise<void>;
};
self.addEventListener("install", (event: RoutingInstallEvent) => {
  const cacheName = `workbox-precache-v2-${self.registration.scope}`;
  const routed = event.addRoutes?.({ condition: { urlPattern: "/assets/*" }, source: { cacheName } });
  if (routed !== undefined) event.waitUntil(routed);
});

/* A new version waits until the page says that no sale is open; only the first one takes charge at once, so that the first visit already works offline. */
self.addEventListener("install", (event) => {
  if (self.registration.active === null) event.waitUntil(self.skipWaiting());
});
self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));
self.addEventListener("message", (event: ExtendableMessageEvent) => {
  if ((event.data as { type?: unknown } | null)?.type === "SKIP_WAITING") event.waitUntil(self.skipWaiting());
});
