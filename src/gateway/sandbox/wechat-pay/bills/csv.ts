/** A bill in WeChat Pay's form: BOM, CRLF, plain header lines, a grave accent before every cell of data. */
export function csv(
  header: string,
  rows: readonly (readonly string[])[],
  footer: string,
  totals: readonly string[],
): Uint8Array {
  const line = (cells: readonly string[]): string => cells.map((cell) => `\`${cell}`).join(",");
  const lines = [header, ...rows.map(line), footer, line(totals)];
  return Buffer.from(`\uFEFF${lines.map((each) => `${each}\r\n`).join("")}`, "utf8");
}
