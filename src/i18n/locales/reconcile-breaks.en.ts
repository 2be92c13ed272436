import type { ReconcileTexts } from "../reconcile-texts.ts";

/** What does not agree and what waits, in the trade's words. */
export const reconcileBreaksEn: Pick<ReconcileTexts, "breaks" | "waits"> = {
  breaks: {
    withUsNotWithThem: (channel) => ({
      mark: "Not with them",
      title: `We count it as paid; ${channel}'s bill does not have it`,
      text: "The books hold a receivable too many: this money will not be settled.",
      next: `Ask ${channel} once more, or let it wait for a corrected bill. If it is not there, write it off or charge it to staff.`,
    }),
    captureUnknown: (channel) => ({
      mark: "Capture not recorded",
      title: `The receipt counts it and ${channel} took it; only our capture is missing`,
      text: "The money is there and the goods are sold. One entry is missing.",
      next: "Count it as received, and the books are even. The customer need not be asked.",
    }),
    saleWithoutPayment: (channel) => ({
      mark: "Receipt, no money",
      title: `The receipt says paid; ${channel} has no such payment`,
      text: "The goods are sold and the money did not come: short.",
      next: `Ask ${channel} once more, and look the number up in its merchant portal. If it is not there, write it off or charge it to staff.`,
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
      next: "Give it back. If the customer took the goods and paid nothing else, sell them anew and let them pay that.",
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
      next: "A till that still has to upload brings it most likely: let it wait. If nobody here knows it, mark it “Not ours”.",
    }),
    amountDiffers: (channel, { isOver } = {}) => ({
      mark: "Amount differs",
      title: `The same payment, another amount in ${channel}'s bill`,
      text: "Settlement goes by the bill; the difference stands in the provider receivable.",
      next: `Ask ${channel} with the number. If its bill is wrong, wait for a corrected one; if it is right, ${isOver === true ? "book the gain" : "write the difference off"}.`,
    }),
    tenderDiffers: (_, { isOver } = {}) => ({
      mark: "Receipt differs",
      title: "The receipt counts another amount than was paid",
      text: "What was paid is certain; the receipt says more or less. The difference is in suspense.",
      next: `Ask the cashier with the receipt at hand. ${
        isOver === undefined
          ? "What is short is charged to staff or written off; what is over is a gain."
          : isOver
            ? "If nobody claims it, book the gain."
            : "Then charge it to staff or write it off."
      }`,
    }),
    rateDiffers: () => ({
      mark: "Fee differs",
      title: "The fee is not what the agreed rate gives",
      text: "The bill's fee is booked. Only fees are touched, no takings.",
      next: "If the rate changed, correct ours; if not, take the bill's fee and claim it back by your contract.",
    }),
    refundStuck: () => ({
      mark: "Refund stuck",
      title: "Money promised to the customer did not go",
      text: "The receipt says refunded; the customer has nothing yet. It is owed.",
      next: "If the provider took it on and does not finish, ask it why. Else see whether the balance is enough and refund again, or pay another way and keep the proof.",
    }),
    refundOutside: (channel) => ({
      mark: "Refunded outside",
      title: `${channel} shows a refund that was not made here`,
      text: "Somebody refunded in the merchant portal, or a dispute took it. Money is gone and there is no return.",
      next: "Find out who and why. If it was a return, take it in; if not, write it off or charge it to staff.",
    }),
    unprovenTender: (channel, { candidates = 0 } = {}) =>
      candidates > 0
        ? {
            mark: "Static code not proved",
            title: `Paid to the static code while offline; ${channel}'s bill may have it`,
            text: `The cashier saw it on the phone; ${candidates === 1 ? "a row of the bill has that amount near that time, and nothing proves that it is this" : `${candidates} rows of the bill have that amount near that time, and nothing says which of them it is`}.`,
            next: "Look at the rows below and at the customer's record, and match the one that it is. If it is none of them, let it wait, write it off or charge it to staff.",
          }
        : {
            mark: "Static code not found",
            title: `Paid to the static code while offline; not found in ${channel}'s bill`,
            text: "The cashier saw it on the phone; the bill has nothing of that amount near that time.",
            next: "Was another shop's code scanned? Look at the camera and the customer's record. Else write it off or charge it to staff.",
          },
    footerDiffers: () => ({
      mark: "Bill's total wrong",
      title: "The bill's own total is not the sum of its rows",
      text: "The bill contradicts itself; rows may be missing. Its rows were matched all the same.",
      next: "Ask for the bill again. If it stays so, ask the provider why, and accept it as it is.",
    }),
    billMissing: (channel) => ({
      mark: "Bill missing",
      title: `${channel}'s bill of this day did not come`,
      text: "Nothing of the day can be matched and no fee is booked. No money is lost.",
      next: "Ask for it now in Bills; or download it from the merchant portal and drop it there.",
    }),
    flowMissing: (channel) => ({
      mark: "Fund flow missing",
      title: `${channel}'s fund flow of this day did not come`,
      text: `Payments are matched by the trade bill as always. What lies with ${channel} is not proved for this day, and payouts of it are not known.`,
      next: "Ask for it now in Bills; or download it from the merchant portal and drop it there. If the provider no longer has it, accept it as it is.",
    }),
    balanceDiffers: (channel, { isOver } = {}) => ({
      mark: "Balance differs",
      title: `The balance with ${channel} is not what the books come to`,
      text: "Opening plus bills less payouts is not the balance in the fund flow: something moved that is not booked.",
      next: `Ask again, and look in the fund flow for rows that are new: a withdrawal by hand, or another charge. What nobody explains ${isOver === undefined ? "is written off, or a gain" : isOver ? "is booked as a gain" : "is written off"}.`,
    }),
    settlementLate: (channel) => ({
      mark: "Payout late",
      title: `${channel} paid out; the bank does not have it yet`,
      text: "The money left the provider and is past its day. It is in transit, not lost.",
      next: "See whether the bank's statement is complete and let it wait; then ask the provider with the payout's number.",
    }),
    settlementShort: () => ({
      mark: "Payout short",
      title: "The bank received less than was paid out",
      text: "What is missing stays in transit: short.",
      next: "Bank or provider most likely took a fee: find out which, then accept it as it is.",
    }),
    settlementOver: () => ({
      mark: "Payout over",
      title: "The bank received more than was paid out",
      text: "The rest is no income of the shop's; it is held.",
      next: "Ask the provider whether two payouts came as one, then accept it as it is.",
    }),
    payoutReturned: () => ({
      mark: "Payout returned",
      title: "The bank sent the payout back",
      text: "The money is back in the balance with the provider; the bank has nothing.",
      next: "Check the name and number of the bank account; once right, the provider pays again. Then accept it as it is.",
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
      next: "Look for change not given, or a sale not recorded. Else accept it: a gain.",
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
      next: "Look for a hand-over or a deposit that came back and was not recorded. Else accept it: a gain.",
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
      next: "Ask whoever took it for the bank’s receipt: a note may have been counted out or found false. Then accept it, or charge it to staff.",
    }),
    depositOver: () => ({
      mark: "Deposit over",
      title: "The bank credited more than was taken to it",
      text: "The rest is no income yet; it is held.",
      next: "Count the safe: a note too many may have gone into the bag. Then accept it: a gain.",
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
