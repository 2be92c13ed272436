import {
  mendingAnswer,
  mendingOffers,
  mendingsShown,
  unpairingAnswer,
  type MendingAnswer,
  type MendingOffers,
  type MendingProposal,
  type MendingShown,
  type Unpairing,
} from "../../contract/mending.ts";
import { call, type Answer } from "../office-client.ts";

/** The office's way to what may be done about breaks. */
export const mendClient = {
  offers: (): Answer<MendingOffers> => call("GET", "mendings/offers", mendingOffers),
  about: (item: string): Answer<{ readonly mendings: readonly MendingShown[] }> =>
    call("GET", `mendings?${new URLSearchParams({ about: item })}`, mendingsShown),
  propose: (proposal: Omit<MendingProposal, "v">): Answer<MendingAnswer> =>
    call("POST", "mendings", mendingAnswer, { v: 1, ...proposal }),
  unpair: (asked: Omit<Unpairing, "v">): Answer<{ readonly number: string } | { readonly proposed: string }> =>
    call("POST", "unpairings", unpairingAnswer, { v: 1, ...asked }),
};
