import { beforeAll, describe, expect, it } from "vitest";
import type { SaleId } from "../../../src/domain/identifier.ts";
import type { EntryEnvelope } from "../../../src/domain/journal.ts";
import { newId, sampleSale } from "../../fakes/sample-sale.ts";
import type { SigningTill } from "../../fakes/signing-till.ts";
import { gatewayBench, type GatewayBench } from "../gateway-bench.ts";

const dayMs = 86_400_000;
/** Ten in the morning in the shop, on the business date that the entries below name. */
const soldAt = Date.parse("2026-11-24T10:00:00+08:00");

let bench: GatewayBench;
let till: SigningTill;
beforeAll(async () => {
  bench = await gatewayBench();
  till = await bench.till("till-a1");
});

async function shownFor(envelope: Partial<EntryEnvelope>): Promise<readonly unknown[]> {
  const sale = newId<SaleId>(till.answer.settings.tag);
  const answer = await till.drain([till.write({ kind: "saleCompleted", body: sampleSale(sale, 11_300) }, envelope)]);
  expect(answer.statusCode).toBe(200);
  const stored = await bench.parts.database.selectFrom("sale").select("id").where("id", "=", sale).execute();
  expect(stored).toHaveLength(1);
  const rows = await bench.parts.database
    .selectFrom("exception_item")
    .selectAll()
    .where("kind", "=", "clockWrong")
    .execute();
  return rows.map((row) => row.subject);
}

describe("a sale under a business date that its day cannot have", () => {
  it("is booked as it came and shown to a person once a shift; a day's difference at the cut is none", async () => {
    const at = soldAt as EntryEnvelope["at"];
    expect(await shownFor({ at })).toEqual([]);
    expect(await shownFor({ at: (soldAt + dayMs) as EntryEnvelope["at"] })).toEqual([]);
    // the till's clock ran 400 days ahead, and it knew by how much
    const ahead = { at: (soldAt + 400 * dayMs) as EntryEnvelope["at"], offsetMs: -400 * dayMs };
    expect(await shownFor(ahead)).toEqual([]);
    const shift = {
      businessDate: "2027-12-29" as EntryEnvelope["businessDate"],
      session: newId<SaleId>(till.answer.settings.tag) as never,
    };
    expect(await shownFor({ at, ...shift })).toEqual([shift.session]);
    expect(await shownFor({ at, ...shift })).toEqual([shift.session]);
  });
});
