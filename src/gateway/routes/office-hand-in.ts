import * as z from "zod/mini";
import { handedInBytesMax } from "../../contract/bill-reading.ts";
import { approvalIdField } from "../../contract/fields.ts";
import type { Instant } from "../../domain/clock.ts";
import { isDate, localTime } from "../../domain/local-time.ts";
import { ok, type Result } from "../../domain/result.ts";
import { entitle, type Entitled, type EntitleRefusal } from "../approvals/entitle.ts";
import { audit } from "../audit/audit.ts";
import { storesOf } from "../bills/account-stores.ts";
import { knownBill, storeBill, type NewBill, type StoredBill } from "../bills/bill-store.ts";
import { cameAgain, takeStored } from "../bills/fetch-bill.ts";
import { digestOf, fileSubject, replacedBill, replacedLines, type FileInHand } from "../bills/replaced-bill.ts";
import { billById } from "../office/bills.ts";
import { accountsAsked, type OfficeAccount } from "../office/reconciliation/scope.ts";
import type { Account } from "../payments/accounts.ts";
import type { PaymentEngine } from "../payments/engine.ts";
import { matchEveryBank } from "../settlement/match-banks.ts";
import { inTransaction, type Database } from "../store/database.ts";
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
    const taken = await takeFile(engine, account, file, { pass, approval, isAgain: again === "yes" });
    if (!taken.ok) return notEntitled(reply, taken.refusal);
    return "trouble" in taken.value ? problem(reply, "badRequest", taken.value.trouble) : taken.value;
  });
}

/** Who hands it in, with which yes; `isAgain`: wanted although another has taken its place. */
type Handing = { readonly pass: OfficePass; readonly approval: string | undefined; readonly isAgain: boolean };

async function takeFile(
  engine: PaymentEngine,
  account: Account,
  file: FileInHand,
  handing: Handing,
): Promise<Result<StoredBill | { readonly trouble: string }, EntitleRefusal>> {
  const { parts } = engine;
  const { homeStore, kind } = file;
  const owner = await account.provider.billAccount(account.id);
  const stored = await inTransaction(parts.database, (step) =>
    storeAgreed(step, engine, account, owner, file, handing),
  );
  if (!stored.ok || stored.value.isOld) return stored;
  const { id, isNew } = stored.value;
  if (!isNew) await cameAgain(parts, account, { ...billOf(account, file, handing), id });
  await takeStored(parts, account, homeStore, id);
  const taken = await billById(parts.database, id);
  if (taken?.state === "refused") return ok({ trouble: taken.trouble ?? "The file cannot be read." });
  if (kind === "fundFlow") await matchEveryBank(engine);
  return stored;
}

/** Stores it once it may be. In one SQL transaction: a yes is used up by what takes a bill's place, and by nothing else. */
async function storeAgreed(
  step: Database,
  { parts }: PaymentEngine,
  account: Account,
  owner: string,
  file: FileInHand,
  handing: Handing,
): Promise<Result<StoredBill, EntitleRefusal>> {
  const bill = billOf(account, file, handing);
  const known = await knownBill(step, bill, digestOf(file.bytes), handing.isAgain);
  if (known?.isOld === true) return ok(known);
  const by = await agreed(step, parts, account, owner, file, handing);
  if (!by.ok) return by;
  const at = parts.clock.now();
  const stored = known ?? (await storeBill(step, bill, once(file.bytes), at, handing.isAgain));
  // one that could not be read before takes a place only now
  if (stored.isNew || by.value.secondPerson !== null) {
    const after = { account: account.id, kind: file.kind, day: file.day, name: file.name };
    const entry = { store: file.homeStore, who: handing.pass.person, act: "billHandedIn", ...by.value } as const;
    await audit(step, parts.random, { ...entry, subject: stored.id, before: null, after, at });
  }
  return ok(stored);
}

/** Who else agreed to it; nobody has to where the provider never delivered that whole day. */
async function agreed(
  step: Database,
  parts: PaymentEngine["parts"],
  account: Account,
  owner: string,
  file: FileInHand,
  { pass, approval }: Handing,
): Promise<Result<Entitled, EntitleRefusal>> {
  const before = await replacedBill(step, account, file);
  const lines = before === null ? null : await replacedLines(account, owner, before, file);
  // what cannot be read takes nothing's place: it is kept, marked as such
  if (before === null || lines === null) return ok({ secondPerson: null });
  const shown = [...lines];
  const store = await storesOf(step, { account: account.id, store: file.homeStore });
  const subject = fileSubject(account.id, file, before);
  const asked = { store, act: "handInBill", subject, size: 0, amount: null, reason: "", shown } as const;
  return entitle(step, parts, pass, { ...asked, approval, alwaysAsks: true });
}

function billOf({ id }: Account, { homeStore, kind, day, name }: FileInHand, { pass }: Handing): NewBill {
  return { homeStore, account: id, kind, day, origin: "handedIn", name, announced: null, handedBy: pass.person };
}

async function* once(bytes: Uint8Array): AsyncIterable<Uint8Array> {
  yield bytes;
}
