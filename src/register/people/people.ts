import type { Core } from "../core.ts";

/** Reads who may sign on here, with their locks. */
export async function refreshPeople(core: Core): Promise<void> {
  const read = await core.ports.ledger.run(async (database) => ({
    list: (await database.staff.get("staff"))?.list,
    pins: await database.pin.toArray(),
  }));
  if (!read.ok) return;
  const { list, pins } = read.value;
  const now = core.ports.offset.gatewayNow();
  const people = (list?.staff ?? []).map((person) => {
    const until = pins.find((pin) => pin.staff === person.id)?.lockedUntil ?? null;
    return {
      id: person.id,
      name: person.name,
      role: person.role,
      lockedUntil: until !== null && until > now ? until : null,
      pinKnownTo: person.pinKnownTo ?? [],
    };
  });
  core.state.patch({ people, permissions: list?.permissions ?? {} });
}
