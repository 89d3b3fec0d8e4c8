import { describe, expect, it } from 'vitest';
import { costTable, monthlyCosts, type Prices } from './costs.ts';

const PRICES: Prices = {
  source: 'a test',
  date: '2025-06',
  hour: { 'db.small': 0.1, eks: 0.1 },
  month: { 'GB of RDS': 0.2 },
};

const planOf = (...resources: readonly { readonly type: string; readonly after: object | null }[]): string =>
  JSON.stringify({
    resource_changes: resources.map(({ type, after }) => ({ mode: 'managed', type, change: { after } })),
  });

const database = { instance_class: 'db.small', allocated_storage: 50 };

describe('monthly costs', () => {
  it('are those of machines and storage, twice in two zones', () => {
    const once = planOf({ type: 'aws_db_instance', after: { ...database, multi_az: false } });
    const twice = planOf({ type: 'aws_db_instance', after: { ...database, multi_az: true } });

    expect(monthlyCosts(once, PRICES).get('PostgreSQL')).toBeCloseTo(730 * 0.1 + 50 * 0.2);
    expect(monthlyCosts(twice, PRICES).get('PostgreSQL')).toBeCloseTo(2 * (730 * 0.1 + 50 * 0.2));
  });

  it('leave out what is free or is being deleted', () => {
    const plan = planOf({ type: 'aws_vpc', after: {} }, { type: 'aws_eks_cluster', after: null });

    expect(monthlyCosts(plan, PRICES)).toEqual(new Map());
  });

  it('name a price that is missing', () => {
    const plan = planOf({ type: 'aws_db_instance', after: { ...database, instance_class: 'db.huge' } });

    expect(() => monthlyCosts(plan, PRICES)).toThrow('no price of db.huge per hour');
  });
});

describe('the table of costs', () => {
  it('has a column for each environment, and what all parts cost together', () => {
    const cluster = monthlyCosts(planOf({ type: 'aws_eks_cluster', after: {} }), PRICES);
    const table = costTable(new Map([['dev', cluster]]));

    expect(table).toContain('| cluster and nodes | 73 |');
    expect(table).toContain('| Kafka | 0 |');
    expect(table).toContain('| **together** | **73** |');
  });
});
