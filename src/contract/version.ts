/** Version of the messages between till and gateway. Requests of the last 180 days' builds are understood. */
export const contractVersion = 1;
/** Every answer, refusals too, carries the gateway's time in ms under this header; the till keeps its offset from it. */
export const gatewayTimeHeader = "x-gateway-time";
