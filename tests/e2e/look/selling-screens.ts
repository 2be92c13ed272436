import { rmSync } from "node:fs";
import { join } from "node:path";
import { typeAsPerson, typeAsScanner } from "../../device-bench/keyboard.ts";
import { agree, cashier, key, press, scan, weigh, type Screen } from "./scene.ts";

/** The gateway looks at its folder of pictures again after this. */
const lookedAgainMs = 2_500;

/** From the first start to a full ticket. */
export const beginning: readonly Screen[] = [
  { name: "activation", go: ({ till }) => till.see("activation-code") },
  {
    name: "sign-on",
    go: async ({ stage, till }) => {
      // an address that differs in its hash only would not be loaded anew
      await till.page.goto("about:blank");
      await till.page.goto(`${stage.shop.address}/#activate=${stage.shop.activationCode}`);
      await till.page.locator(".person", { hasText: cashier }).waitFor({ timeout: 20_000 });
    },
  },
  {
    name: "sign-on-wrong-pin",
    go: async ({ till }) => {
      await till.page.locator(".person", { hasText: cashier }).click();
      await typeAsPerson(till.page, "000000");
      await till.page.keyboard.press("Enter");
      await till.page.waitForFunction(() => (document.querySelector(".refusal")?.textContent ?? "") !== "");
    },
  },
  {
    name: "open-shift",
    go: async ({ stage, till }) => {
      await typeAsPerson(till.page, stage.pinOf(cashier));
      await till.page.keyboard.press("Enter");
      await till.see("open-shift");
    },
  },
  {
    name: "selling-empty",
    go: async (scene) => {
      const { stage, till } = scene;
      await till.press("open-shift-go");
      await till.page.locator('[data-testid^="tile-"]').first().waitFor({ timeout: 20_000 });
      await till.online();
      const opening = stage.context.waitForEvent("page");
      await till.press("strip-more");
      await till.press("open-display");
      scene.display = await opening;
      // a window opened from a page starts as that page's empty one, which axe then takes for the document
      await scene.display.reload();
      await scene.display.setViewportSize({ width: 1024, height: 600 });
      await scene.display.locator('[data-view="idle"] .pictured h1').waitFor();
      await till.page.bringToFront();
    },
    customer: "idle",
  },
  {
    name: "menu",
    go: async ({ stage, till, display }) => {
      rmSync(join(stage.shop.folder, "pictures"), { recursive: true });
      await till.page.waitForTimeout(lookedAgainMs);
      await display?.reload();
      await display?.locator('[data-view="idle"] .idle h1').waitFor();
      await till.press("strip-more");
    },
    customer: "idle-without-pictures",
  },
  {
    name: "nothing-found",
    go: async ({ till }) => {
      await till.page.keyboard.press("Escape");
      await till.at("scan-box").fill("zzzzq");
      await till.see("nothing-found");
    },
  },
  {
    name: "search",
    go: async ({ till }) => {
      await till.at("scan-box").fill("n");
      await till.see("tiles");
    },
  },
  {
    name: "unknown-code",
    go: async ({ till }) => {
      await till.at("scan-box").fill("");
      await typeAsScanner(till.page, "9990000000008");
      await till.see("notice");
    },
  },
  { name: "weigh", go: weigh },
  {
    name: "selling-full",
    go: async (scene) => {
      for (const each of ["key-1", "key-left", "key-2", "key-5", "key-0"]) await scene.till.press(each);
      await scene.till.press("weigh-add");
      await scan(scene, 0, 20);
      await scene.till.press("more");
    },
    customer: "selling",
  },
  {
    name: "camera-refused",
    go: async (scene) => {
      await press(scene, "camera");
      await scene.till.see("camera-refusal");
    },
  },
];

/** Prices, discounts and what lies over the screen. */
export const pricing: readonly Screen[] = [
  {
    name: "price-percent",
    go: async (scene) => {
      await scene.till.page.reload();
      await scene.till.signOn(cashier, scene.stage.pinOf(cashier));
      await press(scene, "open-line");
      await scene.till.see("price-sheet");
    },
  },
  { name: "price-override", go: (scene) => press(scene, "price-price", "key-9", "reason-damaged") },
  {
    name: "second-person",
    go: async (scene) => {
      await press(scene, "price-percent", "percent-30");
      await scene.till.see("second-person");
    },
  },
  {
    name: "sale-discount",
    go: async (scene) => {
      await agree(scene);
      await scene.till.see("scan-box");
      await key(scene, "F7", "price-sheet");
    },
  },
  {
    name: "line-removed",
    go: async (scene) => {
      await press(scene, "percent-5");
      // with what the line has off already it is more than a cashier gives alone
      await agree(scene);
      await scene.till.see("scan-box");
      await scene.till.page.locator('[data-testid="less"]').last().click();
      await scene.till.see("undo");
    },
  },
  {
    name: "how-many",
    go: async ({ till }) => {
      await till.page.locator('[data-testid^="tile-"]').first().hover();
      await till.page.mouse.down();
      await till.see("how-many");
      await till.page.mouse.up();
    },
  },
  {
    name: "own-pin",
    go: async (scene) => {
      await press(scene, "how-many-cancel", "strip-more", "open-own-pin");
      await scene.till.see("own-pin-present");
      // two new ones that are not the same
      for (const pin of ["135790", "246810", "246811"]) {
        await typeAsPerson(scene.till.page, pin);
        await scene.till.press("own-pin-go");
      }
      await scene.till.see("own-pin-told");
    },
  },
  {
    name: "keys",
    go: async (scene) => {
      await press(scene, "own-pin-cancel", "strip-more", "open-keys");
      await scene.till.see("keys-page");
      await press(scene, "change-pay");
    },
  },
];
