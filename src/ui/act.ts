import type { SaleLine } from "../domain/sale-line.ts";
import { unreachable } from "../domain/assert.ts";
import type { Action } from "./keys.ts";
import type { Till } from "./till.ts";

/** Does `action` as its button on the screen would. */
export function act(action: Action, till: Till): void {
  const { register, state } = till;
  switch (action) {
    case "pay":
      return void register.beginTender();
    case "cash":
      return void register.payBy("cash");
    case "showWechat":
      return void register.payBy("wechat");
    case "showAlipay":
      return void register.payBy("alipay");
    case "hold":
      return void ((state().sale?.lines.length ?? 0) > 0 ? register.holdSale() : register.showHeld());
    case "held":
      return void register.showHeld();
    case "returnGoods":
      return register.openFind();
    case "discount":
      return register.openDiscount();
    case "lineMore":
    case "lineLess":
    case "lineRemove":
    case "lineOpen":
    case "count":
      return onNewest(action, till);
    case "search":
      return search(till);
    case "printCopy":
      return printCopy(till);
    case "drawer":
      till.ask({ kind: "drawer" });
      return void register.showShift();
    case "shift":
      return void register.showShift();
    case "next":
      return register.nextCustomer();
    case "back":
      return back(till);
    case "help":
      return till.ask({ kind: "keys" });
    case "ticket":
      // only a finger folds a phone's ticket
      return;
    default:
      return unreachable(action);
  }
}

/** To where one came from: from handing over to the count, out of the drawer's other forms to the shift, else to the goods. */
export function back({ register, state }: Till): void {
  const { kind } = state().counter;
  if (kind === "done") register.nextCustomer();
  else if (kind === "secondPerson") void register.cancelSecondPerson();
  else if (kind === "handOver") register.leaveHandOver();
  else if (kind === "cashMove" || kind === "count") void register.showShift();
  else register.backToGoods();
}

/** Nothing where the newest line is gone, or its count is not the cashier's to change. */
function onNewest(action: Action, { register, state }: Till): void {
  const line = state().sale?.lines.find((each) => each.line === state().newest);
  if (line === undefined || state().counter.kind !== "goods") return;
  if (action === "lineRemove") return register.remove(line.line);
  if (action === "lineOpen") return register.openLine(line.line);
  if (!isCounted(line)) return;
  if (action === "count")
    return document
      .querySelector<HTMLInputElement>(`[data-testid="line-${line.line}"] [data-testid="quantity"]`)
      ?.focus();
  const count = Math.abs(line.quantity.thousandths / 1000);
  if (action === "lineMore") register.setQuantity(line.line, count + 1);
  else if (count > 1) register.setQuantity(line.line, count - 1);
  else register.remove(line.line);
}

function isCounted(line: SaleLine): boolean {
  return line.quantity.unit === "piece" && line.returnOf === null && line.depositFor === null;
}

function search(till: Till): void {
  if (till.state().counter.kind !== "goods") back(till);
  document.querySelector<HTMLInputElement>('[data-testid="scan-box"]')?.focus();
}

/** Of the sale just done; of the newest in the day's list; else the list is opened to choose from. */
function printCopy({ register, state }: Till): void {
  const { counter, today } = state();
  if (counter.kind === "done") return void register.reprint(counter.sale);
  const [newest] = today;
  if (counter.kind === "sales" && newest !== undefined)
    return void register.reprint(newest.id).then(() => register.showDaysSales());
  void register.showDaysSales();
}
