import { crc32, deflateRawSync } from "node:zlib";
import { timeOf } from "../../settlement/days.ts";
import type { Instant } from "../../../../domain/clock.ts";

const localMark = 0x04034b50;
const centralMark = 0x02014b50;
const endMark = 0x06054b50;
const deflated = 8;
/** 2.0: deflated files. */
const version = 20;

/** One file of an archive. Its name is bytes: GBK, and nothing in the archive says so. */
export type ZipEntry = { readonly name: Uint8Array; readonly bytes: Uint8Array };

/** The archive; the same entries and time give the same bytes. No flag is set, the one for UTF-8 names least of all. */
export function zip(entries: readonly ZipEntry[], at: Instant): Uint8Array {
  const { date, time } = dosTime(at);
  const locals: Uint8Array[] = [];
  const central: Uint8Array[] = [];
  let offset = 0;
  for (const { name, bytes } of entries) {
    const packed = deflateRawSync(bytes);
    // what both headers have in common, from the version needed to the length of the extra field
    const common = Buffer.alloc(26);
    common.writeUInt16LE(version, 0);
    common.writeUInt16LE(deflated, 4);
    common.writeUInt16LE(time, 6);
    common.writeUInt16LE(date, 8);
    common.writeUInt32LE(crc32(bytes), 10);
    common.writeUInt32LE(packed.length, 14);
    common.writeUInt32LE(bytes.length, 18);
    common.writeUInt16LE(name.length, 22);
    const local = Buffer.concat([mark(localMark), common, name, packed]);
    const rest = Buffer.alloc(14);
    rest.writeUInt32LE(offset, 10);
    central.push(Buffer.concat([mark(centralMark), Buffer.from([version, 0]), common, rest, name]));
    locals.push(local);
    offset += local.length;
  }
  const directory = Buffer.concat(central);
  const end = Buffer.alloc(18);
  end.writeUInt16LE(entries.length, 4);
  end.writeUInt16LE(entries.length, 6);
  end.writeUInt32LE(directory.length, 8);
  end.writeUInt32LE(offset, 12);
  return Buffer.concat([...locals, directory, mark(endMark), end]);
}

function mark(value: number): Uint8Array {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(value);
  return bytes;
}

/** Date and time in Beijing as an archive keeps them, to two seconds. */
function dosTime(at: Instant): { readonly date: number; readonly time: number } {
  const [year = 1980, month = 1, day = 1, hour = 0, minute = 0, second = 0] = timeOf(at).split(/\D/u).map(Number);
  return {
    date: ((year - 1980) << 9) | (month << 5) | day,
    time: (hour << 11) | (minute << 5) | (second >> 1),
  };
}
