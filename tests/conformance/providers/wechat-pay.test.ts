import { providerConformance } from "./provider-conformance.ts";
import { wechatStage } from "./wechat-stage.ts";

providerConformance("WeChat Pay", wechatStage);
