import pg from "pg";

/** A year of a chain of this size: what a report is asked about. */
const load = { sales: 1_000_000, days: 365, firstDay: "2025-11-29", tills: 12, linesMax: 4 };

const hours = "(7 + floor(15 * (r1 + r2) / 2))";

/** Sales and what the reports keep of them, written by SQL as the projection would write them, without its pace. */
export async function loadSales(url: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    for (const text of statements()) await client.query(text);
  } finally {
    await client.end();
  }
}

function statements(): readonly string[] {
  const { sales, days, firstDay, tills, linesMax } = load;
  return [
    `insert into tag select 'Q' || lpad(n::text, 3, '0'), s.id, 'till', 'till-q' || n
      from generate_series(1, ${tills}) n join lateral (select id from store order by id offset (n % 2) limit 1) s on true`,
    `insert into till select 'till-q' || n, s.id, 'Q' || n, 'Q' || lpad(n::text, 3, '0')
      from generate_series(1, ${tills}) n join lateral (select id from store order by id offset (n % 2) limit 1) s on true`,
    `create temp table good as select row_number() over (order by id) - 1 as n, id, body->>'category' as category,
      (body->>'price')::bigint as price, body->>'unit' as unit, (body->>'taxRate')::int as rate from product`,
    `create temp table sold as
      select n, to_char(date '${firstDay}' + (n::bigint * ${days} / ${sales})::int, 'YYYY-MM-DD') as date, ${hours}::int as hour,
        'till-q' || till as till, 'staff-q' || (till - 1) * 2 + (r3 * 2)::int % 2 as staff, store,
        (case when r4 < 0.45 then 'wechat' when r4 < 0.7 then 'alipay' when r4 < 0.97 then 'cash' else 'unionpay' end) as tender,
        1 + floor(r5 * ${linesMax})::int as lines
      from (select n, 1 + n % ${tills} as till, random() r1, random() r2, random() r3, random() r4, random() r5
        from generate_series(0, ${sales} - 1) n) as drawn
      join (select id as till_id, store from till) t on t.till_id = 'till-q' || till`,
    `create temp table line as
      select s.n, s.store, s.date, s.hour, s.till, s.staff, s.tender, g.id as product, g.category, g.rate, g.unit,
        g.price * pieces as gross, (case when off < 0.06 then g.price * pieces / 10 else 0 end)::bigint as discount, pieces
      from sold s cross join lateral (select floor(power(random(), 2.2) * (select count(*) from good))::int as pick,
        1 + floor(random() * 3)::int as pieces, random() as off, s.n as own from generate_series(1, s.lines)) l
      join good g on g.n = l.pick`,
    `analyze line`,
    ...slices(),
    `insert into sale select store, 'B' || lpad(n::text, 25, '0'), till, 1, n, 'completed', 'Q-' || n, date, null, staff, 'CNY',
        sum(gross - discount), (extract(epoch from date::timestamp) * 1000)::bigint + min(hour) * 3600000 + n % 3600000,
        jsonb_build_object('sale', jsonb_build_object('lines', jsonb_agg(jsonb_build_object('product', product, 'taxRate', rate,
          'isDeposit', false, 'quantity', jsonb_build_object('unit', 'piece', 'thousandths', pieces * 1000)))),
          'tenders', jsonb_build_array(jsonb_build_object('kind', case when tender = 'cash' then 'cash' else 'payment' end,
            'channel', tender, 'attempt', 'B' || lpad(n::text, 25, '0'),
            'amount', jsonb_build_object('amount', sum(gross - discount), 'currency', 'CNY')))), min(hour)
      from line group by store, n, till, date, staff, tender`,
    `analyze`,
  ];
}

/** Every slice at its levels, from the lines. */
function slices(): readonly string[] {
  const levels = {
    h: ["date", "hour", "staff"],
    d: ["date", "-1", "staff"],
    m: ["left(date, 7)", "hour", "staff"],
  } as const;
  const keys = { all: "''", category: "category", tender: "tender", tax: "rate::text", discount: "'line/percent'" };
  const one = (
    slice: string,
    [period, hour, staff]: readonly [string, string, string],
    key: string,
    where = "true",
  ): string => `
    insert into report_rollup select store, '${slice}', ${period}, ${hour}, till, ${staff}, ${key}, 'CNY', ${slice.startsWith("product") ? "min(unit)" : "''"},
      count(distinct n), 0, sum(pieces), 0, sum(gross), sum(discount), 0, 0, sum((gross - discount) * rate / (10000 + rate)),
      sum(gross - discount), 0, sum(pieces) * 1000
    from line where ${where} group by 1, 2, 3, 4, 5, 6, 7 order by 1, 2, 3, 4, 5, 6, 7`;
  return [
    ...Object.entries(keys).flatMap(([dimension, key]) =>
      Object.entries(levels).map(([level, columns]) =>
        one(`${dimension}/${level}`, columns, key, dimension === "discount" ? "discount > 0" : "true"),
      ),
    ),
    one("product/h", levels.h, "product"),
    one("product/d", levels.d, "product"),
    one("product/m", ["left(date, 7)", "-1", "staff"], "product"),
    one("product/e", ["date", "-1", "'*'"], "product"),
    one("product/a", ["left(date, 7)", "-1", "'*'"], "product"),
  ];
}
