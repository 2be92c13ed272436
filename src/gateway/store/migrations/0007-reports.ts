/**
 * Figures of the reports, kept with every completed sale in its own SQL transaction, so that they are always equal to the sales.
 *
 * `slice` is dimension and level. Levels: h: a date and hour; d: a date (hour -1); m: a month YYYY-MM, with its hours but for
 * products; e and a: a date and a month of products with all cashiers (staff '*'), and with all tills (till '*') once the period is
 * over. The till is in the key of every row that tills write: they, whose batches each come one after the other, never wait for each
 * other's rows. Figures as `domain/reports/README.md` defines them; amounts are minor units.
 */
export const reports = `
create table report_rollup (
  store text not null,
  slice text not null,
  period text not null,
  hour smallint not null,
  till text not null,
  staff text not null,
  key text not null,
  currency text not null,
  unit text not null,
  sales bigint not null,
  returns bigint not null,
  items bigint not null,
  items_back bigint not null,
  gross bigint not null,
  discounts bigint not null,
  returned bigint not null,
  rounding bigint not null,
  tax bigint not null,
  total bigint not null,
  tips bigint not null,
  thousandths bigint not null,
  primary key (store, slice, period, hour, till, staff, key, currency)
) with (fillfactor = 85);
create index report_rollup_product on report_rollup (store, slice, key, period)
  where slice in ('product/d', 'product/h');

-- Rows of periods that may be over, which are put together.
create index report_rollup_apart on report_rollup (store, slice, period)
  where slice in ('product/e', 'product/a') and till <> '*';

-- The hour of the store's day in which a sale was completed; empty until the reports have counted it.
alter table sale add column hour smallint;
create index sale_uncounted on sale (store, id) where state = 'completed' and hour is null;
create index sale_total on sale (store, total, business_date) where state = 'completed';
create index sale_till on sale (store, business_date, till, hour) where state = 'completed';

-- What an owner keeps to look at again: the report, its range and its filters.
create table saved_view (
  owner text not null references owner (id),
  name text not null,
  view jsonb not null,
  saved_at bigint not null,
  primary key (owner, name)
);
`;
