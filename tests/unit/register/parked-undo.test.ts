import { expect, test } from "vitest";
import { pastSale, counterGateway } from "../../fakes/counter-gateway.ts";
import { apples, milk, registerBench } from "../../fakes/register-bench.ts";
import { bringBack, milkCode, one, pin, state, supervisor } from "../../fakes/returning-till.ts";

test("a line taken off an exchange that was set aside while its payment is in doubt is not put into the next customer's sale", async () => {
  const sold = pastSale(1, 1_000, 0);
  const gateway = counterGateway();
  gateway.knows(sold);
  const bench = await registerBench(gateway.answering);
  const { register, clock } = bench;
  gateway.now = () => clock.now();
  await bringBack(bench, sold.receipt, one(1_000));
  await register.scan(milkCode);
  await register.add({ ...milk, id: "100079" as never, barcodes: [] });
  register.remove(3);
  await register.beginTender();
  await register.approve(supervisor, pin);
  await register.scan("130000000000000001");
  await register.parkPayment();
  expect(state(bench)).toMatchObject({ sale: null, undo: null, parked: [{ stage: "asking" }] });
  await register.scan(apples.barcodes[0] ?? "");
  register.undoRemove();
  expect(state(bench).sale).toBe(null);
});
