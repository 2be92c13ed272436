import type { Brand } from "./brand.ts";
import type { Instant, Random } from "./clock.ts";
import { invariant } from "./assert.ts";

export type StoreId = Brand<string, "StoreId">;
export type TillId = Brand<string, "TillId">;
export type StaffId = Brand<string, "StaffId">;
export type ProductId = Brand<string, "ProductId">;
/** 4 Crockford characters, unique over the chain: says who made an id. */
export type Tag = Brand<string, "Tag">;
/** 26 Crockford characters: 10 of time, 4 of the maker's tag, 12 random (`trust.md`, Ids). */
export type Id = Brand<string, "Id">;
export type SaleId = Brand<Id, "SaleId">;
/** The payment's URL, its idempotency key and every provider's merchant order number. */
export type PaymentId = Brand<Id, "PaymentId">;
/** A refund's own number, at the provider too. */
export type RefundId = Brand<Id, "RefundId">;
export type SessionId = Brand<Id, "SessionId">;
export type ApprovalId = Brand<Id, "ApprovalId">;

/** Crockford's base32 alphabet: no I, L, O, U. */
export const crockford = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
export const idLength = 26;
export const tagLength = 4;
export const activationCodeLength = 10;
const timeLength = 10;
const randomLength = 12;
const idPattern = /^[0-9A-HJKMNP-TV-Z]{26}$/;
const tagPattern = /^[0-9A-HJKMNP-TV-Z]{4}$/;

/** `count` random Crockford characters (5 bits each). */
export function randomCrockford(random: Random, count: number): string {
  let text = "";
  for (const byte of random.bytes(count)) text += crockford.charAt(byte % crockford.length);
  return text;
}

/** A new id made at `at` by the holder of `tag`. */
export function makeId<Kind extends Id>(at: Instant, tag: Tag, random: Random): Kind {
  invariant(at >= 0 && at < 2 ** 50, "an id's time fits 50 bits");
  let time = "";
  for (let rest: number = at, i = 0; i < timeLength; i++, rest = Math.floor(rest / crockford.length)) {
    time = crockford.charAt(rest % crockford.length) + time;
  }
  return (time + tag + randomCrockford(random, randomLength)) as Kind;
}

/** True for 26 upper-case Crockford characters; says nothing about who made them. */
export function isId(text: string): text is Id {
  return idPattern.test(text);
}

/** True for 4 upper-case Crockford characters. */
export function isTag(text: string): text is Tag {
  return tagPattern.test(text);
}

/** The maker's tag inside an id. */
export function tagOf(id: Id): Tag {
  return id.slice(timeLength, timeLength + tagLength) as Tag;
}

/**
 * What a person typed as a code, made comparable: upper case, O as 0, I and L as 1, no spaces or hyphens
 * (Crockford's decoding rules).
 */
export function normalizeCrockford(typed: string): string {
  return typed.toUpperCase().replace(/[\s-]/gu, "").replace(/O/gu, "0").replace(/[IL]/gu, "1");
}

/** The id that `tag`'s holder gives to what follows from `id` by itself: made once, whoever makes it. */
export function idWithTag<Kind extends Id>(id: Id, tag: Tag): Kind {
  return (id.slice(0, timeLength) + tag + id.slice(timeLength + tagLength)) as Kind;
}
