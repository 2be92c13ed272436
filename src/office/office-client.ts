import {
  activationCodeAnswer,
  officePayment,
  officePayments,
  officeSale,
  officeSales,
  officeSession,
  officeTills,
  type ActivationCodeAnswer,
  type OfficeFilter,
  type OfficePayment,
  type OfficePayments,
  type OfficeSale,
  type OfficeSales,
  type OfficeSession,
  type OfficeTills,
} from "../contract/office.ts";
import { officeExceptions, type OfficeExceptions } from "../contract/office-exceptions.ts";
import { problemSchema } from "../contract/problem.ts";
import type { TillId } from "../domain/identifier.ts";
import { ok, refuse, type Result } from "../domain/result.ts";

/** Why the gateway gave nothing: not reached, or its own code where the office tells people something about it. */
export type Trouble =
  | "unreachable"
  | "broken"
  | "badRequest"
  | "signedOut"
  | "forbidden"
  | "tooManyTries"
  | "notFound"
  | "otherStore"
  | "wrongPassword"
  | "wrongPin"
  | "locked"
  | "taken"
  | "nothingLeft"
  | "codeInvalid"
  | "noPasskeys"
  | "columnsUnknown"
  | "deadlinePassed"
  | "approvalNeeded"
  | "knownPin";
export type Answer<Told> = Promise<Result<Told, Trouble>>;

/** The office's only way out: to the gateway that serves it. */
export type OfficeClient = {
  /** `forbidden` asks for a new password with the one-time one. */
  signIn(name: string, password: string, newPassword?: string): Answer<OfficeSession>;
  signOut(): Answer<null>;
  session(): Answer<OfficeSession>;
  sales(filter: OfficeFilter): Answer<OfficeSales>;
  sale(id: string): Answer<OfficeSale>;
  payments(filter: OfficeFilter): Answer<OfficePayments>;
  payment(id: string): Answer<OfficePayment>;
  tills(): Answer<OfficeTills>;
  exceptions(): Answer<OfficeExceptions>;
  /** Ends an exception by having looked at it; the list as it is then. */
  lookAtException(exception: { readonly store: string; readonly id: string }, note: string): Answer<OfficeExceptions>;
  activationCode(till: TillId): Answer<ActivationCodeAnswer>;
};

/** A gateway that does not answer within this does not answer. */
const answerWithinMs = 8_000;
const told: readonly Trouble[] = [
  "badRequest",
  "signedOut",
  "forbidden",
  "tooManyTries",
  "notFound",
  "otherStore",
  "wrongPassword",
  "wrongPin",
  "locked",
  "taken",
  "nothingLeft",
  "codeInvalid",
  "noPasskeys",
  "columnsUnknown",
  "deadlinePassed",
  "approvalNeeded",
  "knownPin",
];

/** What an answer is held to. */
export type Schema<Told> = { safeParse(raw: unknown): { success: true; data: Told } | { success: false } };
const nothing: Schema<null> = { safeParse: () => ({ success: true, data: null }) };

/** Talks to the gateway under this page's own origin; the session is a cookie that no script sees. */
export function createOfficeClient(): OfficeClient {
  const get = <Told>(path: string, schema: Schema<Told>): Answer<Told> => call("GET", path, schema);
  return {
    signIn: (name, password, newPassword) =>
      call("POST", "sign-ins", officeSession, {
        v: 1,
        ...(name.trim() === "" ? {} : { name }),
        password,
        ...(newPassword === undefined ? {} : { newPassword }),
      }),
    signOut: () => call("DELETE", "session", nothing),
    session: () => get("session", officeSession),
    sales: (filter) => get(`sales${asQuery(filter)}`, officeSales),
    sale: (id) => get(`sales/${encodeURIComponent(id)}`, officeSale),
    payments: (filter) => get(`payments${asQuery(filter)}`, officePayments),
    payment: (id) => get(`payments/${encodeURIComponent(id)}`, officePayment),
    tills: () => get("tills", officeTills),
    exceptions: () => get("exceptions", officeExceptions),
    lookAtException: ({ store, id }, note) =>
      call("POST", "exceptions/looks", officeExceptions, { v: 1, store, id, note }),
    activationCode: (till) => call("POST", "activation-codes", activationCodeAnswer, { v: 1, till }),
  };
}

function asQuery(filter: OfficeFilter): string {
  const given = Object.entries(filter).filter((pair): pair is [string, string] => pair[1] !== undefined);
  return given.length === 0 ? "" : `?${new URLSearchParams(given)}`;
}

/** Asks the gateway; what it answers is held to `schema`. For this page's other clients. */
export async function call<Told>(
  method: string,
  path: string,
  schema: Schema<Told>,
  body?: unknown,
  withinMs = answerWithinMs,
): Answer<Told> {
  const sent =
    body === undefined ? {} : { headers: { "content-type": "application/json" }, body: JSON.stringify(body) };
  try {
    const response = await fetch(`/v1/office/${path}`, {
      method,
      signal: AbortSignal.timeout(withinMs),
      cache: "no-store",
      ...sent,
    });
    const raw: unknown = response.status === 204 ? null : await response.json();
    if (!response.ok) return refuse(troubleOf(raw));
    const parsed = schema.safeParse(raw);
    return parsed.success ? ok(parsed.data) : refuse("broken");
  } catch {
    // not reachable, or cut off: the page says so and tries again
    return refuse("unreachable");
  }
}

/** A file of tens of megabytes is read and matched before the gateway answers. */
const fileWithinMs = 300_000;

/** Hands a file in as it is. What the gateway does not take comes back with its reason, for a technician. */
export async function sendFile<Told>(
  path: string,
  file: Blob,
  schema: Schema<Told>,
): Promise<Result<Told, Trouble | { readonly refused: string }>> {
  try {
    const response = await fetch(`/v1/office/${path}`, {
      method: "PUT",
      signal: AbortSignal.timeout(fileWithinMs),
      cache: "no-store",
      headers: { "content-type": "application/octet-stream" },
      body: file,
    });
    const raw: unknown = await response.json();
    if (response.ok) {
      const parsed = schema.safeParse(raw);
      return parsed.success ? ok(parsed.data) : refuse("broken");
    }
    const problem = problemSchema.safeParse(raw);
    if (problem.success && problem.data.code === "badRequest") return refuse({ refused: problem.data.detail ?? "" });
    return refuse(troubleOf(raw));
  } catch {
    // not reachable, or cut off: the file stays on the page
    return refuse("unreachable");
  }
}

function troubleOf(raw: unknown): Trouble {
  const problem = problemSchema.safeParse(raw);
  return (problem.success ? told.find((each) => each === problem.data.code) : undefined) ?? "broken";
}
