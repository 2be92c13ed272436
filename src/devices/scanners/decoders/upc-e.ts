/**
 * The UPC-A (12 digits) that an 8-digit UPC-E stands for; goods are listed under it, and as it stands a UPC-E would pass for
 * an EAN-8. Anything else comes back unchanged. (GS1 General Specifications, 5.2.2.4.2.)
 */
export function expandUpcE(text: string): string {
  const [, system, a, b, c, d, e, rule, check] = /^([01])(\d)(\d)(\d)(\d)(\d)(\d)(\d)$/.exec(text) ?? [];
  if (rule === undefined) return text;
  const body = expandedBody(`${a}${b}`, `${c}`, `${d}`, `${e}`, rule);
  return `${system}${body}${check}`;
}

/** The last digit says where the zeros that were left out belong. */
function expandedBody(ab: string, c: string, d: string, e: string, rule: string): string {
  if (rule <= "2") return `${ab}${rule}0000${c}${d}${e}`;
  if (rule === "3") return `${ab}${c}00000${d}${e}`;
  if (rule === "4") return `${ab}${c}${d}00000${e}`;
  return `${ab}${c}${d}${e}0000${rule}`;
}
