import type { BillSource } from "../../src/gateway/provider-bills.ts";

/** A stored file as a reader sees it, given in pieces of `pieceBytes`. */
export function sourceOf(bytes: Uint8Array, pieceBytes = 4096): BillSource {
  return {
    size: bytes.length,
    announced: null,
    async *read(start, end) {
      for (let at = start; at < end; at += pieceBytes) yield bytes.slice(at, Math.min(end, at + pieceBytes));
    },
  };
}
