import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { ApprovalId, SaleId, StaffId } from "../../../src/domain/identifier.ts";
import { givenAway, reductionDepth, reductionUnapproved, takenOff } from "../../../src/domain/reductions.ts";
import { pieces, quantity } from "../../../src/domain/quantity.ts";
import type { Approval, Role } from "../../../src/domain/staff.ts";
import { after, fen, ticket, type Scanned } from "../../fakes/random-sale.ts";

const roles = new Map<string, Role>([
  ["cashier", "cashier"],
  ["supervisor", "supervisor"],
  ["manager", "manager"],
]);
const roleOf = (staff: StaffId): Role | null => roles.get(staff) ?? null;
const id = "0123456789A1A1000000000001" as SaleId;
const yes = (by: string, change: Partial<Approval> = {}): Approval => ({
  id: "0123456789A1A1000000000002" as ApprovalId,
  act: "discount",
  subject: id,
  amount: null,
  by: by as StaffId,
  method: "pin",
  at: 1 as never,
  ...change,
});

const one: Scanned = { kind: "goods", price: 10_000, quantity: pieces(1), rate: 1_300, discount: null };
const plain = ticket({ taxMode: "included", scanned: [one], discount: null });
/** A hundred yuan of goods with so many basis points off, or sold at another price. */
const off = (basisPoints: number) =>
  after(plain, { kind: "discountLine", line: 1, discount: { kind: "percent", basisPoints } });
const at = (unitPrice: number) =>
  after(plain, { kind: "overridePrice", line: 1, unitPrice: fen(unitPrice), reason: "damaged" });
const asked = (sale: ReturnType<typeof off>, seller: string, approvals: readonly Approval[] = []) =>
  reductionUnapproved({ ...sale, id, approvals }, seller as StaffId, roleOf);

describe("what of a sale's reductions nobody allowed", () => {
  test.each([
    ["nothing off", off(1), "cashier", [], null],
    ["as deep as a cashier may", off(1_000), "cashier", [], null],
    ["a basis point deeper", off(1_001), "cashier", [], "discount"],
    ["the same by a supervisor", off(1_001), "supervisor", [], null],
    ["deeper with the supervisor's yes", off(2_500), "cashier", [yes("supervisor")], null],
    ["deeper than the supervisor may allow", off(3_100), "cashier", [yes("supervisor")], "discount"],
    ["that with the manager's", off(3_100), "cashier", [yes("supervisor"), yes("manager")], null],
    ["with one's own yes", off(2_500), "cashier", [yes("cashier")], "discount"],
    ["with a yes to another sale", off(2_500), "cashier", [yes("manager", { subject: "another" })], "discount"],
    ["with a yes to something else", off(2_500), "cashier", [yes("manager", { act: "return" })], "discount"],
    ["with a stranger's yes", off(2_500), "cashier", [yes("stranger")], "discount"],
    ["by a stranger", off(500), "stranger", [], "discount"],
    ["another price by a cashier", at(9_999), "cashier", [], "overridePrice"],
    ["another price with a yes to a discount as deep", at(9_999), "cashier", [yes("supervisor")], null],
    ["a higher price", at(10_001), "cashier", [], null],
  ] as const)("%s", (_, sale, seller, approvals, act) => {
    expect(asked(sale, seller, approvals)?.act ?? null).toBe(act);
  });
});

describe("a yes to a reduction", () => {
  const fifteen = { kind: "percent", basisPoints: 1_500 } as const;
  const allowed = yes("supervisor", { size: 1_500 });
  const more = (price: number): Scanned => ({ ...one, price });

  const goods = fc.array(fc.integer({ min: 1, max: 30_000 }), { minLength: 1, maxLength: 12 });
  const fifteenOff = (prices: readonly number[]) =>
    ticket({ taxMode: "included", scanned: prices.map(more), discount: fifteen });

  test("covers the same percentage of other goods for no more money, rounding and all", () => {
    fc.assert(
      fc.property(goods, (prices) => {
        const sale = fifteenOff(prices);
        const amount = givenAway(sale.lines, "CNY");
        expect(asked(sale, "cashier", [{ ...allowed, amount }])).toBeNull();
      }),
    );
  });

  test("does not cover the same percentage once it comes to more money", () => {
    fc.assert(
      fc.property(goods, fc.integer({ min: 100, max: 30_000 }), (prices, price) => {
        const amount = givenAway(fifteenOff(prices).lines, "CNY");
        const sale = fifteenOff([...prices, price]);
        expect(asked(sale, "cashier", [{ ...allowed, amount }])).toMatchObject({ act: "discount" });
        const [size, whole] = [reductionDepth(sale.lines, "CNY"), givenAway(sale.lines, "CNY")];
        const anew = yes("manager", { size, amount: whole });
        expect(asked(sale, "cashier", [{ ...allowed, amount }, anew])).toBeNull();
      }),
    );
  });

  test("is not used up by what the seller may take off alone", () => {
    const two = ticket({ taxMode: "included", scanned: [more(100), more(90_000)], discount: null });
    const candy = after(two, { kind: "discountLine", line: 1, discount: { kind: "percent", basisPoints: 3_000 } });
    const yes30 = yes("supervisor", { size: 3_000, amount: fen(30) });
    const alsoOff = (basisPoints: number) =>
      after(candy, { kind: "discountLine", line: 2, discount: { kind: "percent", basisPoints } });
    expect(asked(alsoOff(1_000), "cashier", [yes30])).toBeNull();
    expect(asked(alsoOff(1_001), "cashier", [yes30])?.act).toBe("discount");
  });

  test("to another price is bound by its money, too, and a price put up elsewhere pays for nothing", () => {
    const priced = (sale: ReturnType<typeof off>, line: number, price: number) =>
      after(sale, { kind: "overridePrice", line, unitPrice: fen(price), reason: "damaged" });
    const two = ticket({ taxMode: "included", scanned: [one, one], discount: null });
    const yes20 = yes("supervisor", { act: "overridePrice", size: 2_000, amount: fen(2_000) });
    expect(asked(priced(two, 1, 8_000), "cashier", [yes20])).toBeNull();
    expect(asked(priced(priced(two, 1, 8_000), 2, 12_000), "cashier", [yes20])).toBeNull();
    expect(asked(priced(priced(two, 1, 8_000), 2, 8_000), "cashier", [yes20])?.act).toBe("overridePrice");
    expect(givenAway(priced(priced(two, 1, 8_000), 2, 12_000).lines, "CNY")).toEqual(fen(2_000));
  });

  test("does not cover a ticket that has become cheaper since: a price asked for one item is not asked for ten", () => {
    const target = { kind: "target", amount: fen(300) } as const;
    const small = ticket({ taxMode: "included", scanned: [more(390)], discount: target });
    const deep = reductionDepth(small.lines, "CNY");
    expect(asked(small, "cashier", [yes("manager", { size: deep })])).toBeNull();
    const large = ticket({ taxMode: "included", scanned: [390, 2_630, 2_630].map(more), discount: target });
    expect(asked(large, "cashier", [yes("manager", { size: deep })])).toMatchObject({ act: "discount" });
  });

  test("to a price for one line does not cover a deeper discount of all", () => {
    expect(asked(off(5_000), "cashier", [yes("manager", { act: "overridePrice", size: 2_308 })])?.act).toBe("discount");
  });

  test("to another price by weight covers it, though its amounts are rounded", () => {
    const gram = (grams: number): Scanned => ({ ...one, price: 1_280, quantity: quantity(grams, "kg") });
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 3_000 }), fc.integer({ min: 1, max: 1_279 }), (grams, price) => {
        const weighed = ticket({ taxMode: "included", scanned: [gram(grams)], discount: null });
        const cheaper = after(weighed, { kind: "overridePrice", line: 1, unitPrice: fen(price), reason: "damaged" });
        const size = reductionDepth(cheaper.lines, "CNY");
        fc.pre(size > 0);
        expect(asked(cheaper, "cashier", [yes("manager", { act: "overridePrice", size })])).toBeNull();
      }),
    );
  });

  test("of an older build says no depth and stands as it did", () => {
    expect(asked(off(5_000), "cashier", [yes("manager")])).toBeNull();
  });
});

test("the depth and what was taken off are held against the shop's own prices", () => {
  expect([reductionDepth(at(7_500).lines, "CNY"), takenOff(at(7_500).lines, "CNY").amount]).toEqual([2_500, 2_500]);
});
