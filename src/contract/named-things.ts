import * as z from "zod/mini";

/**
 * What things are called that books and audit log know by an id: a till by its label, a bank account and a person by their name. Of a
 * provider's account `channel` says whose it is; its word is the page's.
 */
export const namedThings = z.array(
  z.object({
    id: z.string(),
    name: z.string(),
    /** The store of a till, whose label may stand in another store too. */
    store: z.nullable(z.string()),
    channel: z.nullable(z.string()),
  }),
);
export type NamedThings = z.infer<typeof namedThings>;
