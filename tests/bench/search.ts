import { join } from "node:path";
import { sampleProducts } from "../../src/gateway/sample-shop/products.ts";
import { launchChromium } from "../device-bench/chromium.ts";
import { servePage } from "../device-bench/page-server.ts";
import type { Stage } from "./bench.ts";
import { ms, timed, type Row } from "./figures.ts";

/** What the sample shop can name, and more than a convenience store's whole range. */
export const productsOfBench = 100_000;
const searches = 600;
const searchMsMax = 6;
const loadMsMax = 500;
const lookupMsMax = 2;

/** The catalogue's keeper and index as shipped over 100,000 products, beside MiniSearch on the same words in the same page. */
export async function measureSearch({ folder }: Stage): Promise<readonly Row[]> {
  const served = await servePage(join(import.meta.dirname, "pages/search-page.ts"));
  const context = await launchChromium({ userDataDir: join(folder, "search-profile") });
  const page = await context.newPage();
  await page.goto(served.url);
  await page.waitForFunction(() => "bench" in globalThis);
  type Bench = { readonly bench: typeof import("./pages/search-page.ts") };
  const figures = await page.evaluate(
    ([text, count]) => (globalThis as unknown as Bench).bench.measure(JSON.parse(text), count),
    [JSON.stringify(sampleProducts(1, productsOfBench)), searches] as const,
  );
  await context.close();
  await served.close();
  const count = productsOfBench.toLocaleString("en");
  return [
    timed(`catalogue load, ${count} products`, figures.loads, 0.5, loadMsMax),
    timed("  search", figures.ours, 0.99, searchMsMax),
    timed("    MiniSearch, the same words", figures.mini, 0.99, null),
    { measure: "    MiniSearch, building", figures: ms(figures.miniBuildMs), target: null, isMet: null },
    timed("  a code found", figures.barcodes, 0.99, lookupMsMax),
    timed("  a changed product stored, taken over", figures.changes, 0.99, null),
  ];
}
