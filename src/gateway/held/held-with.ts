import type { Expression, ExpressionBuilder, SqlBool } from "kysely";
import type { Tables } from "../store/tables.ts";

/** Held rows whose ticket is with `till`: it took it up, or set it aside there since and nobody has asked for it. */
export function isWith(till: string) {
  return (row: ExpressionBuilder<Tables, "held_sale">): Expression<SqlBool> =>
    row.or([row("claimed_by", "=", till), row.and([row("claimed_by", "is", null), row("till", "=", till)])]);
}
