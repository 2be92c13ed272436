import { createSignal, For, Show } from "solid-js";
import type { OpenApproval, OpenApprovals } from "../../contract/approvals.ts";
import { permissionWords } from "../../i18n/permission-words.ts";
import type { Told } from "../../i18n/told.ts";
import { createLive } from "../live.ts";
import { refreshMs, type Office } from "../office.ts";
import { Empty, Reading, Stale, TroubleNote } from "../states.tsx";
import { ApprovalCard } from "./ApprovalCard.tsx";
import { peopleClient } from "./people-client.ts";
import { Tabs } from "./Tabs.tsx";

/** What waits for a yes: those that one may give, and one's own. */
export function ApprovalsView(props: { readonly office: Office }) {
  const office = props.office;
  const words = () => permissionWords(office.language()).approve;
  const live = createLive<string, OpenApprovals>(
    () => "approvals",
    peopleClient.approvals,
    office.browser.clock,
    refreshMs,
  );
  const [ended, setEnded] = createSignal<"given" | "refused" | "gone" | null>(null);
  const open = (): readonly OpenApproval[] => live.value()?.approvals ?? [];
  return (
    <>
      <header>
        <Tabs office={office} of={["approvals", "alone"]} />
        <a class="plain link" href="#approve" data-testid="approve-page">
          {words().onPhone}
        </a>
      </header>
      <div class="scroll">
        <Show when={ended()}>{(state) => <Ended told={words()[state()]} state={state()} />}</Show>
        <Stale office={office} trouble={live.trouble()} readAt={live.readAt()} />
        <Show
          when={live.value()}
          fallback={
            <Show when={live.trouble() !== null} fallback={<Reading office={office} />}>
              <TroubleNote office={office} trouble={live.trouble()} retry={() => void live.refresh()} />
            </Show>
          }
        >
          <Show when={open().length > 0} fallback={<Empty told={words().empty} isGood />}>
            <div class="own-cards">
              <For each={open()}>
                {(approval, nth) => (
                  <section class="own-card" data-testid="approval-card">
                    <ApprovalCard
                      office={office}
                      approval={approval}
                      heading="h3"
                      takesFocus={open().findIndex(({ isMine, goneAt }) => isMine && goneAt === null) === nth()}
                      decided={(state) => {
                        setEnded(state);
                        void live.refresh();
                      }}
                    />
                  </section>
                )}
              </For>
            </div>
          </Show>
        </Show>
      </div>
    </>
  );
}

/** What became of the card that was there a moment ago. */
function Ended(props: { readonly told: Told; readonly state: string }) {
  return (
    <p class="about" role="status" data-testid="approval-ended" data-state={props.state}>
      <b>{props.told.title}</b> {props.told.text}
    </p>
  );
}
