import { X509Certificate, type KeyObject } from "node:crypto";
import { z } from "zod";
import { instant, type Instant } from "../../../domain/clock.ts";
import { readJson, type ExchangeAnswer } from "../../exchange.ts";
import type { Secret } from "../../secret.ts";
import { openAesGcm } from "../../signing/aes-gcm.ts";
import { judgeSignature } from "./answer-signature.ts";
import type { WechatPayCredentials } from "./credentials.ts";

/** WeChat Pay's keys as they change: told beforehand, and by certificates that are fetched. */
export type PlatformKeys = {
  /** Those that count now, by serial. Certificates older than an hour are fetched again behind the caller's back. */
  held(accountId: string, credentials: WechatPayCredentials): ReadonlyMap<string, KeyObject>;
  /** Fetches the certificates for a serial nobody knows; false when there is nothing new. */
  refreshed(accountId: string, credentials: WechatPayCredentials, signal: AbortSignal): Promise<boolean>;
};

/** Fetches `/v3/certificates` for an account; the answer is not judged yet. */
export type AskCertificates = (
  credentials: WechatPayCredentials,
  call: { readonly method: "GET"; readonly path: string; readonly body: ""; readonly withinMs: number },
  signal: AbortSignal,
) => Promise<ExchangeAnswer>;

type Certificate = {
  readonly serial: string;
  readonly key: KeyObject;
  readonly from: Instant;
  readonly until: Instant;
};

type Shelf = {
  readonly certificates: readonly Certificate[];
  readonly triedAt: Instant;
  /** Whether the last try brought a serial that was not held before. */
  readonly isNews: boolean;
};

/** The provider's own library asks every hour: a new certificate is told long before the old one ends. */
const freshMs = 3_600_000;
/** After a try that brought nothing new, an unknown serial (a forged message's) does not make us ask again sooner. */
const pauseMs = 60_000;
/** Within the 5 s that WeChat Pay waits for the answer to a notification. */
const askWithinMs = 3_000;

const listed = z.object({
  data: z
    .array(
      z.object({
        serial_no: z.string().max(64),
        encrypt_certificate: z.object({
          algorithm: z.literal("AEAD_AES_256_GCM"),
          nonce: z.string(),
          associated_data: z.string().nullish(),
          ciphertext: z.string().max(64 * 1024),
        }),
      }),
    )
    .max(16),
});

/** A cache of certificates: every gateway holds its own, and a new one begins with none. */
export function createPlatformKeys(ports: {
  readonly clock: { now(): Instant };
  readonly ask: AskCertificates;
}): PlatformKeys {
  const shelves = new Map<string, Shelf>();
  const underWay = new Map<string, Promise<void>>();

  const fetchNow = async (id: string, credentials: WechatPayCredentials, signal: AbortSignal): Promise<void> => {
    const send = { method: "GET", path: "/v3/certificates", body: "", withinMs: askWithinMs } as const;
    const answer = await ports.ask(credentials, send, signal);
    const before = shelves.get(id)?.certificates ?? [];
    const now = ports.clock.now();
    const told = answer.kind === "answer" && answer.status === 200 ? certificatesIn(answer, credentials) : [];
    const isTrue = told.length > 0 && isSigned(answer, [...before, ...told], credentials, now);
    const isNews = isTrue && told.some(({ serial }) => !before.some((held) => held.serial === serial));
    shelves.set(id, { certificates: isTrue ? together(before, told, now) : before, triedAt: now, isNews });
  };
  const refresh = (id: string, credentials: WechatPayCredentials, signal: AbortSignal): Promise<void> => {
    const already = underWay.get(id);
    if (already !== undefined) return already;
    const fetching = fetchNow(id, credentials, signal).finally(() => underWay.delete(id));
    underWay.set(id, fetching);
    return fetching;
  };

  return {
    held(id, credentials) {
      if (!credentials.fetchesCertificates) return credentials.platformKeys;
      const now = ports.clock.now();
      const shelf = shelves.get(id);
      if (shelf !== undefined && now - shelf.triedAt >= freshMs)
        void refresh(id, credentials, new AbortController().signal);
      return keysAt(shelf?.certificates ?? [], credentials, now);
    },
    async refreshed(id, credentials, signal) {
      if (!credentials.fetchesCertificates) return false;
      const shelf = shelves.get(id);
      const isFruitless = shelf !== undefined && shelf.certificates.length > 0 && !shelf.isNews;
      if (isFruitless && ports.clock.now() - shelf.triedAt < pauseMs) return false;
      await refresh(id, credentials, signal);
      return true;
    },
  };
}

/** Keys told beforehand, and those of certificates that are valid at `now`. */
function keysAt(
  certificates: readonly Certificate[],
  credentials: WechatPayCredentials,
  now: Instant,
): ReadonlyMap<string, KeyObject> {
  const valid = certificates.filter(({ from, until }) => from <= now && now <= until);
  return new Map([...credentials.platformKeys, ...valid.map(({ serial, key }) => [serial, key] as const)]);
}

/** Several are valid at once around a change: those of before stay until they end. */
function together(before: readonly Certificate[], told: readonly Certificate[], now: Instant): readonly Certificate[] {
  const bySerial = new Map([...before, ...told].map((certificate) => [certificate.serial, certificate]));
  return [...bySerial.values()].filter(({ until }) => now <= until);
}

/** The answer must be signed by a certificate held before or found in it: its being decrypted vouches for the first one. */
function isSigned(
  answer: ExchangeAnswer,
  certificates: readonly Certificate[],
  credentials: WechatPayCredentials,
  now: Instant,
): boolean {
  if (answer.kind === "silence") return false;
  return judgeSignature(answer.headers, answer.body, keysAt(certificates, credentials, now), now) === "valid";
}

/** The certificates of an answer that our APIv3 key opens and that bear the serial they are listed under. */
export function certificatesIn(
  answer: { readonly body: Uint8Array },
  { apiV3Key }: Pick<WechatPayCredentials, "apiV3Key">,
): readonly Certificate[] {
  const read = listed.safeParse(readJson(answer.body));
  if (!read.success || apiV3Key === null) return [];
  return read.data.data.flatMap(({ serial_no: serial, encrypt_certificate: sealed }) => {
    const certificate = opened(sealed, apiV3Key);
    return certificate !== null && certificate.serial === serial.toUpperCase() ? [certificate] : [];
  });
}

function opened(
  sealed: { readonly nonce: string; readonly associated_data?: string | null | undefined; readonly ciphertext: string },
  key: Secret,
): Certificate | null {
  const { nonce, ciphertext, associated_data: associatedData } = sealed;
  const pem = openAesGcm({ nonce, ciphertext, associatedData: associatedData ?? "" }, key);
  if (pem === null) return null;
  try {
    const certificate = new X509Certificate(pem);
    if (certificate.publicKey.asymmetricKeyType !== "rsa") return null;
    return {
      serial: certificate.serialNumber.toUpperCase(),
      key: certificate.publicKey,
      from: instant(Date.parse(certificate.validFrom)),
      until: instant(Date.parse(certificate.validTo)),
    };
  } catch {
    // a text from outside that is no certificate: it is not held
    return null;
  }
}
