import { key, payWith, press, scan, type Screen } from "./scene.ts";

/** Paying, with every end that a payment can have. */
export const paying: readonly Screen[] = [
  {
    name: "pay-code",
    go: async (scene) => {
      await press(scene, "change-pay", "keys-close");
      await key(scene, "F9", "scan-code");
    },
  },
  {
    name: "part-keys",
    go: async (scene) => {
      await press(scene, "part-some");
      await scene.till.see("part-keys");
    },
  },
  { name: "part-typed", go: (scene) => press(scene, "key-1", "key-2", "key-left", "key-5") },
  {
    name: "part-chosen",
    go: async (scene) => {
      await press(scene, "part-go");
      await scene.till.see("scan-code");
    },
    customer: "part",
  },
  {
    name: "pay-cash",
    go: async (scene) => {
      await press(scene, "method-cash", "key-5", "key-0");
      await scene.till.see("cash-part");
    },
  },
  {
    name: "part-paid",
    go: async (scene) => {
      await press(scene, "cash-part");
      await scene.till.see("tender-0");
    },
  },
  {
    name: "pay-shown",
    go: async (scene) => {
      // the drawer is counted later: no cash of an unfinished sale may lie in it
      await press(scene, "remove-tender");
      await scene.till.at("tender-0").waitFor({ state: "detached" });
      await press(scene, "method-shown");
    },
  },
  {
    name: "shown-code",
    go: async (scene) => {
      await press(scene, "show-alipay");
      await scene.till.see("shown-code");
    },
    customer: "scan",
  },
  {
    name: "code-closed",
    go: async (scene) => {
      await press(scene, "abandon");
      await scene.till.see("declined", 30_000);
    },
    customer: "declined",
  },
  {
    name: "declined",
    go: async (scene) => {
      // the shown code was for the part again, once no cash was on the ticket
      await press(scene, "declined-again", "part-all");
      await payWith(scene, "0201", "declined");
    },
  },
  {
    name: "scan-silent",
    go: async (scene) => {
      await press(scene, "declined-again");
      await payWith(scene, "0304", "waiting");
      await scene.till.page.locator('[data-stage="unknown"]').waitFor({ timeout: 30_000 });
    },
    customer: "doubt",
  },
  {
    name: "parked",
    go: async (scene) => {
      await press(scene, "park");
      await scene.till.see("parked");
    },
  },
  {
    name: "waiting-password",
    go: async (scene) => {
      await scan(scene, 30, 2);
      await payWith(scene, "0100", "waiting");
      await scene.till.page.locator('[data-stage="password"]').waitFor({ timeout: 20_000 });
    },
    customer: "paying",
  },
  {
    name: "done-cash",
    go: async (scene) => {
      await press(scene, "abandon");
      await scene.till.see("declined", 30_000);
      await press(scene, "declined-cash", "key-1", "key-0", "key-0", "cash-done");
      // a whole large note more than is due is asked about once
      await scene.till.page.waitForTimeout(300);
      await scene.till.page.waitForTimeout(600);
      if ((await scene.till.at("notice").count()) > 0) await press(scene, "cash-done");
      scene.receipts.push(await scene.till.done());
    },
    customer: "paid",
  },
  {
    name: "done-wallet",
    go: async (scene) => {
      await scene.till.next();
      await scan(scene, 34, 4);
      await payWith(scene, "0000", "done");
      scene.receipts.push(await scene.till.done());
    },
  },
  {
    name: "discount-on-all",
    go: async (scene) => {
      await scene.till.next();
      await scan(scene, 24, 5);
      await key(scene, "F7", "price-sheet");
      await press(scene, "percent-5");
      await scene.till.see("scan-box");
    },
    customer: "discount-on-all",
  },
  {
    name: "done-parts",
    go: async (scene) => {
      await key(scene, "F9", "scan-code");
      await press(scene, "part-some", "key-5", "part-go");
      await payWith(scene, "0000", "tender-0");
      await payWith(scene, "0000", "done");
      scene.receipts.push(await scene.till.done());
    },
    customer: "paid-parts",
  },
];
