import { createSignal } from "solid-js";
import { alertDaysMax } from "../../contract/alerts.ts";
import type { AlertRule } from "../../domain/alert-rule.ts";
import type { Role } from "../../domain/staff.ts";

const fenPerYuan = 100;

export type RuleState = ReturnType<typeof createRuleState>;

/** A rule as it is typed in: amounts in yuan. */
export function createRuleState(rule: AlertRule) {
  const [isEach, setEach] = createSignal(rule.breakFrom === 0);
  const [breakFrom, setBreakFrom] = createSignal(rule.breakFrom === 0 ? "" : yuan(rule.breakFrom));
  const [hasDay, setHasDay] = createSignal(rule.dayFrom !== null);
  const [dayFrom, setDayFrom] = createSignal(rule.dayFrom === null ? "" : yuan(rule.dayFrom));
  const [hasAge, setHasAge] = createSignal(rule.ageDays !== null);
  const [ageDays, setAgeDays] = createSignal(rule.ageDays === null ? "" : String(rule.ageDays));
  const [roles, setRoles] = createSignal<readonly Role[]>(rule.roles);
  const [people, setPeople] = createSignal<readonly string[]>(rule.people);
  return {
    isEach,
    setEach,
    breakFrom,
    setBreakFrom,
    hasDay,
    setHasDay,
    dayFrom,
    setDayFrom,
    hasAge,
    setHasAge,
    ageDays,
    setAgeDays,
    roles,
    setRoles,
    people,
    setPeople,
    hasSomebody: (): boolean => roles().length > 0 || people().length > 0,
    isComplete(): boolean {
      const days = Number(ageDays());
      return (
        (isEach() || isYuan(breakFrom())) &&
        (!hasDay() || isYuan(dayFrom())) &&
        (!hasAge() || (Number.isInteger(days) && days >= 1 && days <= alertDaysMax)) &&
        this.hasSomebody()
      );
    },
    made: (): AlertRule => ({
      breakFrom: isEach() ? 0 : fen(breakFrom()),
      dayFrom: hasDay() ? fen(dayFrom()) : null,
      ageDays: hasAge() ? Number(ageDays()) : null,
      roles: [...roles()],
      people: [...people()],
    }),
  };
}

/** Above nothing, with two decimals at most. */
function isYuan(text: string): boolean {
  return /^\d{1,6}(?:\.\d{1,2})?$/.test(text) && Number(text) > 0;
}

function fen(text: string): number {
  return Math.round(Number(text) * fenPerYuan);
}

function yuan(amount: number): string {
  return String(amount / fenPerYuan);
}
