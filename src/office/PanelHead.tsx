import { Icon } from "../ui/parts/icons.tsx";
import type { Office } from "./office.ts";

/** The head of a panel beside a list: what is opened, and the button that closes it. */
export function PanelHead(props: {
  readonly office: Office;
  readonly title: string;
  /** The title is a number or a day. */
  readonly isNumber?: boolean;
  readonly close: () => void;
}) {
  const { office } = props;
  return (
    <div class="panel-head">
      <h3 classList={{ num: props.isNumber === true }}>{props.title}</h3>
      <button
        class="icon-only"
        aria-label={office.words().close}
        title={office.words().close}
        data-testid="panel-close"
        onClick={() => props.close()}
      >
        <Icon name="close" />
      </button>
    </div>
  );
}
