import { agree, costly, key, press, scan, type Screen } from "./scene.ts";

/** Sales that are over, goods that come back, tickets that wait. */
export const afterwards: readonly Screen[] = [
  {
    name: "sales",
    go: async (scene) => {
      await scene.till.next();
      await press(scene, "open-sales");
    },
  },
  { name: "own-day", go: (scene) => press(scene, "own-day-open") },
  {
    name: "find",
    go: async (scene) => {
      await press(scene, "sales-back");
      await key(scene, "F8", "find-box");
    },
  },
  {
    name: "find-none",
    go: async (scene) => {
      await scene.till.at("find-box").fill("A1-1-9999");
      await press(scene, "find-go");
      await scene.till.see("find-none");
    },
  },
  {
    name: "return",
    go: async (scene) => {
      await scene.till.at("find-box").fill(scene.receipts[1] ?? "");
      await press(scene, "find-go");
      await scene.till.see("return-lines");
    },
  },
  { name: "money-back", go: (scene) => press(scene, "take-money", "key-1") },
  {
    name: "return-ticket",
    go: async (scene) => {
      await press(scene, "money-go", "take-more", "return-add");
      await scene.till.see("scan-box");
    },
  },
  {
    name: "give-back",
    go: async (scene) => {
      await key(scene, "F9", "second-person");
      await agree(scene);
      await scene.till.see("give-back");
    },
  },
  {
    name: "given-back",
    go: async (scene) => {
      await press(scene, "give-back-go");
      await scene.till.done();
    },
    customer: "refunded",
  },
  {
    name: "costly",
    go: async (scene) => {
      await scene.till.next();
      await scan(scene, costly, 3);
    },
    customer: "costly",
  },
  {
    name: "held",
    go: async (scene) => {
      await press(scene, "void", "void");
      await scene.till.see("ticket-empty");
      await scan(scene, 40, 3);
      await key(scene, "F6", "ticket-empty");
      await scan(scene, 44, 2);
      await press(scene, "waiting-tickets");
      await scene.till.see("held-open-ticket");
    },
  },
];

/** The drawer, from the shift's page to the next one's float. */
export const shift: readonly Screen[] = [
  {
    name: "shift",
    go: async (scene) => {
      await press(scene, "held-hold-first", "held-back", "open-shift-page", "open-drawer");
      await scene.till.see("shift-figures");
    },
  },
  { name: "cash-in", go: (scene) => press(scene, "paid-in", "key-5", "key-0", "reason-change") },
  {
    name: "cash-out",
    go: async (scene) => {
      await press(scene, "move-cancel", "paid-out");
      await scene.till.see("cash-move");
    },
  },
  {
    name: "count",
    go: async (scene) => {
      await press(scene, "move-cancel", "begin-count", "more-10000");
      await scene.till.see("count-done");
    },
  },
  {
    name: "count-result",
    go: async (scene) => {
      await press(scene, "count-done");
      await scene.till.see("count-result");
    },
  },
  {
    name: "hand-over",
    go: async (scene) => {
      await scene.till.page.locator('[data-testid="begin-hand-over"]:enabled').waitFor();
      await press(scene, "begin-hand-over");
      await scene.till.see("hand-over-go");
    },
  },
  {
    name: "hand-over-by-note",
    go: async (scene) => {
      await press(scene, "hand-over-by-note", "more-10000", "more-5000");
      await scene.till.see("notes");
    },
  },
];

/** Without the network, and without storage. */
export const trouble: readonly Screen[] = [
  {
    name: "offline",
    go: async (scene) => {
      await press(scene, "hand-over-back");
      await press(scene, "count-back");
      await press(scene, "shift-back");
      scene.stage.shop.network.cut();
      await scene.till.offline();
      await scan(scene, 50, 1);
    },
  },
  {
    name: "offline-code",
    go: (scene) => key(scene, "F9", "scan-code"),
  },
  {
    name: "unverified",
    go: async (scene) => {
      await press(scene, "method-shown");
      await scene.till.see("unverified");
    },
  },
  {
    name: "offline-find",
    go: async (scene) => {
      await press(scene, "back", "void", "void");
      await scene.till.see("ticket-empty");
      await key(scene, "F8", "find-offline");
    },
  },
  {
    name: "offline-held",
    go: async (scene) => {
      await press(scene, "find-back", "waiting-tickets");
      await scene.till.see("held-offline");
    },
  },
  {
    name: "sign-on-offline",
    go: async (scene) => {
      await press(scene, "held-back", "sign-off");
      await scene.till.page.locator(".person").first().waitFor();
    },
  },
  {
    name: "broken",
    go: async (scene) => {
      scene.stage.shop.network.mend();
      await scene.till.page.addInitScript(() => {
        IDBFactory.prototype.open = () => {
          throw new DOMException("the disk is gone", "UnknownError");
        };
      });
      await scene.till.page.reload();
      await scene.till.see("broken", 30_000);
    },
    customer: "silent",
  },
];
