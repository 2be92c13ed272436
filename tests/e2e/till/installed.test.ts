import { readFileSync } from "node:fs";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { TillPage } from "../story/till-page.ts";
import { openStage, untilInstalled, type Stage } from "./stage.ts";

const cashier = "王芳";
let stage: Stage;
let till: TillPage;

type Started = { readonly targetURL: string; readonly text?: string; readonly name?: string };

/** Takes the place of Chromium's queue, so that a test can start the app again as the system would. */
function standInForTheQueue(): void {
  let consumer: (params: object) => void = () => undefined;
  const queue = { setConsumer: (each: typeof consumer) => void (consumer = each) };
  Object.defineProperty(globalThis, "launchQueue", { value: queue });
  Object.assign(globalThis, {
    startAgain: ({ targetURL, text, name }: Started) => {
      const getFile = async (): Promise<File> => new File([text ?? ""], name ?? "");
      consumer({ targetURL, files: text === undefined ? [] : [{ getFile }] });
    },
  });
}

const startAgain = (started: Started): Promise<void> =>
  till.page.evaluate(
    (params) => (globalThis as unknown as { startAgain(params: Started): void }).startAgain(params),
    started,
  );

beforeAll(async () => {
  stage = await openStage();
  await stage.context.addInitScript(standInForTheQueue);
  till = await stage.open(`/#activate=${stage.shop.activationCode}`);
  await till.see("till");
  await till.signOn(cashier, stage.pinOf(cashier));
}, 120_000);

afterAll(() => stage?.close());

const barcode = (nth: number): string => stage.goods[nth]?.barcode ?? "";

async function sell(nth: number): Promise<void> {
  await till.scanGoods([barcode(nth)]);
  await till.payCash();
  await till.done();
}

type Picture = { readonly src: string; readonly sizes: string; readonly type: string; readonly form_factor?: string };
type Manifest = {
  readonly launch_handler: object;
  readonly shortcuts: readonly { readonly url: string; readonly icons: readonly Picture[] }[];
  readonly screenshots: readonly Picture[];
  readonly icons: readonly Picture[];
  readonly file_handlers: readonly object[];
};

test("the manifest that Chromium read has shortcuts, pictures and the journal's files, and every picture is what it says", async () => {
  await untilInstalled(till);
  const session = await stage.context.newCDPSession(till.page);
  const answer = await session.send("Page.getAppManifest");
  expect(answer.errors).toEqual([]);
  const manifest = JSON.parse(answer.data ?? "{}") as Manifest;
  expect(manifest.launch_handler).toEqual({ client_mode: "focus-existing" });
  expect(manifest.shortcuts.map(({ url }) => url)).toEqual([
    "/?open=sale",
    "/?open=find",
    "/?open=held",
    "/?open=display",
  ]);
  expect(manifest.file_handlers).toEqual([
    {
      action: "/?open=journal",
      accept: { "application/x-ndjson": [".kuantai-journal"] },
      launch_type: "single-client",
    },
  ]);
  expect(new Set(manifest.screenshots.map((each) => each.form_factor))).toEqual(new Set(["wide", "narrow"]));
  const pictures = [...manifest.icons, ...manifest.screenshots, ...manifest.shortcuts.flatMap(({ icons }) => icons)];
  for (const { src, sizes, type } of pictures) {
    const seen = await till.page.evaluate(async (address) => {
      const response = await fetch(address);
      const picture = await createImageBitmap(await response.clone().blob());
      return { type: response.headers.get("content-type"), sizes: `${picture.width}x${picture.height}` };
    }, src);
    expect({ src, ...seen }).toEqual({ src, type, sizes });
  }
});

test("a second start over an open sale opens nothing, and the sale stays", async () => {
  await till.scanGoods([barcode(3), barcode(4)]);
  await till.page.keyboard.press("F9");
  await till.see("method-cash");
  for (const open of ["sale", "find", "held"]) await startAgain({ targetURL: `/?open=${open}` });
  await startAgain({ targetURL: "/" });
  await till.see("method-cash");
  expect(stage.context.pages().length).toBe(2);
  await till.press("method-cash");
  await till.press("exact");
  await till.done();
  await startAgain({ targetURL: "/?open=sale" });
  await till.see("scan-box");
  expect(await till.at("done").count()).toBe(0);
});

test("a shortcut pressed before anybody is signed on is followed after", async () => {
  await till.press("sign-off");
  await startAgain({ targetURL: "/?open=display" });
  await till.page.waitForTimeout(300);
  expect(stage.context.pages().length).toBe(2);
  const opening = stage.context.waitForEvent("page");
  await till.signOn(cashier, stage.pinOf(cashier));
  const display = await opening;
  await display.waitForSelector('[data-testid="display"]');
  await display.close();
});

test("the journal that was written to a file holds, is this till's, and shows a changed figure", async () => {
  await sell(5);
  await till.next();
  await till.press("open-sales");
  const downloading = till.page.waitForEvent("download");
  await till.press("export-journal");
  const download = await downloading;
  expect(download.suggestedFilename()).toMatch(/^kuantai-.+-1-1-\d+\.kuantai-journal$/);
  const text = readFileSync(await download.path(), "utf8");
  const lines = text.trimEnd().split("\n");
  await till.press("sales-back");

  await till.scanGoods([barcode(6)]);
  const seen = async (content: string): Promise<Record<string, string | null>> => {
    await startAgain({ targetURL: "/?open=journal", text: content, name: download.suggestedFilename() });
    const view = till.at("journal-file");
    await expect.poll(() => view.getAttribute("data-kind"), { timeout: 20_000 }).not.toBe("busy");
    const [kind, whole, end] = await Promise.all(
      ["kind", "whole", "end"].map((each) => view.getAttribute(`data-${each}`)),
    );
    await till.press("journal-file-close");
    await expect.poll(() => view.count()).toBe(0);
    return { kind: kind ?? null, whole: whole ?? null, end: end ?? null };
  };
  expect(await seen(text)).toEqual({ kind: "journal", whole: "true", end: "own" });
  const sale = lines.findIndex((line) => line.includes(`"saleCompleted"`));
  const changed = lines.with(sale, (lines[sale] ?? "").replace(/"total":\{"amount":(\d)/, `"total":{"amount":9$1`));
  expect(changed).not.toEqual(lines);
  expect(await seen(changed.join("\n"))).toEqual({ kind: "journal", whole: "false", end: "own" });
  expect(await seen(lines.slice(0, -1).join("\n"))).toEqual({ kind: "journal", whole: "true", end: "cut" });
  expect(await seen("something else")).toEqual({ kind: "noJournal", whole: null, end: null });
  // the ticket under it is as it was
  expect(await till.lineCount()).toBe(1);
  await till.payCash();
  await till.done();
  await till.next();
});

test("installing is offered after a sale, not over one, and a no lasts over the next start", async () => {
  const ask = (): Promise<void> =>
    till.page.evaluate(() => {
      const prompt = async (): Promise<object> => ({ outcome: "dismissed" });
      globalThis.dispatchEvent(Object.assign(new Event("beforeinstallprompt", { cancelable: true }), { prompt }));
    });
  await till.page.reload();
  await till.signOn(cashier, stage.pinOf(cashier));
  await ask();
  expect(await till.at("install-app").count()).toBe(0);
  await sell(7);
  await till.see("install-app");
  await till.next();
  await till.scanGoods([barcode(8)]);
  expect(await till.at("install-app").count()).toBe(0);
  await till.payCash();
  await till.done();
  await till.press("install-not");
  await expect.poll(() => till.at("install-app").count()).toBe(0);
  await till.page.reload();
  await till.signOn(cashier, stage.pinOf(cashier));
  await ask();
  await sell(9);
  expect(await till.at("install-app").count()).toBe(0);
  await till.next();
});

test("nothing of it was against the page's content policy", () => {
  expect(stage.violations).toEqual([]);
});
