import { Show, createSignal, lazy, type Component, type JSX } from "solid-js";
import { Dynamic } from "solid-js/web";
import type { Counter } from "../../register/state.ts";
import { listenToSwipes } from "../gestures.ts";
import { listenToKeys } from "../key-listener.ts";
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

const Shift = lazy(async () => ({ default: (await import("./Shift.tsx")).Shift }));
const CashMove = lazy(async () => ({ default: (await import("./CashMove.tsx")).CashMove }));
const KeysPage = lazy(async () => ({ default: (await import("./KeysPage.tsx")).KeysPage }));
const OwnPin = lazy(async () => ({ default: (await import("./OwnPin.tsx")).OwnPin }));
const HowMany = lazy(async () => ({ default: (await import("./HowMany.tsx")).HowMany }));
const HandOver = lazy(async () => ({ default: (await import("./HandOver.tsx")).HandOver }));
const CountDrawer = lazy(async () => ({ default: (await import("./CountDrawer.tsx")).CountDrawer }));

/** What each view of the goods side is drawn by. */
const views: { readonly [K in Counter["kind"]]: Component } = {
  goods: Goods,
  weigh: Weigh,
  tender: TenderChoice,
  secondPerson: SecondPerson,
  waiting: Waiting,
  declined: Declined,
  done: Done,
  sales: DaysSales,
  find: FindSale,
  return: ReturnGoods,
  giveBack: GiveBack,
  held: HeldSales,
  line: PriceSheet,
  discount: PriceSheet,
  shift: Shift,
  cashMove: CashMove,
  count: CountDrawer,
  handOver: HandOver,
};

/** Views without a sale to look at. */
const shiftKinds: ReadonlySet<Counter["kind"]> = new Set<Counter["kind"]>(["shift", "cashMove", "count", "handOver"]);

const isPhone = (): boolean => matchMedia("(max-width: 600px)").matches;

/** Selling: the goods, or what replaces them while paying; always beside the ticket. */
export function SellingScreen(): JSX.Element {
  const till = useTill();
  const { register, state } = till;
  const [ticketOpen, setTicketOpen] = createSignal(false);
  const kind = (): Counter["kind"] => state().counter.kind;
  /** It takes the whole width: a second person for what the shift does has no ticket beside it either. */
  const isWide = (): boolean =>
    shiftKinds.has(kind()) || (kind() === "secondPerson" && (state().sale?.lines.length ?? 0) === 0);
  listenToKeys(till);
  const isChangeable = (): boolean => state().counter.kind === "goods" && state().sale !== null;
  listenToSwipes('.ticket:not(.locked) .lines li[data-testid^="line-"]', isChangeable, (line, direction) => {
    const number = Number(line.dataset["testid"]?.slice("line-".length));
    if (direction === "left") register.remove(number);
    if (direction === "right") register.openLine(number);
  });
  listenToSwipes(".ticket > header", isPhone, (_, direction) => {
    if (direction === "up" || direction === "down") setTicketOpen(direction === "up");
  });
  return (
    <>
      <main class="counter" data-testid="counter" data-counter={kind()} data-wide={isWide() ? "" : undefined}>
        <NoticeBar />
        <Dynamic component={views[kind()]} />
      </main>
      <Show when={till.asked()?.kind === "keys"}>
        <KeysPage />
      </Show>
      <Show when={till.asked()?.kind === "ownPin"}>
        <OwnPin />
      </Show>
      <Show when={till.asked()?.kind === "count"}>
        <HowMany />
      </Show>
      <Ticket open={ticketOpen()} setOpen={setTicketOpen} />
    </>
  );
}
