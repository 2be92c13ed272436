import { Match, Switch, createSignal, lazy, onCleanup, onMount, type JSX } from "solid-js";
import type { Counter } from "../../register/state.ts";
import { useTill } from "../till.ts";
import { DaysSales } from "./DaysSales.tsx";
import { Declined } from "./Declined.tsx";
import { Done } from "./Done.tsx";
import { Goods } from "./Goods.tsx";
import { NoticeBar } from "./NoticeBar.tsx";
import { SecondPerson } from "./SecondPerson.tsx";
import { TenderChoice } from "./TenderChoice.tsx";
import { Ticket } from "./Ticket.tsx";
import { Waiting } from "./Waiting.tsx";
import { Weigh } from "./Weigh.tsx";

const PriceSheet = lazy(async () => ({ default: (await import("./PriceSheet.tsx")).PriceSheet }));

const FindSale = lazy(async () => ({ default: (await import("./FindSale.tsx")).FindSale }));
const ReturnGoods = lazy(async () => ({ default: (await import("./ReturnGoods.tsx")).ReturnGoods }));
const GiveBack = lazy(async () => ({ default: (await import("./GiveBack.tsx")).GiveBack }));
const HeldSales = lazy(async () => ({ default: (await import("./HeldSales.tsx")).HeldSales }));

/** Views from which a ticket may be set aside, another taken up, or a return begun by key. */
const freeKinds: ReadonlySet<Counter["kind"]> = new Set<Counter["kind"]>(["goods", "sales", "find", "held"]);

const Shift = lazy(async () => ({ default: (await import("./Shift.tsx")).Shift }));
const CashMove = lazy(async () => ({ default: (await import("./CashMove.tsx")).CashMove }));
const CountDrawer = lazy(async () => ({ default: (await import("./CountDrawer.tsx")).CountDrawer }));

/** Selling: the goods, or what replaces them while paying; always beside the ticket. */
export function SellingScreen(): JSX.Element {
  const { register, state } = useTill();
  const [ticketOpen, setTicketOpen] = createSignal(false);
  const kind = (): Counter["kind"] => state().counter.kind;
  const onKey = (event: KeyboardEvent): void => {
    if (event.key === "F9") register.beginTender();
    else if (event.key === "F6" && freeKinds.has(kind())) setAside();
    else if (event.key === "F8" && freeKinds.has(kind())) register.openFind();
    else if (event.key === "Escape") leave();
    else if (event.key === "Enter" && kind() === "done" && !(event.target instanceof HTMLButtonElement))
      register.nextCustomer();
    else return;
    event.preventDefault();
  };
  const setAside = (): void => {
    if ((state().sale?.lines.length ?? 0) > 0) void register.holdSale();
    else void register.showHeld();
  };
  const leave = (): void => {
    if (kind() === "done") register.nextCustomer();
    else if (kind() === "secondPerson") void register.cancelSecondPerson();
    else if (kind() === "cashMove" || kind() === "count") void register.showShift();
    else register.backToGoods();
  };
  onMount(() => document.addEventListener("keydown", onKey));
  onCleanup(() => document.removeEventListener("keydown", onKey));
  return (
    <>
      <main class="counter" data-testid="counter" data-counter={kind()}>
        <NoticeBar />
        <Switch>
          <Match when={kind() === "goods"}>
            <Goods />
          </Match>
          <Match when={kind() === "weigh"}>
            <Weigh />
          </Match>
          <Match when={kind() === "tender"}>
            <TenderChoice />
          </Match>
          <Match when={kind() === "secondPerson"}>
            <SecondPerson />
          </Match>
          <Match when={kind() === "waiting"}>
            <Waiting />
          </Match>
          <Match when={kind() === "declined"}>
            <Declined />
          </Match>
          <Match when={kind() === "done"}>
            <Done />
          </Match>
          <Match when={kind() === "line" || kind() === "discount"}>
            <PriceSheet />
          </Match>
          <Match when={kind() === "shift"}>
            <Shift />
          </Match>
          <Match when={kind() === "cashMove"}>
            <CashMove />
          </Match>
          <Match when={kind() === "count"}>
            <CountDrawer />
          </Match>
          <Match when={kind() === "sales"}>
            <DaysSales />
          </Match>
          <Match when={kind() === "find"}>
            <FindSale />
          </Match>
          <Match when={kind() === "return"}>
            <ReturnGoods />
          </Match>
          <Match when={kind() === "giveBack"}>
            <GiveBack />
          </Match>
          <Match when={kind() === "held"}>
            <HeldSales />
          </Match>
        </Switch>
      </main>
      <Ticket open={ticketOpen()} setOpen={setTicketOpen} />
    </>
  );
}
