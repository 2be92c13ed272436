export function beginningOf(pid: number): string | null;
export function programOf(pid: number): string | null;
export function listenerOn(port: number): string | null;
