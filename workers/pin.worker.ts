import { scrypt } from "@noble/hashes/scrypt.js";
import { utf8ToBytes } from "@noble/hashes/utils.js";
import { expose, transfer } from "comlink";
import { pinScrypt } from "../src/contract/sign-on.ts";

const pinWorker = {
  /** The stretched PIN: memory-hard, about a tenth of a second, away from the page. */
  stretch(pin: string, salt: Uint8Array): Uint8Array {
    const { N, r, p, length } = pinScrypt;
    const stretched = scrypt(utf8ToBytes(pin), salt, { N, r, p, dkLen: length });
    return transfer(stretched, [stretched.buffer]);
  },
};

export type PinWorker = typeof pinWorker;

expose(pinWorker);
