export function npmEnvironment(scratch: string): Readonly<Record<string, string | undefined>>;
