import { createRoot } from "solid-js";
import { expect, it } from "vitest";
import type { OfficeSession } from "../../../src/contract/office.ts";
import { createOffice, type OfficeBrowser } from "../../../src/office/office.ts";
import type { OfficeClient } from "../../../src/office/office-client.ts";

const stores = [{ id: "heping", name: "和平", zone: "Asia/Shanghai", today: "2026-11-30" }];
const allowed = {
  name: "周静",
  shop: "",
  isEverywhere: true,
  acts: ["seeFigures"],
  stores,
} as unknown as OfficeSession;

function at(hash: string, session: OfficeSession | null) {
  const browser = {
    languages: ["en"],
    remembered: () => null,
    kept: () => null,
    keep: () => undefined,
    place: () => hash,
  } as unknown as OfficeBrowser;
  return createRoot(() => {
    const office = createOffice({} as OfficeClient, browser);
    office.setSession(session);
    return { view: office.shown(), isForbidden: office.isForbidden() };
  });
}

it.each(["#staff", "#audit", "#setup/products", "#permissions"])(
  "%s is told to be forbidden, not left for another page",
  (hash) => {
    const [view] = hash.slice(1).split("/");
    expect(at(hash, allowed)).toEqual({ view, isForbidden: true });
  },
);

it("an address that names no view leads to what one may see", () => {
  expect(at("", allowed)).toEqual({ view: "sales", isForbidden: false });
  expect(at("", { ...allowed, acts: [] })).toEqual({ view: "me", isForbidden: false });
  expect(at("#nowhere", { ...allowed, acts: [] })).toEqual({ view: "me", isForbidden: false });
  expect(at("#ledger", allowed)).toEqual({ view: "ledger", isForbidden: false });
});

it("nothing is forbidden while nobody is signed in, or in a shop that is not set up", () => {
  expect(at("#staff", null).isForbidden).toBe(false);
  expect(at("#sales", { ...allowed, acts: ["editProducts"], stores: [] })).toEqual({
    view: "setup",
    isForbidden: false,
  });
});
