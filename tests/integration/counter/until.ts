import { setTimeout as sleep } from "node:timers/promises";

/** Asks until `read` answers something that `isDone` accepts. */
export async function until<Value>(read: () => Promise<Value>, isDone: (value: Value) => boolean): Promise<Value> {
  let last: Value | null = null;
  for (let tries = 0; tries < 200; tries++) {
    last = await read();
    if (isDone(last)) return last;
    await sleep(40);
  }
  throw new Error(`it never came: ${JSON.stringify(last)}`);
}
