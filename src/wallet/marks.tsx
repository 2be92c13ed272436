/** Small drawings of the phone; none of them is a provider's own mark. */

export function WalletMark(props: { readonly provider: "wechat" | "alipay" }) {
  return (
    <svg class="mark" classList={{ [props.provider]: true }} viewBox="0 0 24 24" aria-hidden="true">
      <rect x="3" y="5" width="18" height="14" rx="3" />
      <path d="M3 10h18M7 15h4" />
    </svg>
  );
}

export function ResultMark(props: { readonly kind: "paid" | "notPaid" | "waiting" | "reversed" }) {
  const drawn = {
    paid: "M6 12.5l4 4 8-9",
    notPaid: "M7 7l10 10M17 7L7 17",
    waiting: "M12 4a8 8 0 1 0 0 16a8 8 0 1 0 0-16M12 8v4l3 2",
    reversed: "M8 8L5 11l3 3M5 11h9a4 4 0 0 1 0 8h-3",
  };
  return (
    <svg class="result-mark" viewBox="0 0 24 24" aria-hidden="true">
      <path d={drawn[props.kind]} />
    </svg>
  );
}

export function EraseMark() {
  return (
    <svg viewBox="0 0 24 24" aria-hidden="true">
      <path d="M9 5h11v14H9l-6-7zM12.5 9.5l5 5M17.5 9.5l-5 5" />
    </svg>
  );
}
