import type { ReconcileTexts } from "../reconcile-texts.ts";

/** What does not agree and what waits, in the trade's words. */
export const reconcileBreaksEn: Pick<ReconcileTexts, "breaks" | "waits"> = {
  breaks: {
    withUsNotWithThem: (channel) => ({
      mark: "Not with them",
      title: `We count it as paid; ${channel}'s bill does not have it`,
      text: "The books hold a receivable too many: this money will not be settled.",
      next: `Ask ${channel} once more. If it is not there and the goods are gone, ask the customer to pay; else it is the shop's loss.`,
    }),
    captureUnknown: (channel) => ({
      mark: "Capture not recorded",
      title: `The receipt counts it and ${channel} took it; only our capture is missing`,
      text: "The money is there and the goods are sold. One entry is missing.",
      next: "Record the capture, and the books are even. The customer need not be asked.",
    }),
    saleWithoutPayment: (channel) => ({
      mark: "Receipt, no money",
      title: `The receipt says paid; ${channel} has no such payment`,
      text: "The goods are sold and the money did not come: short.",
      next: `Look the number up in ${channel}'s merchant portal. If it is not there, ask the customer to pay, or the shop bears it.`,
    }),
    captureWithoutSale: () => ({
      mark: "Capture without sale",
      title: "Money arrived, and no receipt counts it",
      text: "The customer paid and the sale was not completed. The money stands in suspense; it is no revenue yet.",
      next: "If the goods were taken, complete the sale; if not, give the money back.",
    }),
    paidTwice: () => ({
      mark: "Paid twice",
      title: "The customer paid twice: what is too much goes back",
      text: "The receipt was settled in another way; this payment is over.",
      next: "Refund it the way it came.",
    }),
    paidAfterGivingUp: (channel) => ({
      mark: "Paid after all",
      title: `${channel} said not paid, and it was paid after all: give it back`,
      text: "The till had given it up, and the money came. It is owed to the customer.",
      next: "Refund it. If the customer took the goods and paid nothing else, complete the sale instead.",
    }),
    notGivenBack: (channel) => ({
      mark: "Reversal not given back",
      title: `We reversed it; ${channel} did not give it back`,
      text: "The customer's money still lies with the shop: over, and owed.",
      next: `Ask ${channel} once more; if it is still there, refund it.`,
    }),
    paymentUnknown: () => ({
      mark: "Not with us",
      title: "The bill has it, we do not",
      text: "The number has our form, and neither till nor gateway knows it. Money came that nobody claims.",
      next: "See whether a till still has to upload or was restored from an old copy. If nothing is found, give it back.",
    }),
    amountDiffers: (channel) => ({
      mark: "Amount differs",
      title: `The same payment, another amount in ${channel}'s bill`,
      text: "Settlement goes by the bill; the difference stands as unexplained.",
      next: `Ask ${channel} with the number. If the bill is right, follow it; if not, wait for a corrected one.`,
    }),
    tenderDiffers: () => ({
      mark: "Receipt differs",
      title: "The receipt counts another amount than was paid",
      text: "What was paid is certain; the receipt says more or less. The difference is in suspense.",
      next: "Ask the cashier with the receipt at hand: collect what is short, give back what is over.",
    }),
    rateDiffers: () => ({
      mark: "Fee differs",
      title: "The fee is not what the agreed rate gives",
      text: "The bill's fee is booked. Only fees are touched, no takings.",
      next: "If the rate changed, set it in Bills, Fee rates; if not, claim it back by your contract.",
    }),
    refundStuck: () => ({
      mark: "Refund stuck",
      title: "Money promised to the customer did not go",
      text: "The receipt says refunded; the customer has nothing yet. It is owed.",
      next: "See whether the balance is enough and refund again; else pay another way and keep the proof.",
    }),
    refundOutside: (channel) => ({
      mark: "Refunded outside",
      title: `${channel} shows a refund that was not made here`,
      text: "Somebody refunded in the merchant portal, or a dispute took it. Money is gone and there is no return.",
      next: "Find out who and why. If it was a return, record it; if not, it is a loss.",
    }),
    unprovenTender: (channel) => ({
      mark: "Static code not found",
      title: `Paid to the static code while offline; not found in ${channel}'s bill`,
      text: "The cashier saw it on the phone; the bill has nothing of that amount near that time.",
      next: "Was another shop's code scanned? Look at the camera and the customer's record. Else the shop bears it.",
    }),
    footerDiffers: () => ({
      mark: "Bill's total wrong",
      title: "The bill's own total is not the sum of its rows",
      text: "The bill contradicts itself; rows may be missing. Its rows were matched all the same.",
      next: "Fetch it again in Bills; if it stays so, ask the provider.",
    }),
    billMissing: (channel) => ({
      mark: "Bill missing",
      title: `${channel}'s bill of this day did not come`,
      text: "Nothing of the day can be matched and no fee is booked. No money is lost.",
      next: "Ask for it now in Bills; or download it from the merchant portal and drop it there.",
    }),
    balanceDiffers: (channel) => ({
      mark: "Balance differs",
      title: `The balance with ${channel} is not what the books come to`,
      text: "Opening plus bills less payouts is not the balance in the fund flow: something moved that is not booked.",
      next: "Look in the fund flow for rows that are new: a withdrawal by hand, or another charge.",
    }),
    settlementLate: (channel) => ({
      mark: "Payout late",
      title: `${channel} paid out; the bank does not have it yet`,
      text: "The money left the provider and is past its day. It is in transit, not lost.",
      next: "See whether the bank's statement is complete, then ask the provider with the payout's number.",
    }),
    settlementShort: () => ({
      mark: "Payout short",
      title: "The bank received less than was paid out",
      text: "What is missing stays in transit: short.",
      next: "Bank or provider most likely took a fee: find out which, then book the difference.",
    }),
    settlementOver: () => ({
      mark: "Payout over",
      title: "The bank received more than was paid out",
      text: "The rest is no income of the shop's; it is held.",
      next: "Ask the provider whether two payouts came as one.",
    }),
    payoutReturned: () => ({
      mark: "Payout returned",
      title: "The bank sent the payout back",
      text: "The money is back in the balance with the provider; the bank has nothing.",
      next: "Check the name and number of the bank account; once right, the provider pays again.",
    }),
    creditUnknown: () => ({
      mark: "Credit unknown",
      title: "The bank received money that is no provider's payout",
      text: "It is in the bank, and the books do not say from where.",
      next: "Look at payer and text; if it is neither a payout nor a deposit, mark it “Not ours”: accounting books it elsewhere.",
    }),
    drawerShort: () => ({
      mark: "Drawer short",
      title: "The drawer holds less than the books say",
      text: "What is missing stands in cash over and short; it is no loss yet.",
      next: "Look for cash taken out and not recorded, or wrong change. Else charge it to staff or to loss.",
    }),
    drawerOver: () => ({
      mark: "Drawer over",
      title: "The drawer holds more than the books say",
      text: "The rest stands in cash over and short; it is no income yet.",
      next: "Look for change not given, or a sale not recorded. Give it back if a customer asks; else book a gain.",
    }),
    safeShort: () => ({
      mark: "Safe short",
      title: "The safe holds less than the books say",
      text: "What is missing stands in cash over and short; it is no loss yet.",
      next: "Look for cash taken out and not recorded, or a hand-over that a till has not uploaded yet. Else charge it to staff or to loss.",
    }),
    safeOver: () => ({
      mark: "Safe over",
      title: "The safe holds more than the books say",
      text: "The rest stands in cash over and short; it is no income yet.",
      next: "Look for a hand-over or a deposit that came back and was not recorded. Else book a gain.",
    }),
    depositMissing: () => ({
      mark: "Deposit not at the bank",
      title: "Cash went to the bank, and the bank does not have it",
      text: "It left the safe more than five days ago. It is in transit, not lost yet.",
      next: "See whether the bank’s statement reaches this far, then ask whoever took it for the bank’s receipt. Brought back? Take the deposit back.",
    }),
    depositShort: () => ({
      mark: "Deposit short",
      title: "The bank credited less than was taken to it",
      text: "What is missing stays in transit: short.",
      next: "Ask whoever took it for the bank’s receipt: a note may have been counted out or found false. Then book the difference.",
    }),
    depositOver: () => ({
      mark: "Deposit over",
      title: "The bank credited more than was taken to it",
      text: "The rest is no income yet; it is held.",
      next: "Count the safe: a note too many may have gone into the bag. Then book the difference.",
    }),
  },
  waits: {
    journal: {
      mark: "Till has to upload",
      text: "The till's journal has not come this far; it does when the till is online.",
    },
    saleOpen: { mark: "Sale still open", text: "The receipt is parked or not settled; it matches once it is." },
    nearCut: { mark: "Next day's bill", text: "Close to midnight: it may stand in the neighbouring bill." },
    refundUnderWay: { mark: "Refund under way", text: "The provider has accepted it and is not done." },
    attemptLive: { mark: "Still asking", text: "This payment has no end yet; the gateway goes on asking." },
    unproved: {
      mark: "Not proved yet",
      text: "Paid to the static code while offline: waits for the bill, or for a person to name the row.",
    },
    billNotHere: { mark: "Waits for the bill", text: "The day's bill is not here yet." },
    billEarly: {
      mark: "Not in the early bill",
      text: "The bill that is here came before this. It is asked for again until the whole day is in it.",
    },
    letWait: {
      mark: "Somebody lets it wait",
      text: "A person has looked at it and lets it wait. It turns red again then, if it still differs.",
    },
  },
};
