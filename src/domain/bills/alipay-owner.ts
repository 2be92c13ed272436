import { BillRefused } from "./bill.ts";
import type { BillOwner } from "./reader.ts";

const accountComment = /^#账号:\[(\d+)\]/u;
const fromComment = /^#起始日期:\[(\d{4})年(\d{2})月(\d{2})日/u;

/**
 * Looks at one comment of an Alipay file: the account is ours when it begins with our number (four more digits follow it), the day
 * when the list begins on it. Throws `BillRefused` ("notOurs"); null checks nothing.
 */
export function alipayOwnerComment(comment: string, owner: BillOwner | null): void {
  if (owner === null) return;
  const [, account] = accountComment.exec(comment) ?? [];
  if (account !== undefined && !account.startsWith(owner.account))
    throw new BillRefused("notOurs", "it is of another Alipay account");
  const [, year, month, day] = fromComment.exec(comment) ?? [];
  if (year !== undefined && `${year}-${month}-${day}` !== owner.day)
    throw new BillRefused("notOurs", `it begins on ${year}-${month}-${day}, not on ${owner.day}`);
}
