import type { AddressInfo } from "node:net";
import { AlipaySdk } from "alipay-sdk";
import iconv from "iconv-lite";
import { unzipSync } from "fflate";
import { afterAll, beforeAll, expect, it } from "vitest";
import { alipayPlay } from "../../../src/gateway/sandbox/alipay/play.ts";
import { createSandboxServer } from "../../../src/gateway/sandbox/http-server.ts";
import { createSandbox } from "../../../src/gateway/sandbox/sandbox.ts";
import { memoryStore } from "../../../src/gateway/sandbox/store.ts";
import { systemClock, systemRandom } from "../../../src/gateway/system-clock.ts";
import { alipaySandboxKeys, alipayTestKeys as keys } from "../providers/alipay-stage.ts";

// the SDK writes the time of its process's zone where Alipay wants Beijing's
process.env["TZ"] = "Asia/Shanghai";

const sandbox = createSandbox(
  { clock: systemClock, random: systemRandom, store: memoryStore(), timeFactor: 0.01, fetch },
  [alipayPlay(alipaySandboxKeys)],
);
const server = createSandboxServer(sandbox, null);
let origin = "";
let sdk: AlipaySdk;

beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  sdk = new AlipaySdk({
    appId: keys.app_id,
    privateKey: keys.app.private_key_pkcs1_pem,
    alipayPublicKey: keys.alipay.public_key_pem,
    gateway: `${origin}/gateway.do`,
  });
  await exec("alipay.trade.pay", {
    outTradeNo: "T20261121190000000031",
    authCode: "280000000000000031",
    scene: "bar_code",
    subject: "拿铁咖啡",
    totalAmount: "56.00",
  });
});
afterAll(async () => {
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
  sandbox.stop();
});

const exec = (method: string, bizContent: object) => sdk.exec(method, { bizContent }, { validateSign: true });
const address = (billType: string) =>
  exec("alipay.data.dataservice.bill.downloadurl.query", { billType, billDate: today });
/** Today in Beijing when this began: the sandbox has the system's clock. */
const today = new Date(Date.now() + 8 * 3_600_000).toISOString().slice(0, 10);

it("an SDK that is not ours is told that today's bill is not there", async () => {
  expect(await address("trade")).toMatchObject({ code: "40004", subCode: "BILL_NOT_EXIST" });
});

it.each([
  ["trade", "T20261121190000000031\t,交易,拿铁咖啡,"],
  ["signcustomer", ",56.00,,1056.00,支付宝,在线支付,"],
])("it verifies the answer that names the address of a %s bill, and the archive opens", async (type, row) => {
  await fetch(`${origin}/_sandbox/bills`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ ready: "atOnce" }),
  });
  const { billDownloadUrl } = await address(type);
  expect(String(billDownloadUrl)).toMatch(`${origin}/`);
  const answer = await fetch(String(billDownloadUrl));
  expect(answer.status).toBe(200);
  const files = Object.values(unzipSync(new Uint8Array(await answer.arrayBuffer())));
  expect(files).toHaveLength(2);
  expect(iconv.decode(Buffer.from(files[0] ?? []), "gbk")).toContain(row);
});
