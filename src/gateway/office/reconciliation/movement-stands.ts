import { sql, type RawBuilder } from "kysely";

/**
 * Whether a movement counts on its day: one that was not undone; and a refund that the provider closed after its bill had told of it. What
 * that had taken came back by the fund flow, not by taking the row away.
 *
 * @param m the movement's name in the statement
 */
export function standsSql(m: string): RawBuilder<boolean> {
  const of = (column: string) => sql.ref(`${m}.${column}`);
  return sql<boolean>`(${of("undone_at")} is null or (${of("side")} = 'refund' and exists (
    select 1 from bill_row told where told.store = ${of("store")} and told.account = ${of("account")} and told.side = 'refund'
      and told.number = ${of("number")} and told.gone_with is null)))`;
}
