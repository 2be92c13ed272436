import { createEffect, createSignal, For, Show, type JSX } from "solid-js";
import type { DrawerReason } from "../../domain/journal.ts";
import { negate, type Money } from "../../domain/money.ts";
import { permits } from "../../domain/permissions.ts";
import { addedTax, type ShiftTotals } from "../../domain/shift.ts";
import { notTold } from "../../domain/shift-document.ts";
import { loadShiftWords, type ShiftWords } from "../../i18n/areas/shift-words.ts";
import { useAreaWords } from "../area-words.ts";
import { Icon } from "../parts/icons.tsx";
import { useTill } from "../till.ts";

const drawerReasons: readonly DrawerReason[] = ["change", "checkCash", "other"];

/** The shift so far, and what can be done with it. What must be in the drawer is not here: the count stays blind. */
export function Shift(): JSX.Element {
  const { state } = useTill();
  const words = useAreaWords(loadShiftWords);
  const totals = (): ShiftTotals | null => {
    const { counter } = state();
    return counter.kind === "shift" ? counter.totals : null;
  };
  return <Show when={words()}>{(spoken) => <Page words={spoken()} totals={totals()} />}</Show>;
}

function Page(props: { readonly words: ShiftWords; readonly totals: ShiftTotals | null }): JSX.Element {
  const { register, state, formats, zone } = useTill();
  const since = (): string => {
    const { totals } = props;
    if (totals === null) return "";
    return props.words.since(state().who?.name ?? "", totals.businessDate, formats().time(totals.openedAt, zone()));
  };
  return (
    <div class="sheet shift" data-testid="shift">
      <header>
        <h1>{props.words.title}</h1>
        <p class="num">{since()}</p>
        <button type="button" class="quiet" data-testid="shift-back" onClick={() => register.backToGoods()}>
          {props.words.back} <kbd>Esc</kbd>
        </button>
      </header>
      <div class="shiftbody">
        <div class="figures">
          <Show when={state().cutPassed}>
            <p class="cutnote" role="status" data-testid="shift-cut">
              <Icon name="wait" />
              <span>
                <b>{props.words.cut.title}</b> {props.words.cut.text}
              </span>
            </p>
          </Show>
          <Show when={props.totals}>{(totals) => <Figures words={props.words} totals={totals()} />}</Show>
          <p class="hint">{props.words.blind}</p>
        </div>
        <Acts words={props.words} />
      </div>
    </div>
  );
}

function Figures(props: { readonly words: ShiftWords; readonly totals: ShiftTotals }): JSX.Element {
  const { state, words, formats } = useTill();
  const plain = (amount: Money): string => formats().money(amount);
  /** Sums less the wallets' would tell what must be in the drawer: not before the count, to whom figures are not open. */
  const isBlind = (): boolean => {
    const { who, permissions } = state();
    return who === null || permits(who.role, "seeFigures", 0, permissions) !== "allowed";
  };
  const written = (amount: Money): string => (isBlind() ? notTold : plain(amount));
  return (
    <>
      <dl class="figurelist num" data-testid="shift-figures">
        <Row name={props.words.sales} value={String(props.totals.sales)} testId="shift-sales" />
        <Row name={props.words.returns} value={some(props.totals.returns)} />
        <Show when={!isBlind()}>
          <Sums words={props.words} totals={props.totals} />
        </Show>
      </dl>
      <dl class="figurelist num">
        <For each={props.totals.channels}>
          {(channel) => (
            <>
              <Row name={`${words().channel[channel.channel]} × ${channel.count}`} value={written(channel.taken)} />
              <Row name={props.words.refunded} value={someOf(channel.refunded, written)} isPart />
              <Row
                name={counted(props.words.unverified, channel.unverifiedCount)}
                value={someOf(channel.unverified, written)}
                isPart
                testId={`shift-unverified-${channel.channel}`}
              />
              <Row name={props.words.tips} value={someOf(channel.tips, written)} isPart />
            </>
          )}
        </For>
        <Row name={props.words.float} value={plain(props.totals.cash.float)} />
        <Row name={props.words.paidIn} value={someOf(props.totals.cash.paidIn, plain)} testId="shift-paid-in" />
        <Row name={props.words.paidOut} value={someOf(props.totals.cash.paidOut, plain)} testId="shift-paid-out" />
        <Row name={props.words.voided} value={some(props.totals.voided)} />
        <Row
          name={props.words.drawerOpened}
          value={props.totals.drawerOpened === 0 ? null : props.words.times(props.totals.drawerOpened)}
          testId="shift-drawer-opened"
        />
      </dl>
    </>
  );
}

function Sums(props: { readonly words: ShiftWords; readonly totals: ShiftTotals }): JSX.Element {
  const { formats } = useTill();
  const written = (amount: Money): string => formats().money(amount);
  return (
    <>
      <Row name={props.words.sold} value={written(props.totals.sold)} />
      <Row name={props.words.returned} value={someOf(props.totals.returned, written)} />
      <Row name={props.words.discounts} value={someOf(props.totals.discounts, written)} />
      <Row name={props.words.rounding} value={someOf(props.totals.rounding, (amount) => written(negate(amount)))} />
      <Row name={props.words.taxAdded} value={someOf(addedTax(props.totals), written)} />
      <Row name={props.words.net} value={written(props.totals.net)} isTotal testId="shift-net" />
      <Row name={props.words.tax} value={written(props.totals.tax)} />
      <Show when={props.totals.late}>
        {(late) => (
          <Row name={`${props.words.late} × ${late().sales}`} value={written(late().net)} testId="shift-late" />
        )}
      </Show>
    </>
  );
}

function some(count: number): string | null {
  return count === 0 ? null : String(count);
}

function someOf(amount: Money, written: (amount: Money) => string): string | null {
  return amount.amount === 0 ? null : written(amount);
}

/** `name` with how many it is of, where that is known. */
function counted(name: string, howMany: number | undefined): string {
  return howMany === undefined ? name : `${name} × ${howMany}`;
}

/** One figure; none at all where there is nothing to say. */
function Row(props: {
  readonly name: string;
  readonly value: string | null;
  readonly isTotal?: boolean;
  readonly isPart?: boolean;
  readonly testId?: string;
}): JSX.Element {
  return (
    <Show when={props.value}>
      {(value) => (
        <div classList={{ total: props.isTotal === true, part: props.isPart === true }}>
          <dt>{props.name}</dt>
          <dd data-testid={props.testId}>{value()}</dd>
        </div>
      )}
    </Show>
  );
}

function Acts(props: { readonly words: ShiftWords }): JSX.Element {
  const { register, state, asked, ask } = useTill();
  const [asksWhy, setAsksWhy] = createSignal(false);
  createEffect(() => {
    if (asked()?.kind !== "drawer") return;
    setAsksWhy(true);
    ask(null);
  });
  const open = (reason: DrawerReason): void => {
    setAsksWhy(false);
    void register.openDrawer(reason);
  };
  return (
    <div class="shiftacts">
      <button type="button" class="quiet" data-testid="paid-in" onClick={() => register.beginCashMove("paidIn")}>
        <Icon name="moneyIn" /> {props.words.act.paidIn}
      </button>
      <button type="button" class="quiet" data-testid="paid-out" onClick={() => register.beginCashMove("paidOut")}>
        <Icon name="moneyOut" /> {props.words.act.paidOut}
      </button>
      <button
        type="button"
        class="quiet"
        data-testid="open-drawer"
        aria-expanded={asksWhy()}
        onClick={() => setAsksWhy(!asksWhy())}
      >
        <Icon name="drawer" /> {props.words.act.drawer}
      </button>
      <Show when={asksWhy()}>
        <fieldset class="chips why">
          <legend>{props.words.drawerWhy}</legend>
          <For each={drawerReasons}>
            {(reason) => (
              <button type="button" data-testid={`drawer-${reason}`} onClick={() => open(reason)}>
                {props.words.drawerReason[reason]}
              </button>
            )}
          </For>
        </fieldset>
      </Show>
      <button type="button" class="quiet" data-testid="report-shift" onClick={() => void register.reportShift()}>
        <Icon name="printer" /> {props.words.act.report}
      </button>
      <Show when={state().hasReport}>
        <button type="button" class="quiet" data-testid="reprint-shift" onClick={() => void register.reprintShift()}>
          <Icon name="printer" /> {props.words.act.reprint}
        </button>
      </Show>
      <button type="button" class="pay" data-testid="begin-count" onClick={() => void register.beginCount()}>
        {props.words.act.count}
      </button>
    </div>
  );
}
