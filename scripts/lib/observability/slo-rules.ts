/**
 * Recording rules and alerts for the service level objectives: multi-window burn rates, after "The Site Reliability Workbook", chapter 5.
 * An error budget is the share of requests that may miss an objective within 30 days.
 */

/** What counts as a request, and which of them miss the objective, within a window. */
interface Objective {
  readonly requests: (window: string) => string;
  readonly missed: (window: string) => string;
}

const SERIES = 'http_request_duration_seconds';
const count = (selector: string, window: string): string =>
  `sum by (service) (rate(${SERIES}${selector}[${window}]))`;

/** A stream is open for as long as its client listens. */
const READS = 'method="GET",route!~".*/events"';

const OBJECTIVES: Readonly<Record<'availability' | 'latency', Objective>> = {
  /** Answered, without a 5xx. */
  availability: {
    requests: (window) => count('_count', window),
    missed: (window) => count('_count{status=~"5.."}', window),
  },
  /** Reads within half a second. That bound is written the same by all clients of Prometheus; 1 is also written 1.0. */
  latency: {
    requests: (window) => count(`_count{${READS}}`, window),
    missed: (window) =>
      `(${count(`_count{${READS}}`, window)} - ${count(`_bucket{${READS},le="0.5"}`, window)})`,
  },
};

export type Budgets = Readonly<Record<keyof typeof OBJECTIVES, number>>;

/** What customers wait for. */
const DEFAULT: Budgets = { availability: 0.001, latency: 0.01 };
/** Their callers do without them. */
const LENIENT: Budgets = { availability: 0.01, latency: 0.05 };

const OTHERS: Readonly<Record<string, Budgets>> = {
  analytics: LENIENT,
  notification: LENIENT,
  recommendation: LENIENT,
};

/** Budget used up in the long window: 2 % and 5 % page the engineer on call, 10 % waits for the next working day. */
const BURN_RATES = {
  fast: [
    { rate: 14.4, long: '1h', short: '5m' },
    { rate: 6, long: '6h', short: '30m' },
  ],
  slow: [
    { rate: 3, long: '1d', short: '2h' },
    { rate: 1, long: '3d', short: '6h' },
  ],
} as const;

const WINDOWS = [
  ...new Set(
    Object.values(BURN_RATES)
      .flat()
      .flatMap(({ long, short }) => [short, long]),
  ),
];

const missedOver = (window: string): string => `service:slo_missed_per_request:ratio_rate${window}`;
const BUDGET = 'service:slo_error_budget:ratio';

const burns = (speed: keyof typeof BURN_RATES): string =>
  BURN_RATES[speed]
    .map(
      ({ rate, long, short }) =>
        `(${missedOver(long)} > ${rate} * ${BUDGET} and ${missedOver(short)} > ${rate} * ${BUDGET})`,
    )
    .join(' or ');

const alert = (name: string, speed: keyof typeof BURN_RATES, severity: string, summary: string) => ({
  alert: name,
  expr: burns(speed),
  labels: { severity },
  annotations: { summary, runbook: 'docs/runbooks/error-budget.md' },
});

/** The rule file of Prometheus for `services`. */
export const sloRules = (services: readonly string[]): object => {
  const objectives = Object.entries(OBJECTIVES);
  return {
    groups: [
      {
        name: 'slo-budgets',
        rules: services.toSorted().flatMap((service) =>
          Object.entries(OTHERS[service] ?? DEFAULT).map(([slo, budget]) => ({
            record: BUDGET,
            expr: `vector(${budget})`,
            labels: { service, slo },
          })),
        ),
      },
      {
        name: 'slo',
        rules: WINDOWS.flatMap((window) =>
          objectives.map(([slo, { missed, requests }]) => ({
            record: missedOver(window),
            expr: `${missed(window)} / ${requests(window)}`,
            labels: { slo },
          })),
        ),
      },
      {
        name: 'slo-alerts',
        rules: [
          alert(
            'ErrorBudgetBurnsFast',
            'fast',
            'critical',
            'A service misses an objective so often that its budget of 30 days is gone within days.',
          ),
          alert(
            'ErrorBudgetBurnsSlowly',
            'slow',
            'warning',
            'A service misses an objective often enough to use up its budget of 30 days.',
          ),
        ],
      },
    ],
  };
};
