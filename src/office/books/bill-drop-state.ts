import { createSignal, onCleanup } from "solid-js";
import { handedInBytesMax, type BillLookedAt, type BillReading } from "../../contract/bill-reading.ts";
import { readBillFile, type BillBeingRead } from "./bill-reader.ts";
import { booksClient, type HandedIn } from "./books-client.ts";
import type { BooksParts } from "./books-parts.ts";

type Refused = Extract<BillReading, { kind: "refused" }>;

/** A bill file on its way: none, being read, refused, shown, being handed in, taken. */
export type BillDrop =
  | { readonly kind: "none" }
  | { readonly kind: "reading"; readonly name: string; readonly part: number; readonly rows: number }
  | { readonly kind: "tooLarge"; readonly name: string }
  /** The gateway did not say which accounts the shop has. */
  | { readonly kind: "noAccounts"; readonly name: string }
  | { readonly kind: "refused"; readonly name: string; readonly why: Refused }
  | {
      readonly kind: "shown";
      readonly file: File;
      readonly bill: BillLookedAt;
      readonly isSending: boolean;
      readonly isUnsent: boolean;
      /** Another file has taken its place: it is handed in only by a second press. */
      readonly isOld: boolean;
      /** It takes the place of what the provider delivered, and waits for another person's yes. */
      readonly proposed: string | null;
    }
  | { readonly kind: "taken"; readonly bill: BillLookedAt; readonly isNew: boolean };

type Shown = Extract<BillDrop, { kind: "shown" }>;

export type BillDropState = ReturnType<typeof createBillDrop>;

/** Reads a dropped file in a worker, shows it, and hands it in only when it is pressed for. */
export function createBillDrop(parts: BooksParts, onTaken: () => void) {
  const [drop, setDrop] = createSignal<BillDrop>({ kind: "none" });
  let running: BillBeingRead | null = null;
  const stop = (): void => {
    running?.stop();
    running = null;
  };
  onCleanup(stop);

  const read = async (file: File): Promise<void> => {
    stop();
    const { name } = file;
    if (file.size > handedInBytesMax) return void setDrop({ kind: "tooLarge", name });
    setDrop({ kind: "reading", name, part: 0, rows: 0 });
    const begun = drop();
    // whose file it is can only be told from the shop's accounts
    if (parts.accounts().length === 0) await parts.accountsLive.refresh();
    if (drop() !== begun) return;
    if (parts.accounts().length === 0) return void setDrop({ kind: "noAccounts", name });
    const accounts = parts.accounts().map(({ id, channel, number }) => ({ id, channel, number }));
    const mine = readBillFile(file, accounts, (part, rows) => {
      if (running === mine) setDrop({ kind: "reading", name, part, rows });
    });
    running = mine;
    const reading = await mine.reading;
    if (running !== mine) return;
    running = null;
    setDrop(shownOf(file, reading));
  };

  const handIn = async (account: string, approval?: string): Promise<void> => {
    const shown = drop();
    if (shown.kind !== "shown" || shown.isSending) return;
    const now = { ...shown, proposed: null };
    setDrop({ ...now, isSending: true, isUnsent: false });
    const answer = await booksClient.handIn({ ...namedBy(now, account), ...(approval && { approval }) }, now.file);
    if (drop().kind !== "shown") return;
    if (!answer.ok && answer.refusal === "signedOut") parts.office.setSession(null);
    const next = afterSent(now, account, answer);
    setDrop(next);
    if (next.kind === "taken") onTaken();
  };

  return {
    drop,
    read,
    handIn,
    /** Whoever asked does not wait for the other's yes any more. */
    unasked(): void {
      const now = drop();
      if (now.kind === "shown") setDrop({ ...now, proposed: null });
    },
    clear(): void {
      stop();
      setDrop({ kind: "none" });
    },
  };
}

/** What a file has come to after it was sent. */
function afterSent(now: Shown, account: string, answer: Awaited<ReturnType<typeof booksClient.handIn>>): BillDrop {
  if (!answer.ok)
    return typeof answer.refusal === "object"
      ? { kind: "refused", name: now.file.name, why: refusalOf(answer.refusal.refused) }
      : { ...now, isSending: false, isUnsent: true };
  const { value } = answer;
  if ("proposed" in value) return { ...now, proposed: value.proposed };
  return value.isOld ? { ...now, isOld: true } : { kind: "taken", bill: { ...now.bill, account }, isNew: value.isNew };
}

function shownOf(file: File, reading: BillReading | null): BillDrop {
  if (reading === null) return { kind: "refused", name: file.name, why: refusalOf("notABill: its reader stopped") };
  if (reading.kind === "refused") return { kind: "refused", name: file.name, why: reading };
  return { kind: "shown", file, bill: reading, isSending: false, isUnsent: false, isOld: false, proposed: null };
}

/** The gateway's own reader says "trouble: detail". */
function refusalOf(told: string): Refused {
  const [, trouble = "notABill", detail = told] = /^(\w+): (.*)$/s.exec(told) ?? [];
  return { kind: "refused", trouble, detail, line: null, column: null };
}

/** The gateway keeps names of up to 128 characters. */
function nameOf({ name }: File): string {
  return name === "" ? "bill" : name.slice(-128);
}

/** As what it is handed in. */
function namedBy({ bill, file, isOld }: Shown, account: string): HandedIn {
  return { account, kind: bill.bill, day: bill.day, name: nameOf(file), ...(isOld ? { again: "yes" } : {}) };
}
