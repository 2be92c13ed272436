/** What a person fills in of an account with a provider. */
export const accountFields = [
  "mchid",
  "appid",
  "apiV3Key",
  "privateKey",
  "certificate",
  "publicKeyId",
  "publicKey",
  "appId",
  "sellerId",
  "appCertificate",
  "alipayCertificate",
  "rootCertificate",
] as const;
export type AccountField = (typeof accountFields)[number];
/** What is wrong with a field's form. */
export const accountFaults = [
  "merchantForm",
  "appForm",
  "secretForm",
  "privateKey",
  "certificate",
  "expired",
  "keyOfAnother",
  "publicKeyId",
  "publicKey",
  "missing",
] as const;
export type AccountFault = (typeof accountFaults)[number];
/** Why the provider did not answer the test as it answers right keys. */
export const accountTestFailures = ["notReached", "ownKey", "answerKey", "merchant", "busy", "other"] as const;
export type AccountTestFailure = (typeof accountTestFailures)[number];
