import { createSignal } from "solid-js";
import type { AccountAnswer, AccountBody } from "../../contract/shop-setup.ts";
import type { StoreId } from "../../domain/identifier.ts";
import type { AccountFault, AccountField } from "../../domain/provider-account.ts";
import type { Trouble } from "../office-client.ts";
import { createAsking } from "../people/asking.ts";
import { setupClient } from "./setup-client.ts";
import type { StepProps } from "./setup-parts.ts";

export type Provider = AccountBody["provider"];
/** How a provider's answers are signed: by one public key, or by certificates. */
export type SignedBy = "publicKey" | "certificates";

/** What is asked for of each provider: numbers first, then files. */
export const fieldsOf: { readonly [P in Provider]: { readonly [S in SignedBy]: readonly AccountField[] } } = {
  "wechat-pay": {
    publicKey: ["mchid", "appid", "apiV3Key", "publicKeyId", "privateKey", "certificate", "publicKey"],
    certificates: ["mchid", "appid", "apiV3Key", "privateKey", "certificate"],
  },
  alipay: {
    publicKey: ["appId", "sellerId", "privateKey", "publicKey"],
    certificates: ["appId", "sellerId", "privateKey", "appCertificate", "alipayCertificate", "rootCertificate"],
  },
};
/** Whole files, pasted or chosen. */
export const ofFiles: ReadonlySet<AccountField> = new Set<AccountField>([
  "privateKey",
  "certificate",
  "publicKey",
  "appCertificate",
  "alipayCertificate",
  "rootCertificate",
]);

type Texts = Partial<Record<AccountField, string>>;
export type AccountStand =
  | { readonly kind: "filling" | "testing" }
  | { readonly kind: "answered"; readonly answer: AccountAnswer }
  | { readonly kind: "trouble"; readonly trouble: Trouble };

export type AccountForm = ReturnType<typeof createAccountForm>;

/**
 * What a person fills in of an account; keys leave the page's memory once it is in use, which `onInUse` is told. While another person is
 * asked they wait here and nowhere else.
 */
export function createAccountForm(props: StepProps, onInUse: () => void) {
  const [provider, setProvider] = createSignal<Provider>("wechat-pay");
  const [signedBy, setSignedBy] = createSignal<SignedBy>("publicKey");
  const [texts, setTexts] = createSignal<Texts>({});
  const [left, setLeft] = createSignal<readonly StoreId[]>([]);
  const [stand, setStand] = createSignal<AccountStand>({ kind: "filling" });
  const fields = () => fieldsOf[provider()][signedBy()];
  const stores = () => props.shop.stores.map(({ id }) => id).filter((id) => !left().includes(id));
  const asking = createAsking(
    (approval) => setupClient.keepAccount(bodyOf(provider(), texts(), fields(), stores()), approval),
    (answer: AccountAnswer) => {
      setStand({ kind: "answered", answer });
      if (answer.kind !== "inUse") return;
      setTexts({});
      onInUse();
      props.refresh();
    },
    (trouble) => void setStand({ kind: "trouble", trouble }),
  );
  const anew = (): void => void setStand({ kind: "filling" });
  return {
    provider,
    choose(next: Provider) {
      setTexts({});
      anew();
      setProvider(next);
    },
    signedBy,
    setSignedBy(next: SignedBy) {
      anew();
      setSignedBy(next);
    },
    fields,
    text: (field: AccountField): string => texts()[field] ?? "",
    set(field: AccountField, text: string) {
      anew();
      setTexts({ ...texts(), [field]: text });
    },
    stores,
    setStore: (id: StoreId, isUsed: boolean) =>
      void setLeft(isUsed ? left().filter((each) => each !== id) : [...left(), id]),
    stand,
    faultOf(field: AccountField): AccountFault | null {
      const now = stand();
      if (now.kind !== "answered" || now.answer.kind !== "faults") return null;
      return now.answer.faults.find((each) => each.field === field)?.why ?? null;
    },
    isComplete: () => stores().length > 0 && fields().every((field) => (texts()[field] ?? "").trim() !== ""),
    asking,
    async keep(approval?: string): Promise<void> {
      setStand({ kind: "testing" });
      await asking.run(approval);
      if (asking.proposed() !== null) anew();
    },
  };
}

function bodyOf(
  provider: Provider,
  texts: Texts,
  fields: readonly AccountField[],
  stores: readonly StoreId[],
): AccountBody {
  const text = (field: AccountField): string => (fields.includes(field) ? (texts[field] ?? "").trim() : "");
  const common = { v: 1 as const, stores: [...stores], privateKey: text("privateKey"), publicKey: text("publicKey") };
  if (provider === "wechat-pay")
    return {
      ...common,
      provider,
      mchid: text("mchid"),
      appid: text("appid"),
      apiV3Key: text("apiV3Key"),
      certificate: text("certificate"),
      publicKeyId: text("publicKeyId"),
    };
  return {
    ...common,
    provider,
    appId: text("appId"),
    sellerId: text("sellerId"),
    appCertificate: text("appCertificate"),
    alipayCertificate: text("alipayCertificate"),
    rootCertificate: text("rootCertificate"),
  };
}
