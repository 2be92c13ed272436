import { Show, type JSX } from "solid-js";
import { Icon } from "../parts/icons.tsx";
import { useTill } from "../till.ts";
import { Key } from "./Key.tsx";

/** What is done to a whole ticket before paying: set it aside or take another up, and start a return. */
export function TicketKeys(): JSX.Element {
  const { register, state, words } = useTill();
  return (
    <div class="ticketkeys">
      <Show
        when={(state().sale?.lines.length ?? 0) > 0}
        fallback={
          <button type="button" class="quiet" data-testid="held-open" onClick={() => void register.showHeld()}>
            <Icon name="hold" /> <Key of="hold" /> <span class="word">{words().ticket.takeUp}</span>
          </button>
        }
      >
        <button type="button" class="quiet" data-testid="hold" onClick={() => void register.holdSale()}>
          <Icon name="hold" /> <Key of="hold" /> <span class="word">{words().ticket.hold}</span>
        </button>
      </Show>
      <button type="button" class="quiet" data-testid="return-open" onClick={() => register.openFind()}>
        <Icon name="back" /> <Key of="returnGoods" /> <span class="word">{words().ticket.return}</span>
      </button>
    </div>
  );
}

/** How many tickets of this till wait; nothing while none does. */
export function WaitingKey(): JSX.Element {
  const { register, state, words } = useTill();
  return (
    <Show when={state().tickets.length > 0}>
      <button
        type="button"
        class="waitingkey num"
        data-testid="waiting-tickets"
        data-count={state().tickets.length}
        disabled={state().counter.kind === "waiting"}
        onClick={() => void register.showHeld()}
      >
        <Icon name="hold" /> {words().ticket.waiting(state().tickets.length)}
      </button>
    </Show>
  );
}
