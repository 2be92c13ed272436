import type { OfficeWords } from "../office-words.ts";

export const officeExceptionsEn: OfficeWords["exception"] = {
  lateCapture: {
    title: "Said unpaid, then paid after all: owed to the customer",
    text: "Find it by our number in the provider's merchant portal and refund it there. The receipt stays as it is.",
  },
  entryNotUnderstood: {
    title: "A till sent an entry the gateway cannot read",
    text: "It is kept as it came, nothing is lost. The till is probably newer: update the gateway, then have the entry posted.",
  },
  brokenChain: {
    title: "A till's journal does not fit together",
    text: "The device may have been copied or restored. Stop using it, count its cash and receipts, then give it a new activation code.",
  },
  saleLeftOpen: {
    title: "A sale was still open when the shift ended",
    text: "See whether its payment arrived. If it did and the goods are gone, have the cashier make the receipt; if not, there is nothing to do.",
  },
  captureOnCompletedSale: {
    title: "The till gave this payment up, but a receipt counts it",
    text: "Nothing was refunded. Ask the cashier how the customer paid; if twice, refund one in the provider's merchant portal.",
  },
  quarantined: {
    title: "A stopped till sent entries",
    text: "They are kept apart, not posted. Check whether they were made before it was stopped; when in doubt find the device.",
  },
  reversalStuck: {
    title: "A reversal does not succeed",
    text: "The gateway goes on trying. Look at it in the provider's merchant portal: if paid, refund it there; if not, there is nothing to do.",
  },
  refundStuck: {
    title: "A refund did not go through",
    text: "The provider could not give the money back. Look for the refund's number in the merchant portal; pay the customer another way if it stays there.",
  },
  refundAboveLeft: {
    title: "The same goods came back twice",
    text: "More went back than was paid. A refund to a wallet was not sent; cash that was handed out is gone. Lay the receipts below side by side, then talk to the customer.",
  },
  refundUnapproved: {
    title: "A refund waits: nobody who may has agreed to it",
    text: "The till promised it, but the gateway saw no second person, or it does not fit its receipt. Nothing was sent. Check the receipt; if it is right, refund it in the merchant portal.",
  },
  heldTwice: {
    title: "A held sale was completed twice",
    text: "Two tills completed the same held ticket. If the customer paid twice, give one back.",
  },
  cashOutUnapproved: {
    title: "Cash for empties without approval",
    text: "More went out of the drawer for empties than the cashier may pay alone, and nobody who may has said yes. The sale stands; ask the cashier why.",
  },
  reductionUnapproved: {
    title: "A discount without approval",
    text: "It was deeper than the cashier may give alone, and nobody who may has said yes. The sale stands; ask the cashier why.",
  },
  clockWrong: {
    title: "A till's clock was wrong: the business date may be off",
    text: "Sales of this shift stand under another business date. Set the device's clock right; the next sign-on opens a new shift by itself.",
  },
  tenderWithoutCapture: {
    title: "A receipt counts this payment, but the money did not arrive",
    text: "Wait for the day's bill: Reconciliation then says whether the provider has it. If it is urgent, look for our number in the provider's merchant portal.",
  },
  about: "About",
  technical: (text) => `for support: ${text}`,
  total: (count) => (count === 1 ? "1 thing" : `${count} things`),
  openPayment: "Open the payment",
  asDifference: "The bill has been matched: the difference says what the provider has, and what can be done.",
  openDifference: "Open the difference",
  look: "Looked at",
  lookNote: "What came of it",
  lookFailed: "Not noted: it is over, or the gateway did not answer. Look again.",
  openSale: "Open the sale's payments",
};
