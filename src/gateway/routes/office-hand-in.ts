import * as z from "zod/mini";
import { handedInBytesMax } from "../../contract/bill-reading.ts";
import { approvalIdField } from "../../contract/fields.ts";
import type { Instant } from "../../domain/clock.ts";
import { isDate, localTime } from "../../domain/local-time.ts";
import { ok, type Result } from "../../domain/result.ts";
import { entitle, type EntitleRefusal } from "../approvals/entitle.ts";
import { audit } from "../audit/audit.ts";
import { storesOf } from "../bills/account-stores.ts";
import { storeBill, type StoredBill } from "../bills/bill-store.ts";
import { cameAgain, takeStored } from "../bills/fetch-bill.ts";
import { replacedBill, fileSubject, replacedLines, type FileInHand } from "../bills/replaced-bill.ts";
import { billById } from "../office/bills.ts";
import { accountsAsked, type OfficeAccount } from "../office/reconciliation/scope.ts";
import type { Account } from "../payments/accounts.ts";
import type { PaymentEngine } from "../payments/engine.ts";
import { matchEveryBank } from "../settlement/match-banks.ts";
import { inTransaction } from "../store/database.ts";
import { officeOf } from "./access.ts";
import { notEntitled } from "./entitling.ts";
import type { OfficePass } from "./passes.ts";
import { problem } from "./problem.ts";
import type { GatewayServer } from "./route.ts";

const config = { who: { access: "office", act: "handInBill" }, isFile: true } as const;

const handedIn = z.object({
  account: z.string().check(z.minLength(1), z.maxLength(64)),
  kind: z.enum(["trade", "balanceRefunds", "fundFlow"]),
  day: z.string().check(z.regex(/^\d{4}-\d{2}-\d{2}$/)),
  name: z.string().check(z.minLength(1), z.maxLength(128)),
  again: z.optional(z.literal("yes")),
  approval: z.optional(approvalIdField),
});

export const notBegun = "That day has not begun at the provider: name a day up to today.";

/** Whether `day` is one of the calendar that has begun where the provider counts its days. */
export function hasBegun(day: string, { bills }: OfficeAccount, now: Instant): boolean {
  return isDate(day) && day <= localTime(now, bills.zone).date;
}

/** A bill as a file from a person; one that takes the place of what the provider delivered only with another's yes. */
export function handInRoute(server: GatewayServer, engine: PaymentEngine): void {
  const { parts, accounts } = engine;
  const { database, clock } = parts;
  const schema = { querystring: handedIn };
  server.put("/v1/office/bills/file", { schema, bodyLimit: handedInBytesMax, config }, async (request, reply) => {
    const { account: id, kind, day, name, again, approval } = request.query;
    const [known] = await accountsAsked(database, accounts, id);
    if (known === undefined) return problem(reply, "notFound", "There is no such provider account.");
    if (request.rawBody.length === 0) return problem(reply, "badRequest", "The file is empty.");
    if (!hasBegun(day, known, clock.now())) return problem(reply, "badRequest", notBegun);
    const account = await accounts.byId(database, id);
    const pass = officeOf(request);
    const file = { homeStore: known.homeStore, kind, day, name, bytes: request.rawBody };
    const by = await agreed(engine, account, pass, file, approval);
    if (!by.ok) return notEntitled(reply, by.refusal);
    const taken = await takeFile(engine, account, file, { by: pass.person, ...by.value, isAgain: again === "yes" });
    return "trouble" in taken ? problem(reply, "badRequest", taken.trouble) : taken;
  });
}

type Agreed = { readonly secondPerson: string | null };

/** Who else agreed to it; nobody has to where it stands beside no bill of the provider's own. */
async function agreed(
  { parts }: PaymentEngine,
  account: Account,
  pass: OfficePass,
  file: FileInHand,
  approval: string | undefined,
): Promise<Result<Agreed, EntitleRefusal>> {
  const { database } = parts;
  const before = await replacedBill(database, account, file);
  const lines = before === null ? null : await replacedLines(account, before, file);
  // what cannot be read takes nothing's place: it is kept, marked as such
  if (lines === null) return ok({ secondPerson: null });
  const shown = [...lines];
  const store = await storesOf(database, { account: account.id, store: file.homeStore });
  const subject = fileSubject(account.id, file);
  const asked = { store, act: "handInBill", subject, size: 0, amount: null, reason: "", shown } as const;
  return inTransaction(database, (step) => entitle(step, parts, pass, { ...asked, approval, alwaysAsks: true }));
}

async function takeFile(
  engine: PaymentEngine,
  account: Account,
  { homeStore, kind, day, name, bytes }: FileInHand,
  { by, secondPerson, isAgain }: Agreed & { readonly by: string; readonly isAgain: boolean },
): Promise<StoredBill | { readonly trouble: string }> {
  const { parts } = engine;
  const { database, clock } = parts;
  const handed = { homeStore, account: account.id, kind, day, origin: "handedIn", name, announced: null } as const;
  const bill = { ...handed, handedBy: by };
  const stored = await storeBill(database, bill, once(bytes), clock.now(), isAgain);
  if (stored.isOld) return stored;
  if (!stored.isNew) await cameAgain(parts, account, { ...bill, id: stored.id });
  if (stored.isNew) {
    const entry = { store: homeStore, who: by, act: "billHandedIn", secondPerson } as const;
    const after = { account: account.id, kind, day, name };
    await inTransaction(database, (step) =>
      audit(step, parts.random, { ...entry, subject: stored.id, before: null, after, at: clock.now() }),
    );
  }
  await takeStored(parts, account, homeStore, stored.id);
  const taken = await billById(database, stored.id);
  if (taken?.state === "refused") return { trouble: taken.trouble ?? "The file cannot be read." };
  if (kind === "fundFlow") await matchEveryBank(engine);
  return stored;
}

async function* once(bytes: Uint8Array): AsyncIterable<Uint8Array> {
  yield bytes;
}
