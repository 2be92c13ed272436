import { randomCrockford } from "../../domain/identifier.ts";
import { plusMs } from "../../domain/clock.ts";
import { audit } from "../audit/audit.ts";
import type { GatewayParts } from "../parts.ts";
import type { Database } from "../store/database.ts";
import { makeSalt, pinSecret } from "../staff/pin.ts";

/** The one owner of this chain. */
export const ownerId = "owner";
/** How long the printed one-time password is good for. */
export const oneTimePasswordMs = 15 * 60_000;
/** 20 Crockford characters: 100 bits. */
const oneTimeLength = 20;

/** Whether the shop has its owner yet. */
export async function isOwned(database: Database): Promise<boolean> {
  const owner = await database.selectFrom("office_person").select("id").where("id", "=", ownerId).executeTakeFirst();
  return owner !== undefined;
}

/** Gives the owner a new one-time password, which must be replaced at the first sign-in, and ends every office session. */
export async function resetOwner(parts: Pick<GatewayParts, "database" | "clock" | "random">): Promise<string> {
  const password = randomCrockford(parts.random, oneTimeLength);
  const at = parts.clock.now();
  const salt = makeSalt(parts.random);
  const row = {
    name: "店主",
    salt,
    password: await pinSecret(password, salt),
    must_change: true,
    expires_at: plusMs(at, oneTimePasswordMs),
    set_at: at,
  };
  await parts.database.transaction().execute(async (step) => {
    await step
      .insertInto("office_person")
      .values({ id: ownerId, staff: null, removed_at: null, ...row })
      .onConflict((conflict) => conflict.column("id").doUpdateSet(row))
      .execute();
    await step.updateTable("office_session").set({ revoked_at: at }).where("revoked_at", "is", null).execute();
    await audit(step, parts.random, { store: null, who: null, act: "ownerReset", subject: ownerId, at });
  });
  return password;
}
