import { createSignal } from "solid-js";
import type { ProductListAnswer } from "../../contract/product-list.ts";
import type { ProductColumns } from "../../domain/products/columns.ts";
import type { Office } from "../office.ts";
import { setupClient } from "./setup-client.ts";

/** As the gateway's own limit on a list. */
export const listMebibytesMax = 16;

/** Where a list of goods stands that a person hands in. */
export type ListStand =
  | { readonly kind: "none" }
  | { readonly kind: "reading"; readonly file: File }
  | { readonly kind: "failed"; readonly why: "tooLarge" | "unreadable" | "failed"; readonly file: File | null }
  | { readonly kind: "shown"; readonly file: File; readonly answer: ProductListAnswer };

export type ListState = ReturnType<typeof createProductList>;

/** Reads a list, shows what it would change, and takes it in when a person says so. */
export function createProductList(office: Office, firstTax: number, onTaken: () => void) {
  const [stand, setStand] = createSignal<ListStand>({ kind: "none" });
  const [tax, setTax] = createSignal(firstTax);
  const [leaveOut, setLeaveOut] = createSignal(false);
  const [isTaking, setTaking] = createSignal(false);
  let turn = 0;
  const send = async (file: File, columns: ProductColumns | null, take: boolean): Promise<void> => {
    if (file.size > listMebibytesMax * 1024 ** 2) return void setStand({ kind: "failed", why: "tooLarge", file: null });
    turn += 1;
    const mine = turn;
    if (stand().kind !== "shown") setStand({ kind: "reading", file });
    setTaking(take);
    const answer = await setupClient.list(file, { columns, tax: tax(), leaveOut: leaveOut(), take });
    // a later choice was made meanwhile: its answer is the one that counts
    if (mine !== turn) return;
    setTaking(false);
    if (answer.ok) {
      setStand({ kind: "shown", file, answer: answer.value });
      if (answer.value.kind === "taken") onTaken();
      return;
    }
    if (answer.refusal === "signedOut") office.setSession(null);
    setStand({ kind: "failed", why: typeof answer.refusal === "object" ? "unreadable" : "failed", file });
  };
  return {
    stand,
    tax,
    leaveOut,
    setLeaveOut,
    isTaking,
    read: (file: File) => send(file, null, false),
    readBy: (file: File, columns: ProductColumns) => send(file, columns, false),
    take: (file: File, columns: ProductColumns) => send(file, columns, true),
    /** What stands already is read anew by it. */
    setTax(next: number): void {
      setTax(next);
      const now = stand();
      if (now.kind === "shown" && now.answer.kind !== "taken") void send(now.file, now.answer.columns, false);
    },
    clear(): void {
      turn += 1;
      setTaking(false);
      setLeaveOut(false);
      setStand({ kind: "none" });
    },
  };
}
