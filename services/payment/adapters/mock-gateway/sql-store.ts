import type { Sql } from '#adapters/postgres/sql.ts';
import type { Change, GatewayStore, Operation } from './store.ts';

interface Row {
  readonly key: string;
  readonly reason: string | null;
  readonly hold: string;
  readonly brand: string | null;
  readonly last4: string | null;
  readonly exp_month: number | null;
  readonly exp_year: number | null;
  readonly ready_at: Date;
  readonly calls: number;
  readonly loses_answers: boolean;
}

const toOperation = (row: Row): Operation => {
  const { key, hold, brand, last4, exp_month: expMonth, exp_year: expYear } = row;
  const isCard = brand !== null && last4 !== null && expMonth !== null && expYear !== null;
  return {
    key,
    reason: row.reason ?? undefined,
    hold,
    card: isCard ? { brand, last4, expMonth, expYear } : undefined,
    readyAt: row.ready_at,
    calls: row.calls,
    losesAnswers: row.loses_answers,
  };
};

const ANSWER = 'key, reason, hold, brand, last4, exp_month, exp_year, ready_at, calls, loses_answers';

/** A known key returns its original response; `fresh` requests are carried out. */
const KNOWN_AND_FRESH = `
  known as (
    update mock_gateway.operations o set calls = o.calls + 1 from request w where o.key = w.key returning o.*),
  fresh as (
    select w.* from request w where not exists (select from mock_gateway.operations o where o.key = w.key))`;

const AUTHORIZE = `
  with request as (
    select * from unnest($1::text[], $2::text[], $3::text[], $4::bigint[], $5::text[])
      as w (key, hold, token, amount, currency)),
  ${KNOWN_AND_FRESH},
  used as (
    update mock_gateway.tokens t set used_by = f.key from fresh f
    where t.token = f.token and t.used_by is null and not t.reusable returning t.*),
  made as (
    insert into mock_gateway.operations (key, kind, hold, reason, brand, last4, exp_month, exp_year, ready_at,
      loses_answers, amount, currency, refuses_capture, refuses_refund)
    select f.key, 'authorize', f.hold,
      case when u.token is null then 'invalid_token' else u.declines end,
      u.brand, u.last4, u.exp_month, u.exp_year, $6::timestamptz + coalesce(u.slow_ms, 0) * interval '1 ms',
      coalesce(u.loses_answers, false), f.amount, f.currency, coalesce(u.refuses_capture, false),
      coalesce(u.refuses_refund, false)
    from fresh f left join used u on u.used_by = f.key
    on conflict (key) do nothing returning *)
  select ${ANSWER} from known union all select ${ANSWER} from made`;

/** When each change is possible, and how it changes the hold. */
const CHANGES: Readonly<Record<Change, { readonly possible: string; readonly set: string }>> = {
  capture: {
    possible: 'not h.voided and h.captured = 0 and not h.refuses_capture and f.amount <= h.amount',
    set: 'captured = f.amount',
  },
  void: { possible: 'not h.voided and h.captured = 0', set: 'voided = true' },
  refund: {
    possible: 'not h.refuses_refund and h.refunded + f.amount <= h.captured',
    set: 'refunded = h.refunded + f.amount',
  },
};

const changeText = (kind: Change): string => `
  with request as (
    select * from unnest($1::text[], $2::text[], $3::bigint[]) as w (key, hold, amount)),
  ${KNOWN_AND_FRESH},
  done as (
    update mock_gateway.operations h set ${CHANGES[kind].set} from fresh f
    where h.hold = f.hold and h.kind = 'authorize' and h.reason is null and ${CHANGES[kind].possible}
    returning f.key),
  made as (
    insert into mock_gateway.operations (key, kind, hold, reason, brand, last4, exp_month, exp_year, ready_at,
      loses_answers, amount)
    select f.key, '${kind}', f.hold, case when d.key is null then '${kind}_refused' end,
      h.brand, h.last4, h.exp_month, h.exp_year, $4::timestamptz, coalesce(h.loses_answers, false), f.amount
    from fresh f left join done d on d.key = f.key
      left join mock_gateway.operations h on h.hold = f.hold and h.kind = 'authorize'
    on conflict (key) do nothing returning *)
  select ${ANSWER} from known union all select ${ANSWER} from made`;

const CHANGE: Readonly<Record<Change, string>> = {
  capture: changeText('capture'),
  void: changeText('void'),
  refund: changeText('refund'),
};

const EXCHANGE = `
  insert into mock_gateway.tokens (token, brand, last4, exp_month, exp_year, declines, refuses_capture,
    refuses_refund, slow_ms, loses_answers)
  select $2, brand, last4, exp_month, exp_year, declines, refuses_capture, refuses_refund, slow_ms, loses_answers
  from mock_gateway.tokens
  where token = $1 and reusable
    and (make_date(exp_year, exp_month, 1) + interval '1 month') at time zone 'UTC' > $3::timestamptz
  returning token`;

export const sqlGatewayStore = (sql: Sql): GatewayStore => {
  /** One statement; repeated if a concurrent request has used a key, which is then known. */
  const run = async (
    text: string,
    requests: readonly { readonly key: string }[],
    params: readonly unknown[],
  ): Promise<readonly Operation[]> => {
    for (;;) {
      const rows = await sql.query<Row>(text, params);
      const byKey = new Map(rows.map((row) => [row.key, toOperation(row)]));
      const operations = requests.flatMap(({ key }) => byKey.get(key) ?? []);
      if (operations.length === requests.length) return operations;
    }
  };
  return {
    addToken: async ({ token, isReusable, card, manner }) => {
      await sql.query(
        `insert into mock_gateway.tokens (token, brand, last4, exp_month, exp_year, declines, refuses_capture,
           refuses_refund, slow_ms, loses_answers, reusable)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)`,
        [
          token, card.brand, card.last4, card.expMonth, card.expYear, manner.declines ?? null,
          manner.refusesCapture, manner.refusesRefund, manner.slowMs, manner.losesAnswers, isReusable,
        ], // prettier-ignore
      );
    },
    exchange: async (reusable, token, now) => (await sql.query(EXCHANGE, [reusable, token, now])).length > 0,
    authorize: (requests, now) =>
      run(AUTHORIZE, requests, [
        requests.map(({ key }) => key),
        requests.map(({ hold }) => hold),
        requests.map(({ token }) => token),
        requests.map(({ minor }) => minor),
        requests.map(({ currency }) => currency),
        now,
      ]),
    change: (kind, requests, now) =>
      run(CHANGE[kind], requests, [
        requests.map(({ key }) => key),
        requests.map(({ hold }) => hold),
        requests.map(({ minor }) => minor),
        now,
      ]),
    find: async (key) => {
      const [row] = await sql.query<Row>(`select ${ANSWER} from mock_gateway.operations where key = $1`, [
        key,
      ]);
      return row && toOperation(row);
    },
  };
};
