import {
  startAuthentication,
  startRegistration,
  type PublicKeyCredentialCreationOptionsJSON,
  type PublicKeyCredentialRequestOptionsJSON,
} from "@simplewebauthn/browser";
import type { PasskeyOptions } from "../../contract/people.ts";

/** Has this device make a passkey; null when its holder changed their mind, or it cannot. */
export async function makePasskey({ options }: PasskeyOptions): Promise<object | null> {
  try {
    return await startRegistration({ optionsJSON: options as unknown as PublicKeyCredentialCreationOptionsJSON });
  } catch {
    // taken back, timed out or not able to: the page says what else there is
    return null;
  }
}

/** Has this device prove that it holds a passkey; null when its holder changed their mind, or it holds none. */
export async function provePasskey({ options }: PasskeyOptions): Promise<object | null> {
  try {
    return await startAuthentication({ optionsJSON: options as unknown as PublicKeyCredentialRequestOptionsJSON });
  } catch {
    // taken back, timed out or none here: the page says what else there is
    return null;
  }
}
