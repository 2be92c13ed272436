import { expect, test } from "vitest";
import type { Register } from "../../../src/register/register.ts";
import { receiptWords } from "../../../src/i18n/receipt-words.ts";
import { registerBench } from "../../fakes/register-bench.ts";
import { fen, milkCode, pin, state, supervisor } from "../../fakes/returning-till.ts";

test.each<[string, number, (register: Register) => void]>([
  ["all that is due", 1_280, () => undefined],
  ["a part of it", 500, (register) => register.choosePart(fen(500))],
  ["a part and a tip", 628, (register) => (register.choosePart(fen(500)), register.chooseTip(fen(128)))],
])("a payment of %s that was freed offline is promised back as it was asked for", async (_name, asked, choose) => {
  const bench = await registerBench(() => undefined, false, { tips: [1_000] });
  const { register, clock } = bench;
  await register.scan(milkCode);
  await register.beginTender();
  choose(register);
  await register.scan("130000000000000001");
  for (let i = 0; i < 40; i++) await clock.advance(1_000);
  register.beginFreeing();
  await register.freeOffline(supervisor, pin);
  register.chooseMethod("cash");
  await register.takeCash(fen(1_280));
  await clock.advance(50);
  expect(state(bench).counter.kind).toBe("done");
  const [attempt] = await bench.ledger.database.attempt.toArray();
  if (attempt === undefined) throw new Error("an attempt was made");
  const words = receiptWords("zh-CN");
  expect(bench.papers.at(-1)?.document.blocks).toContainEqual(
    expect.objectContaining({ text: words.promisedRefund(fen(asked), attempt.id) }),
  );
});
