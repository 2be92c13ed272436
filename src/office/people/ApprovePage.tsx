import { createSignal, Match, Show, Switch } from "solid-js";
import { approvalPollMs, type OpenApproval, type OpenApprovals } from "../../contract/approvals.ts";
import { permissionWords } from "../../i18n/permission-words.ts";
import { createLive, type Live } from "../live.ts";
import type { Office } from "../office.ts";
import { Empty, Reading, Stale, TroubleNote } from "../states.tsx";
import { ApprovalCard } from "./ApprovalCard.tsx";
import { peopleClient } from "./people-client.ts";

type Ended = "given" | "refused" | "gone";

/** The approver's own phone: what was asked last and waits for this person, alone on the screen. */
export function ApprovePage(props: { readonly office: Office }) {
  const office = props.office;
  const words = () => permissionWords(office.language());
  const live = createLive<string, OpenApprovals>(
    () => "approve",
    peopleClient.approvals,
    office.browser.clock,
    approvalPollMs,
  );
  const [ended, setEnded] = createSignal<{ readonly id: string; readonly state: Ended } | null>(null);
  const mine = (): readonly OpenApproval[] =>
    (live.value()?.approvals ?? []).filter(({ id, isMine }) => isMine && id !== ended()?.id);
  const asked = (): OpenApproval | null => firstOf(mine());
  const role = (): string => {
    const who = office.session()?.who;
    return who === "owner" ? words().role.owner : (office.session()?.name ?? "");
  };
  return (
    <main class="phone" data-testid="approve-phone">
      <header>
        <a class="home" href="#approvals">
          {office.words().app}
        </a>
        <span class="soft">{role()}</span>
      </header>
      <Stale office={office} trouble={live.trouble()} readAt={live.readAt()} />
      <Switch fallback={<Empty told={words().approve.empty} isGood />}>
        <Match when={live.value() === null}>
          <NotRead office={office} live={live} />
        </Match>
        <Match when={asked()}>
          {(approval) => (
            <Show when={approval().id} keyed>
              {(id) => (
                <ApprovalCard
                  office={office}
                  approval={approval()}
                  heading="h1"
                  takesFocus
                  decided={(state) => {
                    setEnded({ id, state });
                    void live.refresh();
                  }}
                />
              )}
            </Show>
          )}
        </Match>
        <Match when={ended()}>
          {(end) => (
            <div data-testid={`approve-${end().state}`} class="ended">
              <Empty told={words().approve[end().state]} isGood={end().state === "given"} />
            </div>
          )}
        </Match>
      </Switch>
    </main>
  );
}

/** Whoever stands at a till waits first; what nobody waits for any more is told when nothing else is there. */
function firstOf(mine: readonly OpenApproval[]): OpenApproval | null {
  const waiting = mine.filter(({ goneAt }) => goneAt === null);
  return waiting.find(({ till }) => till !== null) ?? waiting[0] ?? mine[0] ?? null;
}

/** Not a word of what waits before the first answer: that nothing does would be a guess. */
function NotRead(props: { readonly office: Office; readonly live: Live<OpenApprovals> }) {
  return (
    <Show when={props.live.trouble() !== null} fallback={<Reading office={props.office} />}>
      <TroubleNote office={props.office} trouble={props.live.trouble()} retry={() => void props.live.refresh()} />
    </Show>
  );
}
