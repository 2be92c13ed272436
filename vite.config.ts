import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { defineConfig, type UserConfig } from "vite";
import { VitePWA } from "vite-plugin-pwa";
import solid from "vite-plugin-solid";

/** Page names and their entries; till and display share one, the office and the wallet have origins of their own. */
const pages = { index: "index.html", office: "office.html", wallet: "wallet.html" };
/** The other pages' entries: what they and their views, fetched when first opened, share with the till is a chunk of its own. */
const otherPages = ["src/office/main.tsx", "src/wallet/main.tsx"];
/** Chunks of these pages are never in the till's cache. */
const otherOrigins = ["**/office*", "**/wallet*", "**/bill.worker*"];
const gatewayEntries = {
  main: "src/gateway/main.ts",
  prepare: "src/gateway/prepare.ts",
  sandbox: "src/gateway/sandbox/main.ts",
};

export default defineConfig(({ isSsrBuild }) => (isSsrBuild === true ? gatewayBuild() : pageBuild()));

/** `dist/gateway`: plain Node, our own code in a file per entry, packages left in node_modules; beside it the sample shop's files. */
function gatewayBuild(): UserConfig {
  return {
    publicDir: "src/gateway/sample-shop/public",
    build: {
      ssr: true,
      outDir: "dist/gateway",
      emptyOutDir: true,
      target: "node20",
      rollupOptions: { input: existing(gatewayEntries), output: { entryFileNames: "[name].js" } },
    },
  };
}

/** `dist/page`: what till, display, office and wallet load. */
function pageBuild(): UserConfig {
  return {
    plugins: [solid(), till()],
    // Dexie's build for browsers of today: the default one carries code for those of ten years ago.
    resolve: {
      alias: [
        {
          find: /^dexie$/,
          replacement: fileURLToPath(new URL("node_modules/dexie/dist/modern/dexie.mjs", import.meta.url)),
        },
      ],
    },
    worker: { format: "es" },
    build: {
      outDir: "dist/page",
      emptyOutDir: true,
      target: "chrome137",
      assetsInlineLimit: 0,
      modulePreload: { polyfill: false },
      rollupOptions: {
        input: existing(pages),
        output: {
          chunkFileNames: (chunk) => (isOffices(chunk) ? "assets/office-[name]-[hash].js" : "assets/[name]-[hash].js"),
          assetFileNames: ({ names }) =>
            officeChunks.has(names[0]?.replace(/\.css$/, "") ?? "")
              ? "assets/office-[name]-[hash][extname]"
              : "assets/[name]-[hash][extname]",
          entryFileNames: "assets/[name]-[hash].js",
          codeSplitting: { groups: [...firstScreens()] },
        },
      },
    },
  };
}

/** Names of the office's own chunks: their style sheets are called after them. */
const officeChunks = new Set<string>();

/** Whether a chunk is of the office's views: its name says so, for the till's cache goes by names. */
function isOffices(chunk: {
  readonly name: string;
  readonly facadeModuleId?: string | null;
  readonly moduleIds: readonly string[];
}): boolean {
  const { name, facadeModuleId = null, moduleIds } = chunk;
  const isOwn = [facadeModuleId ?? "", ...moduleIds].some((id) => id.includes("/src/office/"));
  if (isOwn) officeChunks.add(name);
  return isOwn;
}

type ModuleLookup = {
  getModuleInfo(
    id: string,
  ): { readonly importedIds: readonly string[]; readonly dynamicallyImportedIds: readonly string[] } | null;
};
type ChunkGroup = { readonly name: (id: string, lookup: ModuleLookup) => string | null; readonly priority: number };

/**
 * Few large files in place of many small ones, each of which would be a way through the service worker of its own: what the
 * till's first screen needs, what it shares with the other pages, and what comes right after it.
 */
function firstScreens(): readonly ChunkGroup[] {
  const reaches = new Map<string, ReadonlySet<string>>();
  const reach = (path: string, lookup: ModuleLookup, isWithLater = false): ReadonlySet<string> => {
    const known = reaches.get(path);
    if (known !== undefined) return known;
    const found = new Set([fileURLToPath(new URL(path, import.meta.url))]);
    for (const id of found) {
      const { importedIds = [], dynamicallyImportedIds = [] } = lookup.getModuleInfo(id) ?? {};
      for (const next of isWithLater ? [...importedIds, ...dynamicallyImportedIds] : importedIds) found.add(next);
    }
    reaches.set(path, found);
    return found;
  };
  // Not the entry itself: it awaits the display's file, which needs parts of these.
  const inTill = (id: string, lookup: ModuleLookup): boolean => reach("src/page/till-window.tsx", lookup).has(id);
  const elsewhere = (id: string, lookup: ModuleLookup): boolean =>
    otherPages.some((path) => reach(path, lookup, true).has(id));
  const inCounter = (id: string, lookup: ModuleLookup): boolean => reach("src/page/counter.ts", lookup).has(id);
  return [
    { name: (id, lookup) => (inTill(id, lookup) && elsewhere(id, lookup) ? "shared" : null), priority: 3 },
    { name: (id, lookup) => (inTill(id, lookup) ? "till" : null), priority: 2 },
    { name: (id, lookup) => (inCounter(id, lookup) && !elsewhere(id, lookup) ? "counter" : null), priority: 1 },
  ];
}

/** The installable till: our own service worker, registered by the till window only. */
function till() {
  return VitePWA({
    strategies: "injectManifest",
    srcDir: "workers",
    filename: "service-worker.ts",
    injectRegister: false,
    registerType: "prompt",
    disable: !existsSync("workers/service-worker.ts"),
    injectManifest: {
      globPatterns: ["**/*.{js,css,html,svg,png,wasm,webmanifest}"],
      globIgnores: otherOrigins,
      maximumFileSizeToCacheInBytes: 3 * 1024 * 1024, // the barcode reader's wasm is just under 1 MiB
    },
    // the manifest is a file of ours in public/: the plug-in would link it from the office's and the wallet's pages too
    manifest: false,
    includeManifestIcons: false,
  });
}

function existing(entries: Record<string, string>): Record<string, string> {
  return Object.fromEntries(Object.entries(entries).filter(([, path]) => existsSync(path)));
}
