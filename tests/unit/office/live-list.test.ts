import { createRoot, createSignal } from "solid-js";
import { expect, it } from "vitest";
import { ok } from "../../../src/domain/result.ts";
import { createLiveList } from "../../../src/office/live-list.ts";

type Row = { readonly id: string; readonly state: string };
const row = (n: number, state = "new"): Row => ({ id: String(n).padStart(4, "0"), state });

/** A list over `rows` (newest first, pages of three) whose clock ticks when told to. */
function listOver(rows: () => readonly Row[]) {
  const [isHeld, hold] = createSignal(false);
  const tasks: (() => void)[] = [];
  const clock = { now: () => 1, every: (_ms: number, task: () => void) => (tasks.push(task), () => undefined) };
  const list = createRoot(() =>
    createLiveList<string, Row, { readonly count: number }>(
      {
        filter: () => "all",
        isHeld,
        load: async (_filter, before) => {
          const rest = rows().filter(({ id }) => before === null || id < before);
          const page = rest.slice(0, 3);
          return ok({
            rows: page,
            next: rest.length > page.length ? (page.at(-1)?.id ?? null) : null,
            totals: { count: rows().length },
          });
        },
      },
      clock,
      1_000,
    ),
  );
  const tick = async (): Promise<void> => {
    for (const task of tasks) task();
    await settled();
  };
  return { list, hold, tick, shown: () => (list.rows() ?? []).map(({ id, state }) => `${Number(id)} ${state}`) };
}
const settled = (): Promise<void> => new Promise((done) => setTimeout(done, 5));

it("while somebody reads, new rows wait and are counted, and rows already shown change in place", async () => {
  let rows = [row(2), row(1)];
  const { list, hold, tick, shown } = listOver(() => rows);
  await settled();
  hold(true);
  rows = [row(3), row(2, "paid"), row(1)];
  await tick();
  expect([shown(), list.waiting(), list.totals()?.count]).toEqual([["2 paid", "1 new"], 1, 3]);
  list.showWaiting();
  expect([shown(), list.waiting()]).toEqual([["3 new", "2 paid", "1 new"], 0]);
});

it("earlier pages stay when the newest is read again", async () => {
  let rows = [5, 4, 3, 2, 1].map((n) => row(n));
  const { list, tick, shown } = listOver(() => rows);
  await settled();
  await list.showEarlier();
  expect([shown().length, list.hasEarlier()]).toEqual([5, false]);
  rows = [row(6), ...rows];
  await tick();
  expect([shown().length, shown()[0], list.hasEarlier()]).toEqual([6, "6 new", false]);
});

it("when more came than a page holds, the list begins anew and never has a gap", async () => {
  let rows = [2, 1].map((n) => row(n));
  const { list, hold, tick, shown } = listOver(() => rows);
  await settled();
  hold(true);
  rows = [9, 8, 7, 6, 5, 4, 3, 2, 1].map((n) => row(n));
  await tick();
  list.showWaiting();
  expect([shown(), list.hasEarlier()]).toEqual([["9 new", "8 new", "7 new"], true]);
  await list.showEarlier();
  await list.showEarlier();
  expect(shown().map((text) => Number(text.split(" ")[0]))).toEqual([9, 8, 7, 6, 5, 4, 3, 2, 1]);
});

it("a row that has left the list goes, the last one too; of earlier pages nothing is lost", async () => {
  let rows = [5, 4, 3, 2, 1].map((n) => row(n));
  const { list, tick, shown } = listOver(() => rows);
  await settled();
  await list.showEarlier();
  rows = rows.filter(({ id }) => id !== "0004");
  await tick();
  expect([shown(), list.totals()?.count]).toEqual([["5 new", "3 new", "2 new", "1 new"], 4]);
  rows = rows.slice(2);
  await tick();
  expect(shown()).toEqual(["2 new", "1 new"]);
  rows = [];
  await tick();
  expect([list.rows(), list.totals()?.count]).toEqual([[], 0]);
});
