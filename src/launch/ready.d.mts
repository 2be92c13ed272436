export function npmEnvironment(scratch: string): Readonly<Record<string, string | undefined>>;
/** Builds page and gateway unless nothing they are made of has changed since. */
export function build(root: string): Promise<void>;
