/** A running PostgreSQL of our own; see `postgres.mjs`. */
export type RunningPostgres = {
  readonly ownerUrl: string;
  readonly applicationUrl: string;
  readonly pid: number;
  readonly closed: Promise<number>;
  stop(): Promise<void>;
};
export function startPostgres(how: {
  readonly folder: string;
  readonly say?: (line: string) => void;
  readonly settings?: readonly string[];
}): Promise<RunningPostgres>;
