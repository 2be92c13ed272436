import { createMemo } from "solid-js";
import { correction, generate } from "lean-qr";
import { toSvgPath } from "lean-qr/extras/svg";

/** Free modules around a QR code (ISO/IEC 18004). */
const quietModules = 4;

/** `text` as a QR code with its quiet zone, error correction M or better; size and colours come from the class `qr`. */
export function QrCode(props: { readonly text: string }) {
  const symbol = createMemo(() => generate(props.text, { minCorrectionLevel: correction.M }));
  const side = () => symbol().size + 2 * quietModules;
  return (
    <svg class="qr" viewBox={`${-quietModules} ${-quietModules} ${side()} ${side()}`} aria-hidden="true">
      <path d={toSvgPath(symbol())} />
    </svg>
  );
}
