import { alipayFacts } from "./alipay-lies.ts";
import { alipayStage } from "./alipay-stage.ts";
import { providerConformance } from "./provider-conformance.ts";

providerConformance("Alipay by public key", alipayFacts, () => alipayStage("publicKey"));
providerConformance("Alipay by certificates", alipayFacts, () => alipayStage("certificate"));
