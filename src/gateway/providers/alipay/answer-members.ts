/**
 * The top-level members of the JSON object in `text`, each value as the raw text that was sent, or null when it is no object
 * or names a member twice. Signatures cover this raw text: slashes stay escaped. Values are cut out, not checked.
 */
export function rawMembers(text: string): ReadonlyMap<string, string> | null {
  const members = new Map<string, string>();
  let at = skipSpace(text, 0);
  if (text[at] !== "{") return null;
  at = skipSpace(text, at + 1);
  if (text[at] === "}") return isEnd(text, at + 1) ? members : null;
  for (;;) {
    const nameEnd = stringEnd(text, at);
    if (nameEnd === null) return null;
    const name = text.slice(at + 1, nameEnd - 1);
    at = skipSpace(text, nameEnd);
    if (text[at] !== ":" || members.has(name)) return null;
    at = skipSpace(text, at + 1);
    const end = valueEnd(text, at);
    if (end === null) return null;
    members.set(name, text.slice(at, end));
    at = skipSpace(text, end);
    if (text[at] === "}") return isEnd(text, at + 1) ? members : null;
    if (text[at] !== ",") return null;
    at = skipSpace(text, at + 1);
  }
}

/** One past the closing quote of the string at `at`, or null. */
function stringEnd(text: string, at: number): number | null {
  if (text[at] !== '"') return null;
  for (let i = at + 1; i < text.length; i++) {
    if (text[i] === "\\") i++;
    else if (text[i] === '"') return i + 1;
  }
  return null;
}

/** One past the value at `at`: braces and brackets are counted outside strings only. */
function valueEnd(text: string, at: number): number | null {
  const first = text[at];
  if (first === '"') return stringEnd(text, at);
  if (first !== "{" && first !== "[") {
    const [plain = ""] = /^[-+.\w]+/u.exec(text.slice(at, at + 64)) ?? [];
    return plain === "" ? null : at + plain.length;
  }
  let depth = 0;
  for (let i = at; i < text.length; i++) {
    const character = text[i];
    if (character === '"') {
      const end = stringEnd(text, i);
      if (end === null) return null;
      i = end - 1;
    } else if (character === "{" || character === "[") depth += 1;
    else if (character === "}" || character === "]") {
      depth -= 1;
      if (depth === 0) return i + 1;
    }
  }
  return null;
}

function skipSpace(text: string, at: number): number {
  let i = at;
  while (text[i] === " " || text[i] === "\n" || text[i] === "\r" || text[i] === "\t") i++;
  return i;
}

function isEnd(text: string, at: number): boolean {
  return skipSpace(text, at) === text.length;
}
