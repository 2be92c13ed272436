import type { ShopSetUp } from "../../contract/shop-setup.ts";
import type { Office } from "../office.ts";

/** What every step is given: what is there, and how to look anew. */
export type StepProps = { readonly office: Office; readonly shop: ShopSetUp; readonly refresh: () => void };
