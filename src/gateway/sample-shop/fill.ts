import type { GatewayParts } from "../parts.ts";
import type { PaymentChannel } from "../../domain/tender.ts";
import { putCategories, putProducts } from "../catalogue/catalogue.ts";
import { audit } from "../audit/audit.ts";
import { makePin, makeSalt, pinSecret, secretContext } from "../staff/pin.ts";
import { credentialsContext } from "../payments/accounts.ts";
import { json, type Database } from "../store/database.ts";
import { assortments } from "./assortments.ts";
import { bottledDrink, emptyBottle } from "./bottles.ts";
import { sampleProducts } from "./products.ts";
import { rulesOf, sampleDay, sampleStaff, sampleStores, sampleTills, type SampleStaff } from "./shop.ts";

/** A person's PIN as it is shown once on the terminal. */
export type ShownPin = { readonly name: string; readonly role: string; readonly store: string; readonly pin: string };
/** An account through which both sample stores take money. */
export type SampleAccount = {
  readonly id: string;
  readonly provider: string;
  readonly channel: PaymentChannel;
  /** What differs from the provider's own timings. */
  readonly timings: unknown;
  readonly credentials: unknown;
};

type FillParts = Pick<GatewayParts, "database" | "keys" | "clock" | "random">;

/** Whether there is a shop already. */
export async function hasShop(database: Database): Promise<boolean> {
  return (await database.selectFrom("store").select("id").executeTakeFirst()) !== undefined;
}

/** Writes the whole sample shop in one SQL transaction and gives its people PINs. */
export async function fillSampleShop(
  parts: FillParts,
  shop: { readonly seed: number; readonly products: number },
  sandboxAccounts: readonly SampleAccount[],
): Promise<readonly ShownPin[]> {
  const people = await Promise.all(sampleStaff.map((person) => withPin(parts, person)));
  await parts.database.transaction().execute(async (step) => {
    await fillStores(step);
    await step
      .insertInto("staff")
      .values(people.map(({ row }) => row))
      .execute();
    await step
      .insertInto("staff_role")
      .values(sampleStaff.flatMap((person) => person.roles.map(([store, role]) => ({ store, staff: person.id, role }))))
      .execute();
    await putCategories(
      step,
      assortments.map(({ id, names: [zh, en, ja] }) => ({ id, names: { "zh-CN": zh, en, ja } })),
    );
    await putProducts(step, [...sampleProducts(shop.seed, shop.products), bottledDrink, emptyBottle]);
    for (const account of sandboxAccounts) await fillAccount(step, parts, account);
  });
  return people.map(({ shown }) => shown);
}

/** Gives everybody of the sample shop a new PIN, and forgets wrong tries. */
export async function renewPins(parts: FillParts): Promise<readonly ShownPin[]> {
  const people = await Promise.all(sampleStaff.map((person) => withPin(parts, person)));
  await parts.database.transaction().execute(async (step) => {
    for (const { row } of people) {
      const { salt, secret_sealed, pin_set_at } = row;
      await step
        .updateTable("staff")
        .set({ salt, secret_sealed, pin_set_at, pin_made_by: null })
        .where("id", "=", row.id)
        .execute();
      const at = parts.clock.now();
      await audit(step, parts.random, { store: null, who: null, act: "pinRenewed", subject: row.id, at });
    }
    await step.deleteFrom("staff_try").execute();
  });
  return people.map(({ shown }) => shown);
}

async function withPin(parts: FillParts, person: SampleStaff) {
  const pin = makePin(parts.random);
  const salt = makeSalt(parts.random);
  const secret = parts.keys.seal(await pinSecret(pin, salt), secretContext(person.id));
  const row = {
    id: person.id as string,
    name: person.name,
    salt,
    secret_sealed: secret,
    pin_set_at: parts.clock.now() as number,
    pin_made_by: null,
    left_at: null,
  };
  const [store, role] = person.roles[0] ?? ["", "cashier"];
  return { row, shown: { name: person.name, role, store, pin } };
}

async function fillStores(step: Database): Promise<void> {
  const { zone, cutMinute, currency, taxMode, displayLanguage } = sampleDay;
  await step
    .insertInto("store")
    .values(
      sampleStores.map(({ id, name, address, phone }) => ({
        id,
        name,
        address,
        phone,
        zone,
        cut_minute: cutMinute,
        currency,
        tax_mode: taxMode,
        display_language: displayLanguage,
        rules: json(rulesOf(id)),
      })),
    )
    .execute();
  await step
    .insertInto("tag")
    .values([
      ...sampleStores.map((store) => ({
        tag: store.gatewayTag,
        store: store.id,
        holder: "gateway" as const,
        till: null,
      })),
      ...sampleStores.map((store) => ({
        tag: store.officeTag,
        store: store.id,
        holder: "office" as const,
        till: null,
      })),
      ...sampleTills.map((till) => ({ tag: till.tag, store: till.store, holder: "till" as const, till: till.id })),
    ])
    .execute();
  await step
    .insertInto("till")
    .values(sampleTills.map(({ id, store, label, tag }) => ({ id, store, label, tag })))
    .execute();
}

async function fillAccount(step: Database, parts: FillParts, account: SampleAccount): Promise<void> {
  const home = sampleStores[0]?.id ?? "";
  await step
    .insertInto("provider_account")
    .values({
      id: account.id,
      home_store: home,
      provider: account.provider,
      mode: "sandbox",
      terms: json({}),
      timings: json(account.timings),
      settings: json({}),
      secrets_sealed: parts.keys.seal(Buffer.from(JSON.stringify(account.credentials)), credentialsContext(account.id)),
    })
    .execute();
  await step
    .insertInto("store_account")
    .values(sampleStores.map((store) => ({ store: store.id, account: account.id, channel: account.channel })))
    .execute();
}
