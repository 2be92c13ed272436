/** Whose wallet and wire; the mark of its lines in the store. */
export type ProviderName = "wechat" | "alipay";
