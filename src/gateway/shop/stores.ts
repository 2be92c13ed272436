import { sql } from "kysely";
import type { StoreBody, StoreChange } from "../../contract/shop-setup.ts";
import { randomCrockford, tagLength, type StoreId, type TillId } from "../../domain/identifier.ts";
import { ok, refuse, type Result } from "../../domain/result.ts";
import { audit } from "../audit/audit.ts";
import type { Configuration } from "../config.ts";
import type { GatewayParts } from "../parts.ts";
import { sampleDay } from "../sample-shop/shop.ts";
import { isTimeZone } from "../start/configuration-faults.ts";
import { json, type Database } from "../store/database.ts";

const idLength = 8;
/** Tags are 4 of 32 characters: one that is taken is drawn again. */
const drawsMax = 50;

type EditParts = Pick<GatewayParts, "clock" | "random" | "config">;

/** What a new store begins with. */
export function shopDefaults({ shop }: Configuration): Pick<StoreBody, "zone"> & { readonly currency: string } {
  return shop.kind === "own"
    ? { currency: shop.currency, zone: shop.timeZone }
    : { currency: sampleDay.currency, zone: sampleDay.zone };
}

/** Adds a store with the tags of its gateway and its office, in the shop's currency and by the counter's rules in the configuration. */
export async function addStore(
  step: Database,
  parts: EditParts,
  body: StoreBody,
  who: string,
): Promise<Result<StoreId, "noSuchZone" | "nameTaken">> {
  if (!isTimeZone(body.zone)) return refuse("noSuchZone");
  // one at a time: the same name asked for twice at once is one store
  await sql`select pg_advisory_xact_lock(hashtextextended('stores', 0))`.execute(step);
  const taken = await step.selectFrom("store").select("id").where("name", "=", body.name).executeTakeFirst();
  if (taken !== undefined) return refuse("nameTaken");
  const id = `store-${randomCrockford(parts.random, idLength).toLowerCase()}` as StoreId;
  const { v: _, cutMinute, taxMode, displayLanguage, ...said } = body;
  await step
    .insertInto("store")
    .values({
      id,
      ...said,
      cut_minute: cutMinute,
      currency: shopDefaults(parts.config).currency,
      tax_mode: taxMode,
      display_language: displayLanguage,
      rules: json(parts.config.rules ?? {}),
    })
    .execute();
  for (const holder of ["gateway", "office"] as const) await addTag(step, parts, { store: id, holder, till: null });
  const after = { name: body.name, zone: body.zone, cutMinute, taxMode };
  const entry = { store: id, who, act: "storeAdded", subject: id, after } as const;
  await audit(step, parts.random, { ...entry, at: parts.clock.now() });
  return ok(id);
}

/** Changes what may change of a store: tills hear of it within a minute. False where there is none. */
export async function changeStore(
  step: Database,
  parts: EditParts,
  id: string,
  change: StoreChange,
  who: string,
): Promise<Result<StoreId, "notFound" | "nameTaken">> {
  const before = await step
    .selectFrom("store")
    .select(["name", "address", "phone", "display_language"])
    .where("id", "=", id)
    .executeTakeFirst();
  if (before === undefined) return refuse("notFound");
  const taken = await step
    .selectFrom("store")
    .select("id")
    .where("name", "=", change.name)
    .where("id", "!=", id)
    .executeTakeFirst();
  if (taken !== undefined) return refuse("nameTaken");
  const { name, address, phone, displayLanguage: display_language } = change;
  const after = { name, address, phone, display_language };
  await step.updateTable("store").set(after).where("id", "=", id).execute();
  const entry = { store: id, who, act: "storeChanged", subject: id, before, after } as const;
  await audit(step, parts.random, { ...entry, at: parts.clock.now() });
  return ok(id as StoreId);
}

/** Adds a till, which becomes a device by an activation code. A label is once in a store. */
export async function addTill(
  step: Database,
  parts: EditParts,
  { store, label }: { readonly store: string; readonly label: string },
  who: string,
): Promise<Result<TillId, "notFound" | "labelTaken">> {
  const known = await step.selectFrom("store").select("id").where("id", "=", store).forUpdate().executeTakeFirst();
  if (known === undefined) return refuse("notFound");
  const taken = await step
    .selectFrom("till")
    .select("id")
    .where("store", "=", store)
    .where("label", "=", label)
    .executeTakeFirst();
  if (taken !== undefined) return refuse("labelTaken");
  const id = `till-${randomCrockford(parts.random, idLength).toLowerCase()}` as TillId;
  const tag = await addTag(step, parts, { store, holder: "till", till: id });
  await step.insertInto("till").values({ id, store, label, tag }).execute();
  const entry = { store, who, act: "tillAdded", subject: id, after: { label } } as const;
  await audit(step, parts.random, { ...entry, at: parts.clock.now() });
  return ok(id);
}

/** Draws a tag that nobody has: it is in every id that its holder makes. */
async function addTag(
  step: Database,
  { random }: Pick<GatewayParts, "random">,
  row: { readonly store: string; readonly holder: "till" | "gateway" | "office"; readonly till: string | null },
): Promise<string> {
  for (let draws = 0; draws < drawsMax; draws += 1) {
    const tag = randomCrockford(random, tagLength);
    const added = await step
      .insertInto("tag")
      .values({ tag, ...row })
      .onConflict((conflict) => conflict.doNothing())
      .executeTakeFirst();
    if (added.numInsertedOrUpdatedRows === 1n) return tag;
  }
  throw new Error("nearly every tag is taken");
}
