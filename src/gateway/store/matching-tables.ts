export type FeeRateRow = {
  account: string;
  since: string;
  rate: number;
  gives_back: boolean;
  set_by: string;
  set_at: number;
};

export type MatchingWindowRow = {
  account: string;
  near_minutes: number;
  pair_minutes: number;
  set_by: string;
  set_at: number;
};

export type PairingRow = {
  store: string;
  account: string;
  tender: string;
  row_store: string;
  row_number: string;
  by: string;
  at: number;
  undone_at: number | null;
};
