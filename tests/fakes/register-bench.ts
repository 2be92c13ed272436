import type { TillSettings } from "../../src/contract/activation.ts";
import { money } from "../../src/domain/money.ts";
import { instant } from "../../src/domain/clock.ts";
import type { StaffId } from "../../src/domain/identifier.ts";
import type { Product } from "../../src/domain/item.ts";
import type { ReceiptDocument } from "../../src/domain/receipt.ts";
import { plainRules, type ShopRules } from "../../src/domain/shop-rules.ts";
import { receiptWords } from "../../src/i18n/receipt-words.ts";
import { createRegister, type Register } from "../../src/register/register.ts";
import { keepCatalog } from "../../src/storage/catalog-keeper.ts";
import { keepDraft } from "../../src/storage/drafts.ts";
import { sha256Base64, sha256Hex } from "../../src/storage/sha256.ts";
import { createClockOffset } from "../../src/sync/clock-offset.ts";
import { createGatewayClient } from "../../src/sync/gateway-client.ts";
import { countingRandom } from "../conformance/providers/wechat-stage.ts";
import { virtualClock, type VirtualClock } from "../conformance/providers/virtual-clock.ts";
import { activatedLedger, testSettings } from "./activated-ledger.ts";
import { windowLocks } from "./window-locks.ts";

type ActivatedLedger = Awaited<ReturnType<typeof activatedLedger>>;
/** What the gateway would answer; undefined is silence. */
export type Answering = (
  method: string,
  path: string,
  body: unknown,
) => { readonly status: number; readonly body: unknown } | undefined;

/** A register with somebody signed on, over a browser of its own, in front of a gateway that says what the test wants. */
export type RegisterBench = {
  readonly register: Register;
  readonly clock: VirtualClock;
  readonly ledger: ActivatedLedger;
  readonly shown: readonly { readonly view: { readonly kind: string } }[];
  readonly printed: readonly string[];
  /** The same jobs with what they print. */
  readonly papers: readonly { readonly job: string; readonly document: ReceiptDocument }[];
  /** What another window of this till says: the leading one's news of payments and refunds. */
  hears(message: unknown): void;
  /** The leading window has stored a page of the catalogue that begins after `cursor`, and says so. */
  stores(cursor: number, page: object): Promise<void>;
  /** Another window after this one died, over the same storage. */
  reopened(): Promise<RegisterBench>;
  /** Another window of the same browser, beside this one. */
  beside(): Promise<RegisterBench>;
};

export const milk: Product = {
  id: "100001" as never,
  names: { "zh-CN": "岭禾纯牛奶", en: "Linghe milk", ja: "リンホー牛乳" },
  initials: "lhcnn",
  barcodes: ["6901234567892"],
  category: "dairy",
  price: 1_280 as never,
  listPrice: 1_480 as never,
  unit: "piece",
  taxRate: 1300 as never,
  favourite: 1,
  deposit: null,
  isDeposit: false,
};
export const apples: Product = {
  id: "100002" as never,
  names: { "zh-CN": "红苹果", en: "Red apples", ja: "りんご" },
  initials: "hpg",
  barcodes: ["2000001000007"],
  category: "fruit",
  price: 998 as never,
  listPrice: null,
  unit: "kg",
  taxRate: 900 as never,
  favourite: null,
  deposit: null,
  isDeposit: false,
};

/**
 * Starts the bench; `answering` may change its mind between calls. `leads`: this window listens to the gateway itself. `rules`: what
 * the shop has decided otherwise than plainly.
 */
export async function registerBench(
  answering: Answering = () => undefined,
  leads = false,
  rules: Partial<ShopRules> = {},
): Promise<RegisterBench> {
  const clock = virtualClock(instant(Date.parse("2026-11-24T10:00:00+08:00")));
  const ledger = await activatedLedger(clock);
  const settings = { ...testSettings, rules: { ...plainRules, ...rules } } as TillSettings;
  await ledger.database.install.update("install", { settings });
  await ledger.database.staff.put({
    key: "staff",
    list: { validUntil: instant(clock.now() + 1e9), staff: people, permissions: {} },
  });
  const page = { products: [milk, apples], removed: [], cursor: 1, more: false, total: 2, categories: [] };
  await keepCatalog(ledger.catalog).store(0, new TextEncoder().encode(JSON.stringify(page)).buffer);
  return open(clock, ledger, windowLocks(), answering, leads);
}

const people = [
  { id: "staff-1" as StaffId, name: "王芳", role: "cashier" as const, salt: "AA", verifier: "AA" },
  { id: "staff-4" as StaffId, name: "赵磊", role: "supervisor" as const, salt: "AA", verifier: "AA" },
];

async function open(
  clock: VirtualClock,
  ledger: ActivatedLedger,
  browser: ReturnType<typeof windowLocks>,
  answering: Answering,
  leads: boolean,
): Promise<RegisterBench> {
  const offset = createClockOffset(clock);
  const random = countingRandom();
  const locks = browser.window();
  const fetch = async (path: string, init: RequestInit): Promise<Response> => {
    const body: unknown =
      init.body === undefined ? null : JSON.parse(new TextDecoder().decode(init.body as Uint8Array));
    const answer = answering(init.method ?? "GET", path, body);
    if (answer === undefined) throw new TypeError("fetch failed");
    // text goes as it is: lines of the stream
    const text = typeof answer.body === "string" ? answer.body : JSON.stringify(answer.body);
    return new Response(text, { status: answer.status });
  };
  const client = createGatewayClient({ fetch, origin: "", clock, random, offset, sha256Base64, signer: () => null });
  const draft = await keepDraft(ledger.catalog, locks, `window-${clock.now()}`);
  const shown: RegisterBench["shown"][number][] = [];
  const printed: string[] = [];
  const papers: { readonly job: string; readonly document: ReceiptDocument }[] = [];
  const hears: ((message: unknown) => void)[] = [];
  const others = {
    post: () => undefined,
    listen: (hear: (message: unknown) => void) => (hears.push(hear), () => undefined),
  };
  const register = createRegister(
    {
      clock,
      random,
      sha256: sha256Hex,
      offset,
      ledger,
      client,
      receiptWords,
      catalogDatabase: ledger.catalog,
      catalog: keepCatalog(ledger.catalog),
      windows: others,
      draft,
      persistence: { persisted: async () => true, persist: async () => true },
      keys: {
        makeSigningKey: () => Promise.reject(new Error("already a till")),
        importPepper: () => Promise.reject(new Error("already a till")),
      },
      signer: () => null,
      useInstall: () => undefined,
      pinCheck: async (_install, _salt, _verifier, pin) => pin === "123456",
      printer: {
        status: () => ({ kind: "ready" }),
        queueLength: () => 0,
        subscribe: () => () => undefined,
        print: async (job, document) => {
          printed.push(job);
          papers.push({ job, document });
          return { kind: "printed" };
        },
        openDrawer: async () => ({ kind: "printed" }) as const,
        pair: async () => undefined,
      },
    },
    {
      own: { post: (message) => void shown.push(message as never), listen: () => () => undefined },
      any: { post: () => undefined, listen: () => () => undefined },
    },
    { request: async (_name, task) => (leads ? task() : undefined) },
  );
  await clock.advance(300);
  // another window leads and hears the gateway
  for (const hear of hears) hear({ kind: "connection", v: 1, online: true, lastHeardAt: clock.now() });
  await register.signOn("staff-1" as StaffId, "123456");
  await register.openShift(money(0, "CNY"));
  return {
    register,
    clock,
    ledger,
    shown,
    printed,
    papers,
    hears: (message) => hears.forEach((hear) => hear(message)),
    async stores(cursor, page) {
      await keepCatalog(ledger.catalog).store(cursor, new TextEncoder().encode(JSON.stringify(page)).buffer);
      hears.forEach((hear) => hear({ kind: "catalogChanged", v: 1 }));
    },
    beside: () => open(clock, ledger, browser, answering, leads),
    async reopened() {
      register.stop();
      locks.close();
      return open(clock, ledger, browser, answering, leads);
    },
  };
}
