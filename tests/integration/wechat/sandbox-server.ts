import type { AddressInfo } from "node:net";
import { createSandboxServer } from "../../../src/gateway/sandbox/http-server.ts";
import { createSandbox } from "../../../src/gateway/sandbox/sandbox.ts";
import type { SandboxKeys } from "../../../src/gateway/sandbox/wechat-pay/keys.ts";
import { wechatPayPlay } from "../../../src/gateway/sandbox/wechat-pay/play.ts";
import { memoryStore } from "../../../src/gateway/sandbox/store.ts";
import { systemClock, systemRandom } from "../../../src/gateway/system-clock.ts";
import { testSandboxKeys } from "../../conformance/providers/wechat-stage.ts";

/** A sandbox on a port of the system's choice, delays at a hundredth; it sends its notifications. */
export async function listeningSandbox(keys: SandboxKeys = testSandboxKeys) {
  const store = memoryStore();
  const sandbox = createSandbox(
    {
      clock: systemClock,
      random: systemRandom,
      store,
      timeFactor: 0.01,
      fetch,
    },
    [wechatPayPlay(keys)],
  );
  const server = createSandboxServer(sandbox, null);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    store,
    async stop() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      sandbox.stop();
    },
  };
}
