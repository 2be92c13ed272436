import { Readable } from "node:stream";
import { createDeflateRaw, crc32 } from "node:zlib";
import iconv from "iconv-lite";

/** One entry of a zip as a bill has it: sizes stand behind the data, the name in GBK without the UTF-8 flag. */
export async function* zipOf(name: string, content: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  const nameBytes = iconv.encode(name, "gb18030");
  let sum = 0;
  let length = 0;
  let packed = 0;
  const local = Buffer.alloc(30);
  local.writeUInt32LE(0x04034b50, 0);
  local.writeUInt16LE(20, 4);
  local.writeUInt16LE(8, 6); // sizes follow the data
  local.writeUInt16LE(8, 8);
  local.writeUInt16LE(nameBytes.length, 26);
  yield local;
  yield nameBytes;
  const counted = async function* (): AsyncGenerator<Uint8Array> {
    for await (const piece of content) {
      sum = crc32(piece, sum);
      length += piece.length;
      yield piece;
    }
  };
  for await (const piece of Readable.from(counted()).pipe(
    createDeflateRaw({ level: 1 }),
  ) as AsyncIterable<Uint8Array>) {
    packed += piece.length;
    yield piece;
  }
  const figures = Buffer.alloc(12);
  figures.writeUInt32LE(sum, 0);
  figures.writeUInt32LE(packed, 4);
  figures.writeUInt32LE(length, 8);
  yield Buffer.concat([Buffer.from("504b0708", "hex"), figures]);
  const central = Buffer.alloc(46);
  central.writeUInt32LE(0x02014b50, 0);
  central.writeUInt16LE(20, 4);
  central.writeUInt16LE(20, 6);
  central.writeUInt16LE(8, 8);
  central.writeUInt16LE(8, 10);
  figures.copy(central, 16);
  central.writeUInt16LE(nameBytes.length, 28);
  yield central;
  yield nameBytes;
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(1, 8);
  end.writeUInt16LE(1, 10);
  end.writeUInt32LE(46 + nameBytes.length, 12);
  end.writeUInt32LE(30 + nameBytes.length + packed + 16, 16);
  yield end;
}
