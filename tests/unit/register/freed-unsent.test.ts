import { expect, test } from "vitest";
import { createCore } from "../../../src/register/core.ts";
import type { RegisterPorts } from "../../../src/register/ports.ts";
import { endUnsent } from "../../../src/register/paying/resolve-payment.ts";
import { registerBench } from "../../fakes/register-bench.ts";
import { milkCode, pin, supervisor } from "../../fakes/returning-till.ts";
import { entries } from "../../fakes/shift-till.ts";

test("an attempt that was freed stays freed when the gateway says late that it took nothing", async () => {
  const bench = await registerBench();
  const { register, clock, ledger } = bench;
  await register.scan(milkCode);
  await register.beginTender();
  await register.scan("130000000000000001");
  for (let i = 0; i < 40; i++) await clock.advance(1_000);
  register.beginFreeing();
  await register.freeOffline(supervisor, pin);
  const [attempt] = await ledger.database.attempt.toArray();
  if (attempt === undefined) throw new Error("an attempt was made");
  const windows = { post: () => undefined, listen: () => () => undefined };
  await endUnsent(createCore({ clock, ledger, windows } as unknown as RegisterPorts), attempt.id, "deadlinePassed");
  expect(await ledger.database.attempt.get(attempt.id)).toMatchObject({ abandoned: "freed", resolved: 1 });
  const said = (await entries(bench)).filter(({ kind }) => kind === "attemptAbandoned");
  expect(said.map(({ body }) => body)).toMatchObject([{ freed: true }]);
});
