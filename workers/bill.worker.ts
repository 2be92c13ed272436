import { expose } from "comlink";
import {
  firstRowsMax,
  linesNamedMax,
  type AccountKnown,
  type BillFirstRow,
  type BillReading,
  type BillWorker,
} from "../src/contract/bill-reading.ts";
import { alipayFlowReader } from "../src/domain/bills/alipay-flow.ts";
import { alipayTradeReader } from "../src/domain/bills/alipay-trade.ts";
import { alipayHints, hintChars, wechatHints, type BillHints } from "../src/domain/bills/bill-hints.ts";
import { BillRefused, type BillTotals, type FlowRow, type TradeRow } from "../src/domain/bills/bill.ts";
import type { BillOwner, BillReader } from "../src/domain/bills/reader.ts";
import { footerDifferences } from "../src/domain/bills/totals.ts";
import { wechatFlowReader } from "../src/domain/bills/wechat-flow.ts";
import { wechatTradeReader } from "../src/domain/bills/wechat-trade.ts";
import { billText, type BillText } from "./bill-text.ts";

/** The page is told of progress once for this many bytes. */
const progressBytes = 512 * 1024;
/** Larger pieces of text are read in parts of this many characters. */
const pieceChars = 256 * 1024;

/** Reads a bill file away from the page: which bill, whose, of which day, its rows and sums. Nothing is stored. */
const billWorker: BillWorker<Blob> = {
  async read(file, accounts, onProgress) {
    let rows = 0;
    let told = 0;
    const onBytes = (bytes: number): void => {
      if (bytes - told < progressBytes && bytes < file.size) return;
      told = bytes;
      onProgress(bytes / file.size, rows);
    };
    try {
      return await look(file, accounts, onBytes, (count) => (rows += count));
    } catch (fault) {
      if (fault instanceof BillRefused) return refusal(fault.trouble, fault.detail);
      throw fault;
    }
  },
};

async function look(
  file: Blob,
  accounts: readonly AccountKnown[],
  onBytes: (bytes: number) => void,
  onRows: (count: number) => void,
): Promise<BillReading> {
  const text = await billText(file, onBytes);
  const pieces = text.pieces[Symbol.asyncIterator]();
  const beginning = await beginningOf(pieces);
  const hints = hintsOf(text, beginning);
  const ofChannel = accounts.filter(({ channel }) => channel === text.channel);
  const account = accountOf(ofChannel, text, hints);
  if (account === undefined) return refusal("unknownAccount", hints.merchant ?? text.channel);
  const owner = ownerOf(account, hints);
  const seen = observed(onRows);
  const reader = readerOf(text, hints, owner);
  for (let at = 0; at < beginning.length; at += pieceChars)
    seen.take(reader.push(beginning.slice(at, at + pieceChars)));
  for (let next = await pieces.next(); next.done !== true; next = await pieces.next())
    seen.take(reader.push(next.value));
  const { rows, footer, counted } = reader.end();
  seen.take(rows);
  if (hints.day === null) return refusal("noRows", "neither a row nor a comment says which day it is of");
  return {
    kind: "bill",
    account: account?.id ?? null,
    channel: text.channel,
    merchant: hints.merchant,
    bill: hints.kind,
    day: hints.day,
    rows: seen.count(),
    counted,
    footer,
    isFooterRight: isSilent(footer) ? null : footerDifferences(counted, footer).length === 0,
    first: seen.first,
    joined: seen.joined,
  };
}

async function beginningOf(pieces: AsyncIterator<string>): Promise<string> {
  let beginning = "";
  while (beginning.length < hintChars) {
    const next = await pieces.next();
    if (next.done === true) break;
    beginning += next.value;
  }
  return beginning;
}

function hintsOf({ channel, kind }: BillText, beginning: string): BillHints {
  return channel === "wechat" ? wechatHints(beginning) : alipayHints(beginning, kind ?? "trade");
}

/** The account that the file names; null where it names none and several could be meant, undefined where it is nobody's here. */
function accountOf(
  known: readonly AccountKnown[],
  { channel }: BillText,
  { merchant }: BillHints,
): AccountKnown | null | undefined {
  if (merchant === null) return known.length === 1 ? known[0] : known.length === 0 ? undefined : null;
  // Alipay writes four more digits behind the account's number
  return known.find(
    ({ number }) => number !== null && (channel === "alipay" ? merchant.startsWith(number) : merchant === number),
  );
}

function ownerOf(account: AccountKnown | null, { day }: BillHints): BillOwner | null {
  const number = account?.number ?? null;
  return number === null || day === null ? null : { account: number, day };
}

type AnyReader = BillReader<TradeRow | FlowRow>;

function readerOf({ channel }: BillText, { kind }: BillHints, owner: BillOwner | null): AnyReader {
  if (channel === "wechat") return kind === "fundFlow" ? wechatFlowReader(owner) : wechatTradeReader(owner);
  return kind === "fundFlow" ? alipayFlowReader(owner) : alipayTradeReader(owner);
}

/** What is kept of the rows that go by: how many, the first ones, and the lines to look at. */
function observed(onRows: (count: number) => void) {
  let count = 0;
  const first: BillFirstRow[] = [];
  const joined: number[] = [];
  return {
    first,
    joined,
    count: () => count,
    take(rows: readonly (TradeRow | FlowRow)[]): void {
      count += rows.length;
      onRows(rows.length);
      for (const row of rows) {
        if (first.length < firstRowsMax) first.push(shownRow(row));
        if (row.isJoined && joined.length < linesNamedMax) joined.push(row.line);
      }
    },
  };
}

function shownRow(row: TradeRow | FlowRow): BillFirstRow {
  const { line, at } = row;
  if ("words" in row) return { line, what: "flow", words: row.words, at, number: row.number, amount: row.amount };
  const isBack = row.kind !== "payment";
  return {
    line,
    what: row.kind,
    words: row.status,
    at,
    number: isBack && row.refund !== "" ? row.refund : row.order,
    amount: isBack ? -row.receivable : row.receivable,
  };
}

function isSilent(footer: BillTotals): boolean {
  return Object.values(footer).every((value) => value === null);
}

const place = /line (\d+)(?:, column (.+))?/u;

function refusal(trouble: string, detail: string): BillReading {
  const [, line, column] = place.exec(detail) ?? [];
  return { kind: "refused", trouble, detail, line: line === undefined ? null : Number(line), column: column ?? null };
}

expose(billWorker);
