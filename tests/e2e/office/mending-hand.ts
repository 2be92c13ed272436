import type { MendingAction } from "../../../src/domain/reconciliation/mending.ts";
import type { BreakClass } from "../../../src/domain/reconciliation/verdict.ts";
import type { TradedOffice } from "./traded-office.ts";

/** What a careful owner does about each class; what cannot be done is done the other way. */
const ways: readonly (readonly [BreakClass, ...MendingAction[]])[] = [
  ["settlementShort", "accept"],
  ["settlementOver", "accept"],
  ["payoutReturned", "accept"],
  ["settlementLate", "wait"],
  ["creditUnknown", "notOurs"],
  ["footerDiffers", "accept"],
  ["balanceDiffers", "writeOff"],
  ["drawerOver", "accept"],
  ["drawerShort", "writeOff"],
  ["safeOver", "accept"],
  ["safeShort", "writeOff"],
  ["depositOver", "accept"],
  ["depositShort", "accept"],
  ["depositMissing", "writeOff"],
  ["rateDiffers", "takeFee"],
  ["amountDiffers", "writeOff"],
  ["tenderDiffers", "writeOff"],
  ["unprovenTender", "writeOff"],
  ["saleWithoutPayment", "writeOff"],
  ["captureUnknown", "adopt"],
  ["captureWithoutSale", "completeSale", "refund"],
  ["paymentUnknown", "notOurs"],
  ["refundOutside", "adoptRefund", "writeOff"],
  ["withUsNotWithThem", "writeOff"],
  ["paidTwice", "refund"],
  ["paidAfterGivingUp", "refund"],
  ["notGivenBack", "refund"],
  // last, for a refund that was sent above may come back
  ["refundStuck", "payOtherwise"],
];

/** What no provider has is found under all accounts alone. */
const ofNobody = "";

const isOfCash = /^(?:drawer|safe|deposit)/u;

const togetherMsMax = 2_000;

/** Time for the proposal's job to look, and for a refund to go out. */
const carriedOutMs = 4_000;

/** A hand that mends breaks on the pages, with a second person who types a PIN beside. */
export function mendingHand(office: TradedOffice, second: { readonly id: string; readonly pin: string }) {
  /** Types what the action needs, sends it, and lets the other person agree. */
  const mend = async (type: BreakClass, action: MendingAction): Promise<void> => {
    const box = office.page.locator(`[data-testid="mend"][data-class="${type}"]`);
    const at = (id: string) => box.locator(`[data-testid="${id}"]`);
    await at(`offer-${action}`).click();
    await at("mend-form").waitFor();
    if (action === "payOtherwise") await at("mend-proof").fill("till slip 17");
    await at("mend-reason").fill("looked at on the fourth day");
    await at("mend-go").click();
    const proposed = at("mend-proposed");
    await Promise.race([proposed.waitFor(), at("mend-told").waitFor(), at("mend-fault").waitFor()]);
    const isProposed = await proposed.isVisible();
    if (isProposed) {
      await at("ask-who").selectOption(second.id);
      await at("ask-secret").fill(second.pin);
      await at("ask-go").click();
      await at("mend-told").waitFor();
    }
    await office.pass(carriedOutMs);
    if (isProposed) await proposed.waitFor({ state: "detached" });
  };
  /** The open breaks of a class and account, as the list shows them; how many lines. */
  const list = async (type: BreakClass, account: string): Promise<number> => {
    await office.go("reconciliation");
    await office.at("days-table").or(office.page.locator(".empty")).first().waitFor();
    await office.go("reconciliation/open/breaks");
    await office.at("items-class").waitFor();
    const answered = office.page.waitForResponse((response) => {
      const { pathname, searchParams: asked } = new URL(response.url());
      return (
        pathname.endsWith("/reconciliation/items") &&
        asked.get("class") === type &&
        (asked.get("account") ?? ofNobody) === account
      );
    });
    await office.at("reconciliation-account").selectOption(account);
    await office.at("items-class").selectOption(type);
    const { items } = (await (await answered).json()) as { readonly items: readonly unknown[] };
    if (items.length > 0)
      await office
        .at("item-row")
        .nth(items.length - 1)
        .waitFor();
    return items.length;
  };
  const mendOf = async (type: BreakClass, account: string, action: MendingAction): Promise<number> => {
    const lines = await list(type, account);
    if (lines === 0) return 0;
    const together = office.at("mend-together");
    // lines of several causes are opened one by one
    const isOne =
      lines > 1 &&
      (await together.waitFor({ timeout: togetherMsMax }).then(
        () => true,
        () => false,
      ));
    if (!isOne) await office.at("item-row").first().click();
    await mend(type, action);
    return lines;
  };
  return {
    /** Goes through all classes and accounts until nothing more can be mended; answers how often something was decided. */
    async mendAll(accounts: readonly string[]): Promise<number> {
      let decided = 0;
      for (const [type, ...actions] of ways)
        for (const account of isOfCash.test(type) ? [ofNobody] : accounts)
          for (const action of actions) {
            let before = Number.POSITIVE_INFINITY;
            for (let lines = await mendOf(type, account, action); lines > 0 && lines < before;) {
              decided += 1;
              before = lines;
              lines = await mendOf(type, account, action);
            }
          }
      return decided;
    },
  };
}
