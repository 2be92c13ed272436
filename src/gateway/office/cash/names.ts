import type { Database } from "../../store/database.ts";

/** Names of the staff by id, of those who left too. */
export type Names = ReadonlyMap<string, string>;

export async function namesOf(database: Database): Promise<Names> {
  const rows = await database.selectFrom("staff").select(["id", "name"]).execute();
  return new Map(rows.map(({ id, name }) => [id, name]));
}

/** A person's name, or what they are called where they are none of the staff. */
export function nameOf(names: Names, person: string | null): string | null {
  return person === null ? null : (names.get(person) ?? person);
}
