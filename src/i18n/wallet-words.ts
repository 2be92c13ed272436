/** Every sentence of the sandbox's phone. Written for a tester who plays the customer. */
export type WalletWords = {
  readonly title: string;
  readonly notRealMoney: string;
  readonly language: string;
  /** Whose wallet it is. */
  readonly wallet: string;
  readonly wallets: { readonly [Name in WalletProvider]: string };
  readonly showToTill: string;
  readonly renewsIn: (seconds: number) => string;
  readonly copyDigits: string;
  readonly copied: string;
  readonly loadingCode: string;
  readonly unreachable: string;
  readonly whatHappens: string;
  readonly groups: { readonly customer: string; readonly platform: string; readonly reversal: string };
  readonly behaviours: { readonly [Name in WalletBehaviour]: string };
  readonly wants: (payee: string) => string;
  readonly password: string;
  readonly passwordEntered: (digits: number) => string;
  readonly anySixDigits: string;
  readonly tillWaits: (seconds: number) => string;
  readonly tillGivesUp: string;
  readonly confirm: (amount: string) => string;
  readonly orPretend: string;
  readonly notEnough: string;
  readonly cancel: string;
  readonly dontAnswer: string;
  readonly erase: string;
  readonly paid: string;
  readonly notPaid: string;
  readonly becauseNotEnough: string;
  readonly becauseCancelled: string;
  readonly noAnswer: string;
  readonly noAnswerMeans: string;
  readonly reversed: string;
  readonly gaveBack: (amount: string) => string;
  readonly tookNothing: string;
  readonly nextCode: string;
  /** The code that a shop shows. */
  readonly shopCode: string;
  readonly shopCodeText: string;
  readonly scan: string;
  readonly scanUnknown: string;
  readonly scanEnded: string;
};

/** Whose wallet the phone plays. */
export type WalletProvider = "wechat" | "alipay";

/** What a tester can have the next payment do: `usual`, or a switch of the sandbox. */
export type WalletBehaviour =
  | "usual"
  | "0100"
  | "0101"
  | "0102"
  | "0103"
  | "0201"
  | "0202"
  | "0301"
  | "0302"
  | "0303"
  | "0304"
  | "0305"
  | "0401"
  | "0501"
  | "0502"
  | "0503"
  | "0601"
  | "0602";

/** Fen as yuan: ¥1,234.50 in every language, as on the till. */
export function yuan(fen: number): string {
  const text = new Intl.NumberFormat("en-US", { minimumFractionDigits: 2, maximumFractionDigits: 2 }).format(fen / 100);
  return `¥${text}`;
}
