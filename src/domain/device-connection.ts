import { unreachable } from "./assert.ts";
import { ok, refuse, type Result } from "./result.ts";

/**
 * Why a device cannot be used although it is there: another window of this till owns it, it would not open, the line went
 * dead without an unplug, it took no bytes before the deadline, or this browser has no such interface at all.
 */
export type DeviceFault = "otherWindow" | "openFailed" | "lost" | "stalled" | "unsupported";

/** Where a device stands. `busy` holds the id of the job that has the line; `detached` means unplugged, known and awaited. */
export type DeviceConnection =
  | { readonly state: "unpaired" }
  | { readonly state: "closed" }
  | { readonly state: "opening" }
  | { readonly state: "idle" }
  | { readonly state: "busy"; readonly job: string }
  | { readonly state: "error"; readonly fault: DeviceFault }
  | { readonly state: "detached" };

/** What can happen to a device. */
export type DeviceEvent =
  | { readonly kind: "paired" }
  | { readonly kind: "open" }
  | { readonly kind: "opened" }
  | { readonly kind: "begin"; readonly job: string }
  | { readonly kind: "finish" }
  | { readonly kind: "close" }
  | { readonly kind: "fail"; readonly fault: DeviceFault }
  | { readonly kind: "detach" }
  | { readonly kind: "attach" }
  | { readonly kind: "forget" };

/** The machine has no such step: the caller's view of the device is out of date. */
export type IllegalDeviceStep = {
  readonly kind: "illegalDeviceStep";
  readonly from: DeviceConnection["state"];
  readonly event: DeviceEvent["kind"];
};

/**
 * The device after `event`. `fail` and `detach` are possible from every state, because the world does not ask; `attach`
 * leads from `detached` straight to `opening`, an error is left by opening again, closing or pairing, and `forget` is possible
 * whenever no job has the line.
 */
export function transitionDevice(
  device: DeviceConnection,
  event: DeviceEvent,
): Result<DeviceConnection, IllegalDeviceStep> {
  const no = refuse({ kind: "illegalDeviceStep", from: device.state, event: event.kind } as const);
  const resting = device.state === "closed" || device.state === "error" || device.state === "detached";
  switch (event.kind) {
    case "paired":
      return resting || device.state === "unpaired" ? ok({ state: "closed" }) : no;
    case "open":
      return device.state === "closed" || device.state === "error" ? ok({ state: "opening" }) : no;
    case "opened":
      return device.state === "opening" ? ok({ state: "idle" }) : no;
    case "begin":
      return device.state === "idle" ? ok({ state: "busy", job: event.job }) : no;
    case "finish":
      return device.state === "busy" ? ok({ state: "idle" }) : no;
    case "close":
      return device.state === "idle" || device.state === "opening" || device.state === "error"
        ? ok({ state: "closed" })
        : no;
    case "attach":
      return device.state === "detached" ? ok({ state: "opening" }) : no;
    case "forget":
      return device.state === "busy" ? no : ok({ state: "unpaired" });
    case "fail":
      return ok({ state: "error", fault: event.fault });
    case "detach":
      return ok({ state: "detached" });
    default:
      return unreachable(event);
  }
}
