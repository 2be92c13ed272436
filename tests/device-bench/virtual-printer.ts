/** One thing on the paper, top to bottom. */
export type PaperItem =
  | {
      readonly kind: "line";
      readonly text: string;
      readonly large: boolean;
      readonly bold: boolean;
      readonly columns: number;
    }
  | { readonly kind: "qr"; readonly text: string; readonly moduleDots: number; readonly centred: boolean };

/** A piece of paper, ended by a knife or still in the printer. */
export type Paper = { readonly items: readonly PaperItem[]; readonly cut: "full" | "partial" | null };

/** A pulse to the drawer socket. */
export type DrawerKick = { readonly pin: 2 | 5; readonly onMs: number; readonly offMs: number };

/** What the printer is and how it behaves; `silent` takes everything and says nothing, as cheap ones do. */
export type VirtualPrinterOptions = {
  readonly columns: number;
  readonly silent?: boolean;
  /** Bytes held while off line; a full buffer makes the far end wait. */
  readonly bufferBytes?: number;
};

const gbk = new TextDecoder("gb18030", { fatal: true });
const utf8 = new TextDecoder("utf-8", { fatal: true });

/**
 * A receipt printer that reads ESC/POS bytes back into what would be on the paper, and answers as a real one does: DLE EOT at
 * once even when off line, GS r in its turn, unasked status when GS a asked for it (which ESC @ forgets). What a real printer
 * would garble (a Chinese byte outside Chinese mode, a line too wide, an unknown command) is kept in `faults`.
 */
export class VirtualPrinter {
  readonly options: VirtualPrinterOptions;
  readonly kicks: DrawerKick[] = [];
  readonly faults: string[] = [];
  readonly received: number[] = [];
  /** Called with answers for the host, and when a full buffer has room again. */
  onAnswer: (bytes: Uint8Array) => void = () => undefined;
  onRoom: () => void = () => undefined;
  #papers: Paper[] = [];
  #items: PaperItem[] = [];
  #buffer: number[] = [];
  #realTime: number[] = [];
  #paper: "ok" | "low" | "out" = "ok";
  #coverOpen = false;
  #stuck = false;
  #tellsChanges = 0;
  #chinese = false;
  #large = false;
  #bold = false;
  #centred = false;
  #line: number[] = [];
  #lineColumns = 0;
  #lineLarge = false;
  #lineBold = false;
  #qrContent = "";
  #qrDots = 3;

  constructor(options: VirtualPrinterOptions) {
    this.options = options;
  }

  /** Finished papers, and the one still in the printer when something is on it. */
  papers(): readonly Paper[] {
    return this.#items.length === 0 ? this.#papers : [...this.#papers, { items: this.#items, cut: null }];
  }

  /** Every text line ever printed. */
  text(): readonly string[] {
    return this.papers().flatMap(({ items }) => items.flatMap((item) => (item.kind === "line" ? [item.text] : [])));
  }

  setPaper(paper: "ok" | "low" | "out"): void {
    this.#paper = paper;
    this.#changed();
  }

  setCover(cover: "open" | "closed"): void {
    this.#coverOpen = cover === "open";
    this.#changed();
  }

  /** Stops carrying out commands without a word, as with a hung controller; real-time questions stay unanswered too. */
  setStuck(stuck: boolean): void {
    this.#stuck = stuck;
    this.#carryOn();
  }

  /** Switched off and on: what was in memory is gone. */
  powerCycle(): void {
    this.#buffer = [];
    this.#realTime = [];
    this.#tellsChanges = 0;
    this.#chinese = false;
    this.#line = [];
    this.#lineColumns = 0;
  }

  /** Whether the buffer takes more; when false the host's bytes wait on the line. */
  hasRoom(): boolean {
    return this.#buffer.length < (this.options.bufferBytes ?? 4096);
  }

  feed(bytes: Uint8Array): void {
    for (const byte of bytes) {
      this.received.push(byte);
      this.#realTimeByte(byte);
    }
    this.#carryOn();
  }

  /** DLE EOT n is taken out of the stream as it arrives, wherever it stands. */
  #realTimeByte(byte: number): void {
    const held = [...this.#realTime, byte];
    if (held.length === 3 && held[0] === 0x10 && held[1] === 0x04 && byte >= 1 && byte <= 4) {
      this.#realTime = [];
      if (!this.#stuck) this.#say([this.#answerTo(byte)]);
      return;
    }
    if ((held.length === 1 && byte === 0x10) || (held.length === 2 && held[0] === 0x10 && byte === 0x04)) {
      this.#realTime = held;
      return;
    }
    this.#buffer.push(...held);
    this.#realTime = [];
  }

  #isOffline(): boolean {
    return this.#coverOpen || this.#paper === "out";
  }

  #answerTo(question: number): number {
    const base = 0x12;
    if (question === 1) return base | (this.#isOffline() ? 0x08 : 0);
    if (question === 2) return base | (this.#coverOpen ? 0x04 : 0) | (this.#paper === "out" ? 0x20 : 0);
    if (question === 3) return base;
    return base | (this.#paper === "out" ? 0x60 : 0) | (this.#paper === "ok" ? 0 : 0x0c);
  }

  #changed(): void {
    if (this.#tellsChanges !== 0) this.#tellChanges();
    this.#carryOn();
  }

  #tellChanges(): void {
    const first = 0x10 | (this.#isOffline() ? 0x08 : 0) | (this.#coverOpen ? 0x20 : 0);
    const third = (this.#paper === "ok" ? 0 : 0x03) | (this.#paper === "out" ? 0x0c : 0);
    this.#say([first, 0, third, 0x0f]);
  }

  #say(bytes: readonly number[]): void {
    if (this.options.silent !== true) this.onAnswer(Uint8Array.from(bytes));
  }

  #carryOn(): void {
    const hadRoom = this.hasRoom();
    while (!this.#isOffline() && !this.#stuck && this.#buffer.length > 0) {
      const used = this.#command();
      if (used === 0) break;
      this.#buffer.splice(0, used);
    }
    if (!hadRoom && this.hasRoom()) this.onRoom();
  }

  /** Carries out the command at the head of the buffer; the bytes it took, 0 when it is not complete yet. */
  #command(): number {
    const [first = 0, second, third] = this.#buffer;
    if (first === 0x0a) return this.#endLine();
    if (first === 0x1b || first === 0x1c || first === 0x1d) {
      if (second === undefined) return 0;
      const name = `${{ 0x1b: "ESC", 0x1c: "FS", 0x1d: "GS" }[first]} ${String.fromCharCode(second)}`;
      return this.#named(name, third);
    }
    if (first >= 0x81 && this.#chinese) {
      if (second === undefined) return 0;
      return this.#character([first, second], 2);
    }
    if (first < 0x20 || first > 0x7e) {
      this.faults.push(`byte ${first.toString(16)} outside Chinese mode`);
      return 1;
    }
    return this.#character([first], 1);
  }

  #named(name: string, argument: number | undefined): number {
    if (name === "ESC @") return this.#reset();
    if (name === "FS &" || name === "FS .") {
      this.#chinese = name === "FS &";
      return 2;
    }
    if (argument === undefined) return 0;
    switch (name) {
      case "ESC E":
        this.#bold = (argument & 1) === 1;
        return 3;
      case "ESC a":
        this.#centred = argument === 1;
        return 3;
      case "ESC d":
        if (this.#line.length > 0) this.#endLine();
        return 3;
      case "GS !":
        this.#large = argument === 0x11;
        return 3;
      case "FS !":
        if ((argument === 0x0c) !== this.#large) this.faults.push("Chinese and Latin sizes differ");
        return 3;
      case "GS a":
        this.#tellsChanges = argument;
        if (argument !== 0) this.#tellChanges();
        return 3;
      case "GS r":
        this.#say([this.#paper === "low" ? 0x03 : 0]);
        return 3;
      case "GS V":
        return this.#cut(argument === 0 ? "full" : "partial");
      case "ESC p":
        return this.#kick();
      case "GS (":
        return this.#code();
      default:
        this.faults.push(`unknown command ${name}`);
        return 2;
    }
  }

  #reset(): number {
    this.#tellsChanges = 0;
    this.#chinese = false;
    this.#large = false;
    this.#bold = false;
    this.#centred = false;
    return 2;
  }

  #character(bytes: readonly number[], columns: number): number {
    if (this.#line.length === 0) {
      this.#lineLarge = this.#large;
      this.#lineBold = this.#bold;
    }
    this.#line.push(...bytes);
    this.#lineColumns += columns * (this.#large ? 2 : 1);
    return bytes.length;
  }

  #endLine(): number {
    if (this.#lineColumns > this.options.columns) this.faults.push(`a line of ${this.#lineColumns} columns`);
    let text = "";
    try {
      text = gbk.decode(Uint8Array.from(this.#line));
    } catch (error) {
      this.faults.push(`a line that is not GBK: ${String(error)}`);
    }
    this.#items.push({ kind: "line", text, large: this.#lineLarge, bold: this.#lineBold, columns: this.#lineColumns });
    this.#line = [];
    this.#lineColumns = 0;
    this.#lineLarge = false;
    this.#lineBold = false;
    return 1;
  }

  #cut(cut: "full" | "partial"): number {
    if (this.#line.length > 0) this.faults.push("a cut through a line that was not printed");
    this.#papers.push({ items: this.#items, cut });
    this.#items = [];
    return 3;
  }

  #kick(): number {
    const [, , pin, on, off] = this.#buffer;
    if (pin === undefined || on === undefined || off === undefined) return 0;
    this.kicks.push({ pin: pin === 0 ? 2 : 5, onMs: on * 2, offMs: off * 2 });
    return 5;
  }

  /** GS ( k pL pH cn fn …: the QR functions. */
  #code(): number {
    const [, , kind, low, high] = this.#buffer;
    if (kind === undefined || low === undefined || high === undefined) return 0;
    const length = low + high * 256;
    if (this.#buffer.length < 5 + length) return 0;
    const [symbol, work, ...content] = this.#buffer.slice(5, 5 + length);
    if (kind !== 0x6b || symbol !== 0x31) this.faults.push("an unknown GS ( command");
    else if (work === 0x43) this.#qrDots = content[0] ?? 0;
    else if (work === 0x50) this.#qrContent = utf8.decode(Uint8Array.from(content.slice(1)));
    else if (work === 0x51) {
      this.#items.push({ kind: "qr", text: this.#qrContent, moduleDots: this.#qrDots, centred: this.#centred });
      // The line feed behind a drawn code ends its own line, which has no text.
      if (this.#buffer[5 + length] === 0x0a) return 5 + length + 1;
    }
    return 5 + length;
  }
}
