import { describe, expect, it } from 'vitest';
import { namedBy } from './promql.ts';

const seriesOf = (expression: string): readonly string[] =>
  namedBy(expression).series.map(({ name, labels }) => `${name}{${labels.join()}}`);

describe('what an expression names', () => {
  it.each([
    ['up == 0', ['up{}']],
    ['sum by (service) (rate(a_total{status=~"5..",route!~"x"}[5m]))', ['a_total{status,route}']],
    ['a > 14.4 * b and c offset 1d', ['a{}', 'b{}', 'c{}']],
    ['sum(rate(a[1h])) by (x) / on (x) group_left (y) b', ['a{}', 'b{}']],
    ['service:errors:ratio_rate5m{slo="a{b}"} unless vector(0)', ['service:errors:ratio_rate5m{slo}']],
    ['histogram_quantile(0.99, sum by (le) (rate(a_bucket[5m])))', ['a_bucket{}']],
    ['topk(3, a) - time() < 14 * 86400', ['a{}']],
    ['avg_over_time(a[10m:1m] @ start()) > bool 1e3', ['a{}']],
    ["label_replace(a{x='1'}, 'y', '$1', 'x', '(.*)')", ['a{x}']],
  ])('%s', (expression, series) => {
    expect(seriesOf(expression)).toEqual(series);
  });

  it('includes the labels by which it groups and joins', () => {
    expect(namedBy('sum by (a, b) (x) / on (a) group_left (c) sum without (d) (y)').grouping).toEqual([
      'a',
      'b',
      'a',
      'c',
      'd',
    ]);
  });
});
