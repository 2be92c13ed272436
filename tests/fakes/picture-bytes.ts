/** Heads of pictures with these sides (px), as far as a gateway reads them; `fill` makes two of one size differ. */
export const pictureBytes = {
  png(width: number, height: number, { fill = 0, chunk = "" } = {}): Buffer {
    const head = Buffer.from("89504e470d0a1a0a0000000d49484452", "hex");
    const sides = Buffer.alloc(17);
    sides.writeUInt32BE(width, 0);
    sides.writeUInt32BE(height, 4);
    return Buffer.concat([head, sides, Buffer.from(`    ${chunk}        IDAT`), Buffer.alloc(32, fill)]);
  },
  /** With `before` (other segments) ahead of the frame header of kind `frame`. */
  jpeg(width: number, height: number, { frame = 0xc0, before = Buffer.alloc(0) } = {}): Buffer {
    const header = Buffer.from([0xff, frame, 0, 17, 8, 0, 0, 0, 0, 3]);
    header.writeUInt16BE(height, 5);
    header.writeUInt16BE(width, 7);
    return Buffer.concat([Buffer.from([0xff, 0xd8]), before, header, Buffer.alloc(32)]);
  },
  webp(kind: "VP8 " | "VP8L" | "VP8X", width: number, height: number, { flags = 0 } = {}): Buffer {
    const bytes = Buffer.alloc(48);
    bytes.write("RIFF", 0, "latin1");
    bytes.write(`WEBP${kind}`, 8, "latin1");
    if (kind === "VP8 ") {
      bytes.writeUInt16LE(width, 26);
      bytes.writeUInt16LE(height, 28);
    } else if (kind === "VP8L") {
      bytes[20] = 0x2f;
      bytes.writeUInt32LE(width - 1 + (height - 1) * 0x4000, 21);
    } else {
      bytes[20] = flags;
      bytes.writeUIntLE(width - 1, 24, 3);
      bytes.writeUIntLE(height - 1, 27, 3);
    }
    return bytes;
  },
};
