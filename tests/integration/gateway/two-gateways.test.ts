import { beforeAll, expect, it } from "vitest";
import type { SaleId } from "../../../src/domain/identifier.ts";
import { composeGateway, type Gateway } from "../../../src/gateway/compose.ts";
import { newId, sampleSale } from "../../fakes/sample-sale.ts";
import type { SigningTill } from "../../fakes/signing-till.ts";
import { gatewayBench, type GatewayBench } from "../gateway-bench.ts";

let bench: GatewayBench;
let second: Gateway;
let till: SigningTill;
beforeAll(async () => {
  bench = await gatewayBench();
  second = await bench.another();
  till = await bench.till("till-a1");
});

it("a till activated by one gateway is known to the other, and a request seen by one is a repeat for both", async () => {
  const nonce = "a-nonce-used-once-000";
  const through = second.app.server;
  expect((await till.ask({ path: "/v1/till" }, { through, nonce })).statusCode).toBe(200);
  expect((await till.ask({ path: "/v1/till" }, { nonce })).json().code).toBe("replayed");
});

it("wrong PINs are counted together, whichever gateway they were tried at", async () => {
  const body = { v: 1, staff: "staff-4", pin: bench.pins[3]?.pin === "000000" ? "111111" : "000000" };
  const answers = [];
  for (let i = 0; i < 5; i++)
    answers.push(
      await till.ask({ method: "POST", path: "/v1/sign-ons", body }, i % 2 === 0 ? {} : { through: second.app.server }),
    );
  expect(answers.map((answer) => answer.json().code)).toEqual([
    "wrongPin",
    "wrongPin",
    "wrongPin",
    "wrongPin",
    "locked",
  ]);
});

it("the same batch delivered to both at once is held once", async () => {
  const sale = newId<SaleId>(till.answer.settings.tag);
  const text = till.write({ kind: "saleCompleted", body: sampleSale(sale, 11_300) });
  await Promise.all([till.drain([text]), till.drain([text]), till.drain([text])]);
  const postings = await bench.parts.database
    .selectFrom("ledger_transfer")
    .select("amount")
    .where("subject", "=", sale)
    .execute();
  expect(postings.map(({ amount }) => amount).toSorted((a, b) => a - b)).toEqual([1_300, 10_000]);
});

it("a gateway that is stopped ends what it has begun and takes nothing new", async () => {
  const third = await composeGateway({ ...bench.parts, database: bench.fresh.open() });
  await third.start();
  const address = await third.app.server.listen({ host: "127.0.0.1", port: 0 });
  const body = JSON.stringify({ v: 1, password: "is not the right one" });
  const begun = fetch(address.replace("127.0.0.1", "localhost") + "/v1/office/sign-ins", {
    method: "POST",
    body,
    headers: { "content-type": "application/json", origin: address.replace("127.0.0.1", "localhost") },
  });
  // a try is counted before its password is computed: the request is in flight from then on
  const isBegun = async () =>
    (await bench.parts.database.selectFrom("limited_try").select("count").where("subject", "=", "office").execute())
      .length > 0;
  while (!(await isBegun())) await new Promise((settle) => setTimeout(settle, 2));
  const stopping = performance.now();
  await third.stop();
  // the browser of such a connection would keep it for 72 s
  expect(performance.now() - stopping).toBeLessThan(5_000);
  expect((await begun).status).toBe(401);
  await expect(fetch(`${address}/v1/till`)).rejects.toThrow("fetch failed");
});
