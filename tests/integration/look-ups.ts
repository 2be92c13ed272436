import { CompiledQuery, type KyselyPlugin } from "kysely";
import type { Database, OpenDatabase } from "../../src/gateway/store/database.ts";

type Planned = { readonly sql: string; readonly parameters: readonly unknown[] };
type PlanNode = { readonly [name: string]: unknown; readonly Plans?: readonly PlanNode[] };

/**
 * What `act` answers, and by which condition its statements find rows of `table`: that of the index they take, or the kind of scan where
 * they take none. Of a PostgreSQL before 18 an index is of no use to who does not say the first of its columns.
 */
export async function lookUpsOf<Answer>(
  database: OpenDatabase,
  table: string,
  act: (step: Database) => Promise<Answer>,
): Promise<{ readonly answer: Answer; readonly conditions: readonly string[] }> {
  return database.transaction().execute(async (step) => {
    const planned: Planned[] = [];
    const recorder: KyselyPlugin = {
      transformQuery({ node, queryId }) {
        planned.push(step.getExecutor().compileQuery(node, queryId));
        return node;
      },
      transformResult: async ({ result }) => result,
    };
    const answer = await act(step.withPlugin(recorder));
    const conditions: string[] = [];
    for (const { sql, parameters } of planned.filter((each) => new RegExp(`\\b${table}\\b`, "u").test(each.sql))) {
      const plan = await step.executeQuery(CompiledQuery.raw(`explain (format json) ${sql}`, [...parameters]));
      for (const row of plan.rows as { "QUERY PLAN": readonly { Plan: PlanNode }[] }[])
        conditions.push(...row["QUERY PLAN"].flatMap(({ Plan }) => conditionsOn(table, Plan)));
    }
    return { answer, conditions };
  });
}

function conditionsOn(table: string, node: PlanNode): readonly string[] {
  const isScan = node["Relation Name"] === table && node["Node Type"] !== "ModifyTable";
  const own = isScan ? [String(node["Index Cond"] ?? node["Recheck Cond"] ?? node["Node Type"])] : [];
  return [...own, ...(node.Plans ?? []).flatMap((each) => conditionsOn(table, each))];
}
