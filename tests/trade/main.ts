import { writeFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { printTrade } from "./print.ts";
import { playTrade } from "./trade.ts";

const { values } = parseArgs({
  options: {
    seed: { type: "string", default: "1" },
    days: { type: "string", default: "3" },
    customers: { type: "string", default: "14" },
    plan: { type: "string" },
  },
});
// Dexie says so in a window whose database was taken away, which is what a closed window is
console.warn = () => undefined;

const wanted = { seed: Number(values.seed), days: Number(values.days), customers: Number(values.customers) };
if (Object.values(wanted).every((each) => Number.isSafeInteger(each) && each > 0)) {
  const trade = await playTrade(wanted);
  for (const line of printTrade(trade)) console.log(line);
  if (values.plan !== undefined) writeFileSync(values.plan, `${JSON.stringify(trade.plan, null, 1)}\n`);
  process.exitCode = trade.isRight ? 0 : 1;
} else {
  console.error("seed, days and customers are whole numbers above zero: npm run -s trade -- --seed 3 --days 3");
  process.exitCode = 2;
}
