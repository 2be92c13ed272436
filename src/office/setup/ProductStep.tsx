import { For, Match, Show, Switch } from "solid-js";
import type { ProductListAnswer } from "../../contract/product-list.ts";
import { productColumns, type ProductColumns } from "../../domain/products/columns.ts";
import { nameOf } from "../../domain/item.ts";
import { setupWords } from "../../i18n/setup-words.ts";
import { Icon } from "../../ui/parts/icons.tsx";
import { ColumnChoices, headLine } from "../ColumnChoices.tsx";
import { FilePlace } from "../FilePlace.tsx";
import { RefusedFile } from "../RefusedFile.tsx";
import { createProductList, listMebibytesMax, type ListStand, type ListState } from "./product-list-state.ts";
import { ProductRemarks, ProductSample, ProductTroubles } from "./product-tables.tsx";
import type { StepProps } from "./setup-parts.ts";

/** Rates of each currency's country in basis points, the usual one first. */
const rates = { CNY: [1_300, 900, 600, 300, 100, 0], JPY: [1_000, 800, 0], USD: [0] } as const;
const needed: ReadonlySet<keyof ProductColumns> = new Set(["name", "price"]);

type Of<Kind extends ListStand["kind"]> = Extract<ListStand, { kind: Kind }>;
type Props = StepProps & { readonly state: ListState };

/** A list of goods from a person: chosen, read and shown, and taken in only by a press. */
export function ProductStep(props: StepProps) {
  const { office } = props;
  const words = () => setupWords(office.language()).list;
  const state = createProductList(office, rates[props.shop.currency][0], () => props.refresh());
  const as = <Kind extends ListStand["kind"]>(kind: Kind): Of<Kind> | null => {
    const now = state.stand();
    return now.kind === kind ? (now as Of<Kind>) : null;
  };
  return (
    <div class="setup-list">
      <Switch
        fallback={
          <FilePlace
            text={words().text}
            choose={words().choose}
            accept=".csv,.txt,.xlsx"
            testId="list"
            take={(file) => void state.read(file)}
          />
        }
      >
        <Match when={as("reading")}>
          <p role="status">{words().reading}</p>
        </Match>
        <Match when={as("failed")}>{(now) => <Failed {...props} state={state} now={now()} />}</Match>
        <Match when={as("shown")}>{(now) => <Shown {...props} state={state} now={now()} />}</Match>
      </Switch>
      <Show when={state.stand().kind !== "shown" || as("shown")?.answer.kind !== "taken"}>
        <label class="setup-tax">
          {words().tax}
          <select data-testid="list-tax" onChange={(event) => state.setTax(Number(event.currentTarget.value))}>
            <For each={rates[props.shop.currency]}>
              {(rate) => (
                <option value={rate} selected={rate === state.tax()}>
                  {words().percent(String(rate / 100))}
                </option>
              )}
            </For>
          </select>
          <small>{words().taxNote}</small>
        </label>
      </Show>
    </div>
  );
}

function Failed(props: Props & { readonly now: Of<"failed"> }) {
  const words = () => setupWords(props.office.language()).list;
  const retry = (): (() => void) | null => {
    const { why, file } = props.now;
    return why === "failed" && file !== null ? () => void props.state.read(file) : null;
  };
  return (
    <RefusedFile
      office={props.office}
      why={props.now.why === "tooLarge" ? words().tooLarge(listMebibytesMax) : words()[props.now.why]}
      retry={retry()}
      again={words().again}
      clear={props.state.clear}
      testId="list"
    />
  );
}

function Shown(props: Props & { readonly now: Of<"shown"> }) {
  const words = () => setupWords(props.office.language()).list;
  const answer = () => props.now.answer;
  return (
    <div class="setup-shown" data-testid="list-shown" data-kind={answer().kind}>
      <p class="soft">{props.now.file.name}</p>
      <Show
        when={answer().kind !== "taken"}
        fallback={
          <>
            <p class="state received" role="status" data-testid="list-taken">
              <Icon name="check" />
              <span>{words().taken(answer().added, answer().changed, answer().wrongLines)}</span>
            </p>
            <button class="plain" data-testid="list-again" onClick={() => props.state.clear()}>
              {words().again}
            </button>
          </>
        }
      >
        <Preview {...props} />
      </Show>
    </div>
  );
}

function Preview(props: Props & { readonly now: Of<"shown"> }) {
  const words = () => setupWords(props.office.language()).list;
  const answer = () => props.now.answer;
  const count = () => answer().added + answer().changed;
  const isRight = () => answer().wrongLines === 0 || props.state.leaveOut();
  return (
    <>
      <Counts {...props} answer={answer()} />
      <Show when={answer().wrongLines > 0}>
        <ProductTroubles office={props.office} answer={answer()} />
        <label class="setup-leave">
          <input
            type="checkbox"
            data-testid="list-leave-out"
            checked={props.state.leaveOut()}
            onChange={(event) => props.state.setLeaveOut(event.currentTarget.checked)}
          />
          {words().leaveOut(answer().wrongLines)}
        </label>
      </Show>
      <Show when={answer().remarkCount > 0}>
        <ProductRemarks office={props.office} answer={answer()} />
      </Show>
      <Show when={answer().sample.length > 0}>
        <ProductSample office={props.office} answer={answer()} currency={props.shop.currency} />
      </Show>
      <details open={answer().columns === null}>
        <summary>{words().columns}</summary>
        <Columns {...props} answer={answer()} choose={(columns) => void props.state.readBy(props.now.file, columns)} />
      </details>
      <div class="row">
        <Show when={answer().columns}>
          {(columns) => (
            <button
              class="go"
              data-testid="list-take"
              disabled={!isRight() || count() === 0 || props.state.isTaking()}
              onClick={() => void props.state.take(props.now.file, columns())}
            >
              {props.state.isTaking() ? words().reading : words().take(count())}
            </button>
          )}
        </Show>
        <button class="plain" data-testid="list-again" onClick={() => props.state.clear()}>
          {words().again}
        </button>
      </div>
    </>
  );
}

function Counts(props: Props & { readonly answer: ProductListAnswer }) {
  const words = () => setupWords(props.office.language()).list;
  return (
    <Show when={props.answer.columns !== null} fallback={<p class="fault">{words().noHeads}</p>}>
      <ul class="setup-counts num" data-testid="list-counts">
        <li>{words().added(props.answer.added)}</li>
        <li>{words().changed(props.answer.changed)}</li>
        <li>{words().same(props.answer.same)}</li>
        <Show when={props.answer.wrongLines > 0}>
          <li class="danger">{words().wrong(props.answer.wrongLines)}</li>
        </Show>
      </ul>
      <Show when={props.answer.lines > 0 && props.answer.same === props.answer.lines}>
        <p class="soft">{words().nothingNew}</p>
      </Show>
      <Show when={props.answer.categories.length > 0}>
        <p class="soft">
          {words().categories(props.answer.categories.map((names) => nameOf({ names }, props.office.language())))}
        </p>
      </Show>
    </Show>
  );
}

function Columns(
  props: Props & { readonly answer: ProductListAnswer; readonly choose: (columns: ProductColumns) => void },
) {
  const words = () => setupWords(props.office.language()).list;
  const at = () => headLine(props.answer.head, props.answer.columns?.name ?? null);
  const heads = () => props.answer.head[at()] ?? [];
  const columns = (): ProductColumns => props.answer.columns ?? empty(heads().find((each) => each.trim() !== "") ?? "");
  return (
    <ColumnChoices
      legend={words().columns}
      none={words().none}
      heads={heads()}
      below={props.answer.head[at() + 1] ?? []}
      columns={productColumns.map((of) => ({
        of,
        title: words().column[of],
        isNeeded: needed.has(of),
        value: columns()[of],
      }))}
      choose={(of, head) => props.choose({ ...columns(), [of]: head })}
    />
  );
}

function empty(head: string): ProductColumns {
  const rest = Object.fromEntries(productColumns.map((of) => [of, null]));
  return { ...rest, name: head, price: head } as ProductColumns;
}
