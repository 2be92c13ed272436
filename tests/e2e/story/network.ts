import { createServer, connect, type Server, type Socket } from "node:net";
import type { Server as HttpServer } from "node:http";
import { listenOnTestPort } from "../../device-bench/page-server.ts";

/** The wire between the till and the gateways: one address, each new connection to the next gateway that lives; it can be cut. */
export type Network = {
  readonly port: number;
  /** Ports of the gateways that take turns. */
  setGateways(ports: readonly number[]): void;
  cut(): void;
  mend(): void;
  /** Ends what is connected; whoever still can connects anew. */
  drop(): void;
  close(): Promise<void>;
};

/** Opens the wire on a port that Chromium's policy knows. */
export async function openNetwork(): Promise<Network> {
  let gateways: readonly number[] = [];
  let turn = 0;
  let isCut = false;
  const sockets = new Set<Socket>();
  const server: Server = createServer((till) => {
    sockets.add(till);
    till.on("error", () => till.destroy());
    till.on("close", () => sockets.delete(till));
    const port = gateways[turn++ % Math.max(1, gateways.length)];
    if (isCut || port === undefined) return till.destroy();
    const gateway = connect(port, "127.0.0.1");
    gateway.on("error", () => till.destroy());
    gateway.on("close", () => till.destroy());
    till.on("close", () => gateway.destroy());
    till.pipe(gateway).pipe(till);
  });
  const drop = (): void => {
    for (const socket of sockets) socket.destroy();
  };
  const port = await listenOnTestPort(server as unknown as HttpServer);
  return {
    port,
    setGateways: (ports) => {
      gateways = ports;
    },
    cut: () => {
      isCut = true;
      drop();
    },
    drop,
    mend: () => {
      isCut = false;
    },
    close: () =>
      new Promise((resolve) => {
        drop();
        server.close(() => resolve());
      }),
  };
}
