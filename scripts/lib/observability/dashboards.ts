/** Grafana dashboards as data. One of a service is the same for all, and asks which one. */

export interface Query {
  readonly expr: string;
  /** How its series are called, with labels as `{{label}}`. */
  readonly legend?: string;
}

export interface Panel {
  readonly title: string;
  /** Of Grafana: `s`, `percentunit`, `reqps`, …; a plain number when absent. */
  readonly unit?: string;
  /** Why it matters, if its title does not say. */
  readonly description?: string;
  readonly queries: readonly Query[];
}

export interface Dashboard {
  /** Also the name of its file. */
  readonly uid: string;
  readonly title: string;
  /** Whether it is about the services that its reader selects; queries then name `$service`. */
  readonly isOfService?: boolean;
  readonly panels: readonly Panel[];
}

const one = (title: string, expr: string, legend = '', more: Partial<Panel> = {}): Panel => ({
  title,
  queries: [{ expr, legend }],
  ...more,
});

const REQUESTS = 'http_request_duration_seconds';
const ratio = (part: string, of: string): string => `${part} / ${of}`;
const rate = (selector: string, by: string): string => `sum by (${by}) (rate(${selector}[5m]))`;
const quantile = (q: number, selector: string, by: string): string =>
  `histogram_quantile(${q}, sum by (${by}, le) (rate(${REQUESTS}_bucket${selector}[5m])))`;

const OVERVIEW: Dashboard = {
  uid: 'shop-overview',
  title: 'Shop: overview',
  panels: [
    one('Processes that do not answer', 'count(up == 0) or vector(0)'),
    one(
      'Alerts',
      'count by (alertname, severity) (ALERTS{alertstate="firing"})',
      '{{severity}} {{alertname}}',
    ),
    one('Requests', rate(`${REQUESTS}_count`, 'service'), '{{service}}', { unit: 'reqps' }),
    one(
      'Requests that failed',
      ratio(rate(`${REQUESTS}_count{status=~"5.."}`, 'service'), rate(`${REQUESTS}_count`, 'service')),
      '{{service}}',
      { unit: 'percentunit' },
    ),
    one('Duration, 99th percentile', quantile(0.99, '{route!~".*/events"}', 'service'), '{{service}}', {
      unit: 's',
    }),
    one(
      'Error budgets: how fast they burn',
      'service:slo_missed_per_request:ratio_rate1h / service:slo_error_budget:ratio',
      '{{service}} {{slo}}',
      {
        description: 'At 1, the budget of 30 days lasts 30 days; above 14.4, the engineer on call is paged.',
      },
    ),
    one(
      'Orders placed',
      'sum(rate(http_request_duration_seconds_count{service="order",method="POST",route="/api/v1/orders",status="201"}[5m])) * 60',
      'per minute',
    ),
    one('Circuits open', 'max by (service, callee) (circuit_open)', '{{service}} → {{callee}}'),
    one('Requests turned away', rate('requests_shed_total', 'service, class'), '{{service}} {{class}}', {
      unit: 'reqps',
    }),
  ],
};

const SERVICE: Dashboard = {
  uid: 'shop-service',
  title: 'Shop: a service',
  isOfService: true,
  panels: [
    one('Requests by status', rate(`${REQUESTS}_count{service=~"$service"}`, 'status'), '{{status}}', {
      unit: 'reqps',
    }),
    one(
      'Requests by route',
      rate(`${REQUESTS}_count{service=~"$service"}`, 'method, route'),
      '{{method}} {{route}}',
      { unit: 'reqps' },
    ),
    {
      title: 'Duration',
      unit: 's',
      queries: [0.5, 0.95, 0.99].map((q) => ({
        expr: quantile(q, '{service=~"$service",route!~".*/events"}', 'service'),
        legend: `${q * 100} % of {{service}}`,
      })),
    },
    one(
      'Duration by route, 99th percentile',
      quantile(0.99, '{service=~"$service"}', 'method, route'),
      '{{method}} {{route}}',
      { unit: 's' },
    ),
    one(
      'Error budgets: how fast they burn',
      'service:slo_missed_per_request:ratio_rate1h{service=~"$service"} / service:slo_error_budget:ratio',
      '{{slo}}',
    ),
    one(
      'Event loop: how late',
      'max by (quantile) (event_loop_delay_seconds{service=~"$service"})',
      '{{quantile}}',
      { unit: 's' },
    ),
    one('Callees that are not called', 'max by (callee) (circuit_open{service=~"$service"})', '{{callee}}'),
    one('Events in the outbox', 'max by (service) (outbox_events{service=~"$service"})', '{{service}}'),
    one(
      'Events that wait for consumers',
      'sum by (consumer) (consumer_lag{service=~"$service"})',
      '{{consumer}}',
    ),
    one('Dead letters', 'max by (service) (dead_letters{service=~"$service"})', '{{service}}'),
    one('Tasks stuck', 'max by (kind) (tasks_stuck{service=~"$service"})', '{{kind}}'),
    one(
      'Security events',
      'sum by (event) (increase(security_events_total{service=~"$service"}[1h]))',
      '{{event}}',
    ),
  ],
};

const EVENTS: Dashboard = {
  uid: 'shop-events',
  title: 'Shop: orders’ saga and events',
  panels: [
    one('Orders that are not over, by status', 'max by (status) (orders)', '{{status}}'),
    one('The oldest order that waits', 'max by (status) (orders_oldest_seconds)', '{{status}}', {
      unit: 's',
    }),
    one('Tasks stuck', 'max by (service, kind) (tasks_stuck) > 0', '{{service}} {{kind}}'),
    one('The oldest event in an outbox', 'max by (service) (outbox_oldest_seconds)', '{{service}}', {
      unit: 's',
    }),
    one('Events in outboxes', 'max by (service) (outbox_events)', '{{service}}'),
    one('Events that wait for consumers', 'sum by (service, consumer) (consumer_lag)', '{{consumer}}'),
    one('Dead letters', 'max by (service) (dead_letters)', '{{service}}'),
    one('Events given up', 'sum by (consumer) (increase(events_parked_total[1h]))', '{{consumer}}'),
    {
      title: 'Gateway and carriers that are not called',
      queries: [
        { expr: 'max(gateway_circuit_open)', legend: 'payment gateway' },
        { expr: 'max by (carrier) (carrier_circuit_open)', legend: '{{carrier}}' },
      ],
    },
  ],
};

/** Answers to a request of customers, by the service that gave them. */
const asked = (service: string, method: string, route: string, status: string): string =>
  `sum(increase(${REQUESTS}_count{service="${service}",method="${method}",route="${route}",status="${status}"}[1h]))`;

const BUSINESS: Dashboard = {
  uid: 'shop-business',
  title: 'Shop: business',
  panels: [
    {
      title: 'From product to order, per hour',
      queries: [
        {
          expr: asked('catalog', 'GET', '/api/v1/products/{product_id}', '200'),
          legend: 'products shown, without cached ones',
        },
        { expr: asked('cart', 'POST', '/api/v1/cart/{user_id}/items', '200'), legend: 'put into carts' },
        { expr: asked('order', 'POST', '/api/v1/checkout/quote', '200'), legend: 'quotes' },
        { expr: asked('order', 'POST', '/api/v1/orders', '201'), legend: 'orders' },
      ],
    },
    one('Orders that are not over, by status', 'max by (status) (orders)', '{{status}}'),
    one(
      'Orders refused, per hour',
      `sum by (status) (increase(${REQUESTS}_count{service="order",method="POST",route="/api/v1/orders",status=~"4.."}[1h]))`,
      '{{status}}',
      { description: '409: price, cart or stock changed in between.' },
    ),
    one(
      'Recommendations by what made them',
      rate('recommendations_total', 'list, strategy'),
      '{{list}} {{strategy}}',
    ),
    one('Lists that the gateway made itself', rate('recommendation_fallbacks_total', 'reason'), '{{reason}}'),
    one(
      'Messages to customers, per hour',
      'sum by (channel, outcome) (increase(notifications_total[1h]))',
      '{{channel}} {{outcome}}',
    ),
    one(
      'Messages that may have come twice, per day',
      'sum by (channel) (increase(notifications_possibly_repeated_total[1d]))',
      '{{channel}}',
    ),
    one(
      'Texts that moderators must see, per day',
      'sum by (reason) (increase(texts_screened_total{reason!="none"}[1d]))',
      '{{reason}}',
    ),
    one('The oldest erasure', 'max(erasure_oldest_seconds)', 'age', { unit: 's' }),
  ],
};

const PARTS: Dashboard = {
  uid: 'shop-parts',
  title: 'Shop: search, media, webhooks, recommendations',
  panels: [
    one('Search: listings not yet in the index', 'max(listings_pending)', 'listings'),
    one('Search: listings indexed', rate('listings_indexed_total', 'outcome'), '{{outcome}}'),
    one(
      'Search: from change to index, 99th percentile',
      'histogram_quantile(0.99, sum by (le) (rate(index_lag_seconds_bucket[5m])))',
      'lag',
      { unit: 's' },
    ),
    one('Media: variants made', rate('variants_made_total', 'preset, format'), '{{preset}} {{format}}'),
    one('Webhooks: attempts', rate('webhook_attempts_total', 'outcome'), '{{outcome}}'),
    one('Webhooks: the oldest that waits', 'max(webhook_oldest_pending_seconds)', 'age', { unit: 's' }),
    one('Webhooks: endpoints disabled', 'max by (reason) (webhook_endpoints_disabled)', '{{reason}}'),
    one(
      'Mails in another language, or plain',
      'sum by (kind, locale, to) (increase(mail_template_fallbacks_total[1h]))',
      '{{kind}} {{locale}} → {{to}}',
    ),
    one(
      'Recommendations: events',
      rate('events_taken_total', 'event_type, outcome'),
      '{{event_type}} {{outcome}}',
    ),
    {
      title: 'Recommendations: models',
      queries: [
        { expr: 'sum(increase(models_swapped_total[1d]))', legend: 'put in service' },
        { expr: 'sum(increase(models_refused_total[1d]))', legend: 'refused' },
      ],
    },
    {
      title: 'Recommendations: what it knows',
      queries: [
        { expr: 'min(products_known)', legend: 'products' },
        { expr: 'min(shoppers_known)', legend: 'shoppers' },
      ],
    },
    one('Gateway: users and their pseudonyms', rate('shoppers_found_total', 'outcome'), '{{outcome}}'),
    one('User: reads by source', rate('database_reads_total', 'from'), '{{from}}'),
  ],
};

export const DASHBOARDS: readonly Dashboard[] = [OVERVIEW, SERVICE, EVENTS, BUSINESS, PARTS];

/** In a row, of Grafana's 24 columns. */
const PER_ROW = 3;
const WIDTH = 24 / PER_ROW;
const HEIGHT = 8;

const DATA_SOURCE = { type: 'prometheus', uid: '${source}' };

const variable = (name: string, more: object): object => ({ name, label: name, ...more });

const panelJson = ({ title, unit = 'short', description, queries }: Panel, index: number): object => ({
  id: index + 1,
  type: 'timeseries',
  title,
  ...(description === undefined ? {} : { description }),
  datasource: DATA_SOURCE,
  gridPos: {
    x: (index % PER_ROW) * WIDTH,
    y: Math.floor(index / PER_ROW) * HEIGHT,
    w: WIDTH,
    h: HEIGHT,
  },
  fieldConfig: { defaults: { unit, min: 0 }, overrides: [] },
  targets: queries.map(({ expr, legend = '' }, number) => ({
    refId: 'ABCDEF'.charAt(number),
    datasource: DATA_SOURCE,
    expr,
    legendFormat: legend,
  })),
});

/** As Grafana imports it. */
export const dashboardJson = ({ uid, title, isOfService = false, panels }: Dashboard): object => ({
  uid,
  title,
  tags: ['shop'],
  schemaVersion: 39,
  editable: false,
  time: { from: 'now-6h', to: 'now' },
  refresh: '1m',
  templating: {
    list: [
      variable('source', { type: 'datasource', query: 'prometheus' }),
      ...(isOfService
        ? [
            variable('service', {
              type: 'query',
              datasource: DATA_SOURCE,
              query: `label_values(${REQUESTS}_count, service)`,
              refresh: 2,
              sort: 1,
            }),
          ]
        : []),
    ],
  },
  panels: panels.map(panelJson),
});
