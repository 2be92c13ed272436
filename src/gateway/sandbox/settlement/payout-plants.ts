import type { Instant } from "../../../domain/clock.ts";
import { dayOf } from "./days.ts";
import { payoutPlantKinds, type Plant } from "./plant.ts";

/** The plant that one payout is under: by its number, else the first of its day that no earlier payout has `taken`. */
export function payoutPlant(
  payout: { readonly number: string; readonly at: Instant },
  plants: readonly Plant[],
  taken: readonly string[],
): Plant | null {
  const kinds: readonly string[] = payoutPlantKinds;
  const day = dayOf(payout.at);
  const fits = (plant: Plant): boolean =>
    plant.kind !== "unknownCredit" &&
    kinds.includes(plant.kind) &&
    !taken.includes(plant.id) &&
    (plant.order === null ? plant.day === day : plant.order === payout.number);
  return plants.find(fits) ?? null;
}
