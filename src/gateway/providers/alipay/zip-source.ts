import { Readable } from "node:stream";
import { fromRandomAccessReaderPromise, RandomAccessReader, type ZipFile } from "yauzl";
import { BillRefused } from "../../../domain/bills/bill.ts";
import type { BillSource } from "../../provider-bills.ts";

/** A zip file over a stored bill, and who is to blame when reading it fails. */
export type OpenedZip = {
  readonly zip: ZipFile;
  /** What to throw for `fault`: the source's own failure, a refusal as it is, else that the zip file is damaged. */
  reasonOf(fault: unknown): unknown;
  close(): void;
};

/** Opens a zip file anywhere in a source; names are left as bytes. Throws `BillRefused` for what is no zip file. */
export async function openZip(source: BillSource): Promise<OpenedZip> {
  const failure: { of?: unknown } = {};
  const reasonOf = (fault: unknown): unknown => {
    if ("of" in failure) return failure.of;
    if (fault instanceof BillRefused) return fault;
    return new BillRefused("notABill", `damaged zip file (${fault instanceof Error ? fault.message : "unreadable"})`);
  };
  try {
    const zip = await fromRandomAccessReaderPromise(new SourceReader(source, failure), source.size, {
      autoClose: false,
      decodeStrings: false,
    });
    // told to whoever reads at that moment; without a listener it would end the process
    zip.on("error", () => undefined);
    return { zip, reasonOf, close: () => zip.close() };
  } catch (fault) {
    throw reasonOf(fault);
  }
}

class SourceReader extends RandomAccessReader {
  readonly #source: BillSource;
  readonly #failure: { of?: unknown };

  constructor(source: BillSource, failure: { of?: unknown }) {
    super();
    this.#source = source;
    this.#failure = failure;
  }

  override _readStreamForRange(start: number, end: number): Readable {
    return Readable.from(this.#pieces(start, end), { objectMode: false });
  }

  async *#pieces(start: number, end: number): AsyncGenerator<Uint8Array> {
    try {
      yield* this.#source.read(start, end);
    } catch (fault) {
      this.#failure.of = fault;
      throw fault;
    }
  }
}
