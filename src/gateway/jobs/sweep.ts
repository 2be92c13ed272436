import { plusMs, type Instant } from "../../domain/clock.ts";
import { forgetAnswers } from "../office/make-once.ts";
import type { GatewayParts } from "../parts.ts";
import type { Database } from "../store/database.ts";
import { addJob } from "./jobs.ts";
import type { JobWork } from "./runner.ts";

export const sweepKind = "sweep";
const sweepEveryMs = 60_000;
/** HMACs of payment codes live a day (`trust.md`, Secrets). */
const codeSeenMs = 24 * 3_600_000;
/** Ended sessions and codes stay a day longer, to be looked at. */
const endedKeptMs = 24 * 3_600_000;

/** Sees to it that there is a sweep; called at every start. */
export async function planSweep(database: Database, at: Instant): Promise<void> {
  await addJob(database, { store: "*", id: sweepKind, kind: sweepKind, subject: "", payload: null, dueAt: at });
}

/**
 * Removes what has outlived its use: nonces, hashes of codes, ended office sessions, spent activation codes and invitations, passkeys' challenges,
 * answers that show a secret.
 */
export function sweepWork(parts: Pick<GatewayParts, "database" | "clock">): JobWork {
  return async () => {
    const at = parts.clock.now();
    await parts.database.deleteFrom("nonce").where("expires_at", "<=", at).execute();
    await parts.database
      .deleteFrom("payment_code_seen")
      .where("at", "<=", at - codeSeenMs)
      .execute();
    await parts.database
      .deleteFrom("office_session")
      .where("expires_at", "<=", at - endedKeptMs)
      .execute();
    await parts.database
      .deleteFrom("activation_code")
      .where("expires_at", "<=", at - endedKeptMs)
      .execute();
    await parts.database.deleteFrom("passkey_challenge").where("expires_at", "<=", at).execute();
    await parts.database
      .deleteFrom("office_invitation")
      .where("expires_at", "<=", at - endedKeptMs)
      .execute();
    await forgetAnswers(parts.database, at);
    return { kind: "again", at: plusMs(at, sweepEveryMs) };
  };
}
