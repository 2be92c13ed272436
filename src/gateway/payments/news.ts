import type { PaymentId, RefundId, SaleId, StoreId, TillId } from "../../domain/identifier.ts";

/** Something about a payment, a refund or a held ticket of this till changed and is committed. */
export type PaymentChange = {
  readonly store: StoreId;
  readonly till: TillId;
  readonly id: PaymentId | RefundId | SaleId;
};

/** Carries changes to whoever streams them to tills; hints only: a stream also looks for itself. */
export type PaymentNews = {
  publish(change: PaymentChange): void;
  subscribe(listener: (change: PaymentChange) => void): () => void;
  close(): Promise<void>;
};

/** News within one process. */
export function processNews(): PaymentNews {
  const listeners = new Set<(change: PaymentChange) => void>();
  return {
    publish: (change) => {
      for (const listener of listeners) listener(change);
    },
    subscribe: (listener) => {
      listeners.add(listener);
      return () => {
        listeners.delete(listener);
      };
    },
    close: async () => listeners.clear(),
  };
}
