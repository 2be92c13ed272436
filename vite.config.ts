import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { defineConfig, type UserConfig } from "vite";
import { VitePWA } from "vite-plugin-pwa";
import solid from "vite-plugin-solid";

/** Page names and their entries; till and display share one, the office and the wallet have origins of their own. */
const pages = { index: "index.html", office: "office.html", wallet: "wallet.html" };
/** Chunks of these pages are never in the till's cache. */
const otherOrigins = ["**/office*", "**/wallet*"];
const gatewayEntries = {
  main: "src/gateway/main.ts",
  prepare: "src/gateway/prepare.ts",
  sandbox: "src/gateway/sandbox/main.ts",
};

export default defineConfig(({ isSsrBuild }) => (isSsrBuild === true ? gatewayBuild() : pageBuild()));

/** `dist/gateway`: plain Node, our own code in a file per entry, packages left in node_modules. */
function gatewayBuild(): UserConfig {
  return {
    build: {
      ssr: true,
      outDir: "dist/gateway",
      copyPublicDir: false,
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
        output: { chunkFileNames: "assets/[name]-[hash].js", entryFileNames: "assets/[name]-[hash].js" },
      },
    },
  };
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
