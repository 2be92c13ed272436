import { Writable } from "node:stream";
import { pino } from "pino";
import { expect, it } from "vitest";
import { gatewayBench } from "../gateway-bench.ts";

it("no log line at any level holds a PIN, a pepper, an activation code, a signature, a body or a query", async () => {
  const lines: string[] = [];
  const stream = new Writable({
    write(chunk, _encoding, done) {
      lines.push(String(chunk));
      done();
    },
  });
  const bench = await gatewayBench({ log: pino({ level: "trace" }, stream) });
  const till = await bench.till("till-a1");
  const pin = bench.pins[0]?.pin ?? "";
  const asked = [
    await till.ask({ method: "POST", path: "/v1/sign-ons", body: { v: 1, staff: "staff-1", pin } }),
    await till.ask({ method: "POST", path: "/v1/sign-ons", body: { v: 1, staff: "staff-1", pin: { secret: pin } } }),
    await till.ask({ path: `/v1/catalog?after=not-a-number-${pin}` }),
    await till.ask(
      { method: "POST", path: "/v1/sign-ons", body: { v: 1, staff: "staff-1", pin } },
      { sentBody: `{"pin":"${pin}"` },
    ),
    await bench.gateway.app.server.inject({
      method: "POST",
      url: "/v1/activations",
      headers: { host: "127.0.0.1" },
      payload: `{"code":"${pin}`,
    }),
  ];
  expect(asked.map(({ statusCode }) => statusCode)).toEqual([200, 400, 400, 401, 400]);
  expect(lines.length).toBeGreaterThanOrEqual(asked.length);
  const said = lines.join("");
  for (const secret of [pin, till.answer.pepper, "signature", "sig=", "not-a-number"])
    expect([secret, said.includes(secret)]).toEqual([secret, false]);
  for (const answer of asked) expect(answer.body).not.toContain(pin);
});
