import { providerConformance } from "./provider-conformance.ts";
import { wechatFacts } from "./wechat-lies.ts";
import { wechatStage } from "./wechat-stage.ts";

providerConformance("WeChat Pay by public key", wechatFacts, () => wechatStage("publicKey"));
providerConformance("WeChat Pay by certificates", wechatFacts, () => wechatStage("certificates"));
