import * as fc from "fast-check";
import { expect, it } from "vitest";
import { openKinds, placeText, reconciliationPlace } from "../../../src/office/books/reconciliation-place.ts";

const day = fc
  .date({ min: new Date("2020-01-01"), max: new Date("2099-12-31"), noInvalidDate: true })
  .map((at) => at.toISOString().slice(0, 10));
const name = fc.string({ unit: "grapheme", minLength: 1, maxLength: 20 });
const item = fc.option(fc.record({ store: name, account: name, side: name, number: name }), { nil: null });
const list = fc.oneof(
  fc.record({ kind: fc.constant("day" as const), day, account: name }),
  fc.record({ kind: fc.constant("open" as const), open: fc.constantFrom(...openKinds) }),
);

it("a place is read from its address as it was written, whatever its names hold", () => {
  fc.assert(
    fc.property(list, fc.option(name, { nil: null }), item, (at, cause, opened) => {
      const place = { list: at, cause, item: opened };
      expect(reconciliationPlace(placeText(place))).toEqual(place);
    }),
  );
});

it.each([null, "", "2026-11-20", "2026-13-45/wechat", "open/everything", "%/%", "sales/1"])(
  "an address that says nothing (%s) shows all days",
  (text) => {
    expect(reconciliationPlace(text)).toEqual({ list: { kind: "days" }, cause: null, item: null });
  },
);

it("a whole bill's number keeps its slash out of the way of the others", () => {
  const place = {
    list: { kind: "open", open: "breaks" },
    cause: null,
    item: { store: "heping", account: "wechat", side: "bill", number: "trade/2026-11-20" },
  } as const;
  expect(placeText(place)).toBe("open/breaks/item/heping/wechat/bill/trade%2F2026-11-20");
});
