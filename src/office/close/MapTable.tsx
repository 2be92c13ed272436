import { For, Show } from "solid-js";
import { dimensionLengthMax, type MappedAccountBody } from "../../contract/accounting.ts";
import type { NamedThings } from "../../contract/named-things.ts";
import { codeLengthMax, dimensions, type Dimension } from "../../domain/accounting/account-map.ts";
import { closeWords } from "../../i18n/close-words.ts";
import { ledgerAccount } from "../../i18n/ledger-accounts.ts";
import { ledgerWords } from "../../i18n/ledger-words.ts";
import { Icon } from "../../ui/parts/icons.tsx";
import type { Office } from "../office.ts";
import { thingName } from "../thing-name.ts";
import { isCode, type MapState } from "./map-state.ts";

const nameLengthMax = 60;

type RowProps = { readonly office: Office; readonly state: MapState; readonly row: MappedAccountBody };

/** A line for each account or kind: its code and name there, and what that account asks for. */
export function MapTable(props: {
  readonly office: Office;
  readonly state: MapState;
  readonly rows: readonly MappedAccountBody[];
}) {
  const words = () => closeWords(props.office.language()).mapped;
  return (
    <table class="books-table" data-testid="map-table">
      <thead>
        <tr>
          <th>{words().account}</th>
          <th>{words().code}</th>
          <th>{words().name}</th>
          <th>{words().asks}</th>
        </tr>
      </thead>
      <tbody>
        <For each={props.rows}>{(row) => <MapRow office={props.office} state={props.state} row={row} />}</For>
      </tbody>
    </table>
  );
}

function MapRow(props: RowProps) {
  const { office, state } = props;
  const words = () => closeWords(office.language()).mapped;
  const name = (): string => accountName(office, props.row.pattern, state.names());
  return (
    <tr data-testid={`map-row-${props.row.pattern}`}>
      <td>
        <span class="map-account">
          {name()}
          <Show when={props.row.pattern.includes("/")}>
            <button
              type="button"
              class="icon-only"
              aria-label={words().remove(name())}
              title={words().remove(name())}
              data-testid="map-remove"
              onClick={() => state.remove(props.row.pattern)}
            >
              <Icon name="bin" />
            </button>
          </Show>
        </span>
      </td>
      <td>
        <input
          class="num"
          aria-label={`${words().code} ${name()}`}
          aria-invalid={props.row.code.trim() === "" || !isCode(props.row.code)}
          placeholder={`${words().code} · ${words().required}`}
          data-faulty={isCode(props.row.code) ? undefined : ""}
          maxLength={codeLengthMax}
          data-testid="map-code"
          value={props.row.code}
          onInput={(event) => state.type(props.row.pattern, { code: event.currentTarget.value })}
        />
      </td>
      <td>
        <input
          aria-label={`${words().name} ${name()}`}
          placeholder={words().name}
          maxLength={nameLengthMax}
          value={props.row.name}
          onInput={(event) => state.type(props.row.pattern, { name: event.currentTarget.value })}
        />
      </td>
      <td>
        <span class="dimensions">
          <For each={dimensions}>{(dimension) => <Asked {...props} name={name()} dimension={dimension} />}</For>
        </span>
      </td>
    </tr>
  );
}

/** One thing that the account may ask for; once it does, what it is given. */
function Asked(props: RowProps & { readonly name: string; readonly dimension: Dimension }) {
  const { state } = props;
  const words = () => closeWords(props.office.language()).mapped;
  const isAsked = (): boolean => props.row.asks.includes(props.dimension);
  return (
    <span class="dimension">
      <label>
        <input
          type="checkbox"
          aria-label={`${words().dimension[props.dimension]} ${props.name}`}
          data-testid={`map-asks-${props.dimension}`}
          checked={isAsked()}
          onChange={() => state.ask(props.row, props.dimension)}
        />
        {words().dimension[props.dimension]}
      </label>
      <Show when={isAsked()}>
        <input
          class="num"
          aria-label={`${words().dimension[props.dimension]} ${words().code} ${props.name}`}
          aria-invalid={props.row[props.dimension].trim() === ""}
          placeholder={words().required}
          maxLength={dimensionLengthMax}
          data-testid={`map-${props.dimension}`}
          value={props.row[props.dimension]}
          onInput={(event) => state.type(props.row.pattern, { [props.dimension]: event.currentTarget.value })}
        />
      </Show>
    </span>
  );
}

/** An account's kind in words, and which one of its kind. */
export function accountName(office: Office, pattern: string, names: NamedThings): string {
  const { kind, of } = ledgerAccount(pattern, ledgerWords(office.language()), (_, rest) =>
    thingName(office, names, rest),
  );
  return of === "" ? kind : `${kind} ${of}`;
}
