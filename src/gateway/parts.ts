import type { Clock, Random } from "../domain/clock.ts";
import type { Configuration } from "./config.ts";
import type { Fetch } from "./exchange.ts";
import type { GatewayKeys } from "./keys/gateway-keys.ts";
import type { Log } from "./log.ts";
import type { PaymentNews } from "./payments/news.ts";
import type { WebhookPost } from "./webhooks/post.ts";
import type { TlsFiles } from "./start/certificate-faults.ts";
import type { OpenDatabase } from "./store/database.ts";

/** Everything of the outside that the gateway is given: real in `main.ts`, virtual in the simulation. */
export type GatewayParts = {
  readonly clock: Clock;
  readonly random: Random;
  readonly database: OpenDatabase;
  readonly keys: GatewayKeys;
  readonly config: Configuration;
  readonly fetch: Fetch;
  readonly log: Log;
  /** How webhooks leave; nothing leaves where it is not given (simulation, tests). */
  readonly webhookPost?: WebhookPost;
  /** Tells the streams of every gateway on this database that a payment changed. */
  readonly news: PaymentNews;
  /** Certificate and key where TLS ends here. */
  readonly tls?: TlsFiles | null;
  /** Folder of the built pages; null where none are served (simulation, tests). */
  readonly pages: string | null;
};
