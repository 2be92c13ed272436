import { Match, Switch } from "solid-js";
import { permissionWords } from "../../i18n/permission-words.ts";
import { Icon } from "../../ui/parts/icons.tsx";
import { LongNumber } from "../Panel.tsx";
import type { Trouble } from "../office-client.ts";
import { troubleTold } from "../trouble-word.ts";
import type { Office } from "../office.ts";

const inviteHours = 24;

/** What a change of somebody of the staff came to. */
export type StaffResult =
  | { readonly kind: "pin"; readonly pin: string }
  | { readonly kind: "invitation"; readonly address: string }
  | { readonly kind: "saved" }
  | { readonly kind: "fault"; readonly why: Trouble };

/** What came of it: a PIN or an invitation, shown once, or why not. */
export function StaffTold(props: {
  readonly office: Office;
  readonly name: string;
  readonly result: StaffResult | null;
}) {
  const words = () => permissionWords(props.office.language());
  const of = <Kind extends StaffResult["kind"]>(kind: Kind) =>
    props.result?.kind === kind ? (props.result as Extract<StaffResult, { kind: Kind }>) : null;
  return (
    <Switch>
      <Match when={of("pin")}>
        {(told) => (
          <div class="once">
            <h4>{words().staff.pinFor(props.name)}</h4>
            <output class="code num" data-testid="staff-new-pin">
              {told().pin}
            </output>
            <p class="about">{words().shownOnce}</p>
          </div>
        )}
      </Match>
      <Match when={of("invitation")}>
        {(told) => (
          <div class="once">
            <p class="about">{words().staff.inviteText(inviteHours)}</p>
            <p data-testid="staff-invitation">
              <LongNumber office={props.office} text={told().address} label={words().staff.invite} />
            </p>
            <p class="about">{words().shownOnce}</p>
          </div>
        )}
      </Match>
      <Match when={of("saved")}>
        <p class="state received" role="status" data-testid="staff-saved">
          <Icon name="check" /> {words().saved}
        </p>
      </Match>
      <Match when={of("fault")}>
        {(told) => (
          <p class="fault" role="alert">
            {told().why === "taken" ? words().staff.nameTaken : troubleTold(props.office.words(), told().why).title}
          </p>
        )}
      </Match>
    </Switch>
  );
}
