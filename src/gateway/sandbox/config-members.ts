import { isObject } from "./wire.ts";

/** The object under `name`; throws with the name when it is none. */
export function member(value: unknown, name: string): Readonly<Record<string, unknown>> {
  if (!isObject(value)) throw new TypeError(`the sandbox's configuration: ${name} must be an object`);
  return value;
}

/** The text under `name`; throws with the name when it is none or empty. */
export function filled(value: unknown, name: string): string {
  if (typeof value !== "string" || value === "")
    throw new TypeError(`the sandbox's configuration: ${name} must be a text`);
  return value;
}

/** The number under `name`, between `min` and `max`; throws with the name otherwise. */
export function number(value: unknown, name: string, min: number, max: number): number {
  if (typeof value !== "number" || !(value >= min && value <= max)) {
    throw new TypeError(`the sandbox's configuration: ${name} must be a number from ${min} to ${max}`);
  }
  return value;
}

/** The list under `name`, empty when there is none; throws with the name when it is something else. */
export function listed(value: unknown, name: string): readonly unknown[] {
  if (value === undefined || value === null) return [];
  if (!Array.isArray(value)) throw new TypeError(`the sandbox's configuration: ${name} must be a list`);
  return value;
}
