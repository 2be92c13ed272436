import { createSignal, onCleanup, Show } from "solid-js";
import type { ActivationCodeAnswer, OfficeTill } from "../contract/office.ts";
import type { Office } from "./office.ts";
import { PanelHead } from "./PanelHead.tsx";
import type { Trouble } from "./office-client.ts";
import { LongNumber } from "./Panel.tsx";
import { Icon } from "../ui/parts/icons.tsx";
import { Reading, TroubleNote } from "./states.tsx";

/** A fresh one-time code, on the screen only while this panel is open. */
export function ActivationPanel(props: { readonly office: Office; readonly till: OfficeTill }) {
  const office = props.office;
  const words = () => office.words().activation;
  const [made, setMade] = createSignal<ActivationCodeAnswer | null>(null);
  const [trouble, setTrouble] = createSignal<Trouble | null>(null);
  const [now, setNow] = createSignal(office.browser.clock.now());
  onCleanup(office.browser.clock.every(1_000, () => setNow(office.browser.clock.now())));
  const make = async (): Promise<void> => {
    setTrouble(null);
    const answer = await office.client.activationCode(props.till.id);
    setNow(office.browser.clock.now());
    if (answer.ok) setMade(answer.value);
    else if (answer.refusal === "signedOut") office.setSession(null);
    else setTrouble(answer.refusal);
  };
  void make();
  return (
    <aside class="panel" data-testid="activation-panel" aria-label={words().title(props.till.label)}>
      <PanelHead office={office} title={words().title(props.till.label)} close={() => office.open("tills")} />
      <div class="panel-body">
        <Show
          when={made()}
          fallback={
            <Show when={trouble() !== null} fallback={<Reading office={office} />}>
              <TroubleNote office={office} trouble={trouble()} retry={() => void make()} />
            </Show>
          }
        >
          {(code) => <Code office={office} made={code()} leftMs={code().until - now()} />}
        </Show>
        <Show when={props.till.series !== null}>
          <p class="replaces">
            <Icon name="warning" />
            {words().replaces}
          </p>
        </Show>
      </div>
    </aside>
  );
}

function Code(props: { readonly office: Office; readonly made: ActivationCodeAnswer; readonly leftMs: number }) {
  const words = () => props.office.words().activation;
  return (
    <Show when={props.leftMs > 0} fallback={<p class="fault">{words().over}</p>}>
      <p class="about">{words().text}</p>
      <output class="code num" data-testid="activation-code">
        {props.made.code}
      </output>
      <p class="left num" role="timer">
        {words().left(minutes(props.leftMs))}
      </p>
      <dl class="facts stacked">
        <dt>{words().address}</dt>
        <dd data-testid="activation-address">
          <LongNumber office={props.office} text={props.made.address} label={words().address} />
        </dd>
      </dl>
    </Show>
  );
}

function minutes(ms: number): string {
  const seconds = Math.floor(ms / 1000);
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
}
