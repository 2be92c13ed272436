import type { Database } from "./database.ts";

/** More often in a row somebody else is not met by chance. */
const runsMax = 3;
/** PostgreSQL's word for ending one of two transactions that wait for each other. */
const deadlock = "40P01";

/**
 * Runs `work` in an SQL transaction of its own, from the start again where PostgreSQL ended it because it and another waited for each
 * other: a till and a person may take the same rows in different order. `work` must leave nothing behind outside the transaction.
 */
export async function inTransactionAgain<Result>(
  database: Database,
  work: (step: Database) => Promise<Result>,
): Promise<Result> {
  for (let run = 1; ; run++) {
    try {
      return await database.transaction().execute(work);
    } catch (trouble) {
      if (run === runsMax || (trouble as { code?: unknown } | null)?.code !== deadlock) throw trouble;
    }
  }
}
