/** Names of the staff and of the office's own people by id, of those who left too. */
export type Names = ReadonlyMap<string, string>;

/** A person's name, or what they are called where nobody knows it. */
export function nameOf(names: Names, person: string | null): string | null {
  return person === null ? null : (names.get(person) ?? person);
}
