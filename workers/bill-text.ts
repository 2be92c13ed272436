import { Unzip, UnzipInflate } from "fflate";
import { BillRefused, type BillKind } from "../src/domain/bills/bill.ts";

/** Text of a bill as it comes out of its file, and which list of a zip file it is. */
export type BillText = {
  readonly channel: "wechat" | "alipay";
  /** Known beforehand only where the file's name inside the zip says it. */
  readonly kind: BillKind | null;
  readonly pieces: AsyncIterable<string>;
};

/** Unpacked, no file that is handed in is larger: what is, was made to fill a memory. In characters. */
const textCharsMax = 1024 ** 3;
const zipKinds: readonly (readonly [string, BillKind])[] = [
  ["业务明细", "trade"],
  ["账务明细", "fundFlow"],
];
const summaryName = "汇总";

/**
 * The text of a file by its first bytes: Alipay packs lists in a zip file, WeChat Pay one in gzip or none at all. `onBytes` is told how
 * many of the file's bytes were read. Throws `BillRefused`, here or while reading.
 */
export async function billText(file: Blob, onBytes: (bytes: number) => void): Promise<BillText> {
  const [first, second] = new Uint8Array(await file.slice(0, 2).arrayBuffer());
  const bytes = () => counted(file.stream(), onBytes);
  if (first === 0x50 && second === 0x4b) return alipayText(file, bytes);
  if (first === 0x23) throw new BillRefused("notABill", "an unpacked list of Alipay's: hand in the zip file");
  const isPacked = first === 0x1f && second === 0x8b;
  const plain = isPacked ? bytes().pipeThrough(new DecompressionStream("gzip")) : bytes();
  return { channel: "wechat", kind: null, pieces: limited(decoded(readable(plain), "utf-8")) };
}

function counted(stream: ReadableStream<Uint8Array<ArrayBuffer>>, onBytes: (bytes: number) => void) {
  let read = 0;
  return stream.pipeThrough(
    new TransformStream<Uint8Array<ArrayBuffer>, Uint8Array<ArrayBuffer>>({
      transform(piece, controller) {
        read += piece.length;
        onBytes(read);
        controller.enqueue(piece);
      },
    }),
  );
}

/** A packed file that breaks off or is damaged is a refusal, not a fault of the page. */
async function* readable(stream: ReadableStream<Uint8Array>): AsyncGenerator<Uint8Array> {
  try {
    yield* stream;
  } catch (fault) {
    if (fault instanceof TypeError) throw new BillRefused("cutOff", "the gzip file is damaged or ends too early");
    throw fault;
  }
}

async function* decoded(pieces: AsyncIterable<Uint8Array>, encoding: string): AsyncGenerator<string> {
  const decoder = new TextDecoder(encoding, { fatal: encoding === "utf-8" });
  const text = (decode: () => string): string => {
    try {
      return decode();
    } catch {
      throw new BillRefused("notABill", "it is not UTF-8 text");
    }
  };
  for await (const piece of pieces) yield text(() => decoder.decode(piece, { stream: true }));
  yield text(() => decoder.decode());
}

async function* limited(pieces: AsyncIterable<string>): AsyncGenerator<string> {
  let chars = 0;
  for await (const piece of pieces) {
    chars += piece.length;
    if (chars > textCharsMax) throw new BillRefused("tooLarge", `more than ${textCharsMax} characters when unpacked`);
    yield piece;
  }
}

/** The detailed list in one of Alipay's zip files; its names and its text are GBK, which gb18030 contains. */
async function alipayText(file: Blob, bytes: () => ReadableStream<Uint8Array>): Promise<BillText> {
  const kind = await kindIn(file);
  const pieces = entryPieces(bytes(), (name) => kindOfName(name) === kind);
  return { channel: "alipay", kind, pieces: limited(decoded(pieces, "gb18030")) };
}

/** Which list a zip file holds: the names stand before each file's bytes. */
async function kindIn(file: Blob): Promise<BillKind> {
  let kind: BillKind | null = null;
  const unzip = new Unzip((entry) => {
    kind ??= kindOfName(nameOf(entry.name));
  });
  await pushAll(unzip, file.stream(), () => kind !== null);
  if (kind === null) throw new BillRefused("notABill", "the zip file holds neither 业务明细 nor 账务明细");
  return kind;
}

async function* entryPieces(
  stream: ReadableStream<Uint8Array>,
  isWanted: (name: string) => boolean,
): AsyncGenerator<Uint8Array> {
  let out: Uint8Array[] = [];
  let isTaken = false;
  const unzip = new Unzip((entry) => {
    if (isTaken || !isWanted(nameOf(entry.name))) return;
    isTaken = true;
    entry.ondata = (fault, data) => {
      if (fault !== null) throw new BillRefused("notABill", `damaged zip file (${fault.message})`);
      out.push(data);
    };
    entry.start();
  });
  unzip.register(UnzipInflate);
  for await (const piece of stream) {
    pushed(unzip, piece);
    yield* out;
    out = [];
  }
  pushed(unzip, new Uint8Array(0), true);
  yield* out;
}

async function pushAll(unzip: Unzip, stream: ReadableStream<Uint8Array>, isDone: () => boolean): Promise<void> {
  for await (const piece of stream) {
    pushed(unzip, piece);
    if (isDone()) return;
  }
}

function pushed(unzip: Unzip, piece: Uint8Array, isLast = false): void {
  try {
    unzip.push(piece, isLast);
  } catch (fault) {
    if (fault instanceof BillRefused) throw fault;
    throw new BillRefused("notABill", `damaged zip file (${fault instanceof Error ? fault.message : "unknown"})`);
  }
}

function kindOfName(name: string): BillKind | null {
  if (name.includes(summaryName)) return null;
  return zipKinds.find(([word]) => name.includes(word))?.[1] ?? null;
}

/** A name that is not marked as UTF-8 comes with a byte in each character. */
function nameOf(name: string): string {
  const isBytes = [...name].every((char) => char.charCodeAt(0) < 0x100);
  if (!isBytes) return name;
  return new TextDecoder("gb18030").decode(Uint8Array.from(name, (char) => char.charCodeAt(0)));
}
