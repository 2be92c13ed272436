import { instant, type Instant, type Random } from "../../../domain/clock.ts";
import { makeId, randomCrockford, tagLength, type Id, type Tag } from "../../../domain/identifier.ts";
import type { ProviderPlay } from "../play.ts";
import { dayAfter, dayOf, digitsOf, isDay, momentOf } from "./days.ts";
import { rateIn } from "./fees.ts";
import { plantKinds, type Plant, type PlantKind } from "./plant.ts";

type Body = Readonly<Record<string, unknown>>;

/** Who plants, when, and the how many-th it is. */
export type Planting = {
  readonly play: ProviderPlay;
  readonly now: Instant;
  readonly random: Random;
  readonly turn: number;
};

const noon = 12 * 60;
const needsAmount: readonly PlantKind[] = [
  "otherAmount",
  "otherFee",
  "otherFooter",
  "payoutShort",
  "payoutOver",
  "unknownCredit",
];
/** Money that somebody gives back: it is done when it is planted. */
const givesBack: readonly PlantKind[] = ["outsideRefund", "chargeback"];
const numberPattern = /^[0-9A-Za-z_\-|*@]{1,64}$/;

/** The plant that `{kind, day?, order?, amount?, rate?, at?, bill?}` asks for, or what is wrong with it. */
export function plantFrom(body: Body, by: Planting): Plant | string {
  const kind = plantKinds.find((each) => each === body["kind"]);
  if (kind === undefined) return `kind is one of ${plantKinds.join(", ")}`;
  const { order: number, amount: fen } = body;
  const bill = (["trade", "flow"] as const).find((each) => each === (body["bill"] ?? "trade"));
  const order = typeof number === "string" ? number : null;
  const amount = typeof fen === "number" ? fen : null;
  if (number !== undefined && !numberPattern.test(order ?? "")) return "order is a number of it";
  if (fen !== undefined && !Number.isSafeInteger(amount)) return "amount is in fen";
  if (amount === null && needsAmount.includes(kind)) return `${kind} needs an amount in fen`;
  if (kind === "otherFee" && order === null) return "otherFee needs an order";
  const ratePpm = body["rate"] === undefined ? null : rateIn(body["rate"]);
  if (kind === "otherRate" && ratePpm === null) return "otherRate needs a rate like 0.80%";
  if (bill === undefined) return "bill is trade or flow";
  const when = momentsIn(body, kind, order, by.now);
  if (typeof when === "string") return when;
  const plant = { id: `p${by.turn}`, turn: by.turn, provider: by.play.provider, kind, order, amount, ratePpm, bill };
  const whole: Plant = { ...plant, ...when, made: madeNumber(kind, order, when.at, by), plantedAt: by.now };
  return givesBack.includes(kind) ? givenBack(whole, by) : whole;
}

/** The day it is about and its moment. Without an order it is about today. */
function momentsIn(
  body: Body,
  kind: PlantKind,
  order: string | null,
  now: Instant,
): { readonly day: string | null; readonly at: Instant } | string {
  const asked = body["day"];
  if (asked !== undefined && !isDay(asked)) return "day is YYYY-MM-DD";
  const at = body["at"] === undefined ? null : momentIn(body["at"]);
  if (Number.isNaN(at)) return "at is a time: ISO text or milliseconds";
  const isMadeUp = kind === "foreignPayment" || kind === "unmadePayment" || kind === "unknownCredit";
  if (isMadeUp) {
    const usual = asked === undefined || asked === dayOf(now) ? now : momentOf(asked, noon);
    return { day: dayOf(at ?? usual), at: at ?? usual };
  }
  const day = asked ?? (order === null || kind === "billMissing" ? dayOf(now) : null);
  return { day, at: at ?? momentOf(dayAfter(day ?? dayOf(now)), noon) };
}

function momentIn(value: unknown): Instant {
  return instant(typeof value === "number" ? value : typeof value === "string" ? Date.parse(value) : Number.NaN);
}

/** A foreign number has bars between its parts; one of our form is made as a till makes it, by nobody, unless one is named. */
function madeNumber(kind: PlantKind, order: string | null, at: Instant, { random, turn }: Planting): string {
  if (kind === "foreignPayment") return `QT_${digitsOf(at)}_${turn}`;
  return kind === "unmadePayment" ? (order ?? makeId<Id>(at, randomCrockford(random, tagLength) as Tag, random)) : "";
}

function givenBack(plant: Plant, { play, now }: Planting): Plant | string {
  const by = plant.kind === "chargeback" ? "chargeback" : "outside";
  const made = play.giveBackOutside({ order: plant.order, amount: plant.amount, by });
  return typeof made === "string"
    ? made
    : { ...plant, order: made.order, amount: made.amount, made: made.refund, day: dayOf(now), at: now };
}
