import type { NamedThings } from "../contract/named-things.ts";
import type { PaymentChannel } from "../domain/tender.ts";
import type { Office } from "./office.ts";

/**
 * What a person calls the thing with this id: a till with its store where there are several, a provider's account by its channel, and by
 * its own name too where a channel has several. The id itself where nobody knows it.
 */
export function thingName(office: Office, things: NamedThings, id: string): string {
  const thing = things.find((each) => each.id === id);
  if (thing === undefined) return office.storeName(id);
  const { name, store, channel } = thing;
  if (channel !== null) {
    const word = office.words().channel[channel as PaymentChannel] ?? id;
    const isAlone = things.filter((each) => each.channel === channel).length === 1;
    return isAlone ? word : `${word} ${id}`;
  }
  return store === null || office.stores().length < 2
    ? name
    : office.words().tillWithStore(name, office.storeName(store));
}
