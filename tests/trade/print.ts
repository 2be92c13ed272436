import type { Trade } from "./trade.ts";

/** The tables of a trade: what was planted and found by class, each item, and the recount by account. */
export function printTrade({ wish, plan, judgement, recount, isRight }: Trade): readonly string[] {
  const { items, invented, waiting } = judgement;
  const classes = [
    ...new Set([...items.map(({ wanted }) => wanted.class), ...invented.map((each) => each.class)]),
  ].toSorted();
  const lines = [
    `seed ${wish.seed}, ${wish.days} days, ${wish.customers} customers a till and day`,
    "",
    row("class", "planted", "found", "missed", "invented", "class wrong"),
  ];
  for (const name of classes) {
    const own = items.filter(({ wanted, seen }) => wanted.class === name && !(wanted.may && seen === null));
    const lost = own.filter(({ seen }) => seen === null);
    const wrong = lost.filter(({ instead }) => instead.length > 0);
    const more = invented.filter((each) => each.class === name);
    const found = own.length - lost.length;
    lines.push(row(name, own.length, found, lost.length - wrong.length, more.length, wrong.length));
  }
  lines.push("", "planted items");
  for (const { wanted, kind, seen, instead } of items) {
    const came = seen === null ? (wanted.may ? "not seen, as it may be" : "MISSED") : `${seen.state} ${seen.amount}`;
    const other = instead.length === 0 ? "" : `, also ${instead.join(", ")}`;
    lines.push(
      `  ${wanted.plant.padEnd(6)}${kind.padEnd(20)}${wanted.day} ${wanted.class.padEnd(20)}${wanted.number} ${came}${other}`,
    );
  }
  for (const each of invented)
    lines.push(
      `  INVENTED ${each.class} ${each.account} ${each.side} ${each.number} ${each.day} ${each.amount} ${each.state}`,
    );
  for (const each of waiting)
    lines.push(`  STILL WAITS ${each.class} ${each.account} ${each.side} ${each.number} ${each.amount}`);
  lines.push("", "baits, of which nothing may be said");
  for (const [kind, count] of Object.entries(plan.baits)) lines.push(`  ${String(count).padStart(4)} ${kind}`);
  lines.push("", "account                        counted outside        ledger    differs");
  for (const { account, outside, ledger } of recount.accounts) {
    const differs = ledger - outside;
    const figures = [outside, ledger, differs].map((fen) => String(fen).padStart(14)).join("");
    lines.push(`${account.padEnd(28)}${figures}${differs === 0 ? "" : "  DIFFERS"}`);
  }
  for (const sentence of [...plan.trouble, ...recount.trouble]) lines.push(`WRONG ${sentence}`);
  lines.push("", isRight ? "all as planted, all accounts as counted" : "NOT RIGHT");
  return lines;
}

function row(name: string, ...cells: readonly (string | number)[]): string {
  return name.padEnd(22) + cells.map((cell) => String(cell).padStart(12)).join("");
}
