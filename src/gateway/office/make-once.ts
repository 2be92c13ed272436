import { createHash } from "node:crypto";
import { ok, refuse, type Result } from "../../domain/result.ts";
import type { GatewayParts } from "../parts.ts";
import type { Database } from "../store/database.ts";

/** What is asked to be made: by whom, and all that it is to be. */
export type Asking = {
  /** The page's own id of its asking; pages of older builds send none, and are answered as before. */
  readonly id: string | undefined;
  readonly who: string;
  /** What is made; one id is not good for two kinds. */
  readonly kind: "staff" | "apiKey" | "webhook";
  readonly content: unknown;
};
export type OnceRefusal = "differentRequest" | "madeBefore";

/** An answer that was lost is asked for again within this; then a secret that is shown once is not shown again. */
export const answerKeptMs = 10 * 60_000;

/**
 * Makes it once, in the caller's SQL transaction: the same asking again, also at the same moment, is given the same answer, and one of
 * other content under that id is refused. A refused `work` leaves the id free.
 */
export async function makeOnce<Made extends object, Refusal>(
  step: Database,
  { keys, clock }: Pick<GatewayParts, "keys" | "clock">,
  { id, who, kind, content }: Asking,
  work: () => Promise<Result<Made, Refusal>>,
): Promise<Result<Made, Refusal | OnceRefusal>> {
  if (id === undefined) return work();
  const at = clock.now();
  const digest = createHash("sha256")
    .update(JSON.stringify([kind, content]))
    .digest("hex");
  // waits for another asking of that id which is not over yet
  const begun = await step
    .insertInto("made_once")
    .values({ id, who, digest, answer_sealed: null, at })
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirst();
  if (begun.numInsertedOrUpdatedRows !== 1n) {
    const row = await step.selectFrom("made_once").selectAll().where("id", "=", id).executeTakeFirstOrThrow();
    if (row.who !== who || row.digest !== digest) return refuse("differentRequest");
    if (row.answer_sealed === null || row.at <= at - answerKeptMs) return refuse("madeBefore");
    const answer = Buffer.from(keys.open(row.answer_sealed, contextOf(id))).toString("utf8");
    return ok(JSON.parse(answer) as Made);
  }
  const made = await work();
  if (!made.ok) {
    await step.deleteFrom("made_once").where("id", "=", id).execute();
    return made;
  }
  const sealed = keys.seal(Buffer.from(JSON.stringify(made.value)), contextOf(id));
  await step.updateTable("made_once").set({ answer_sealed: sealed }).where("id", "=", id).execute();
  return made;
}

/** Forgets the answers whose time is over; that it was made stays known. */
export async function forgetAnswers(database: Database, at: number): Promise<void> {
  await database
    .updateTable("made_once")
    .set({ answer_sealed: null })
    .where("answer_sealed", "is not", null)
    .where("at", "<=", at - answerKeptMs)
    .execute();
}

function contextOf(id: string): string {
  return `made_once/${id}`;
}
