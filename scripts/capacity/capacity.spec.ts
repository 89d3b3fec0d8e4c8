import { describe, expect, it } from 'vitest';
import { PARTS } from '../infra/costs.ts';
import { billOf, pricesOfFamilies, productionCost } from './bill.ts';
import { shareOf, WORK } from './journey.ts';
import { gibOf, smallest, vcpusOf } from './machines.ts';
import { capacityPage, LEVELS } from './page.ts';
import { CONNECTIONS, KAFKA, partitionLimitOf, PODS, POSTGRES } from './settings.ts';
import { connectionLimitOf, sizingFor } from './sizing.ts';
import { find, findNumber, textOf } from './text.ts';

describe('the page of capacity', () => {
  it('is what the inputs say', () => {
    expect(textOf('docs/guides/capacity.md')).toContain(capacityPage());
  });

  it('costs what Terraform costs where production is enough, except for nodes', () => {
    const bill = billOf(sizingFor(Math.min(...LEVELS)));
    const parts = PARTS.filter((part) => part !== 'cluster and nodes');

    expect(parts.map((part) => [part, Math.round(bill.get(part) ?? 0)])).toEqual(
      parts.map((part) => [part, productionCost(part)]),
    );
  });
});

describe('inputs', () => {
  it('that are no longer where they were are named with their file', () => {
    expect(() => find('README.md', /\| a figure that is gone +\| (\d+)/)).toThrow('README.md no longer has');
    expect(() => findNumber('README.md', /^# (\w+)/)).toThrow('README.md: Shop is no number');
  });

  it('name services that have a chart', () => {
    const charts = PODS.map(({ service }) => service);
    expect(charts).toEqual(expect.arrayContaining([...WORK.keys()]));
  });

  it('place each service that uses PostgreSQL on one instance', () => {
    const users = PODS.filter(({ stores }) => stores.includes('postgres')).map(({ service }) => service);
    expect(POSTGRES.flatMap(({ services }) => services).toSorted()).toEqual(users);
  });

  it('count as many partitions as the services make', () => {
    expect(KAFKA.partitions).toBe(KAFKA.plannedPartitions);
  });

  it('know how many partitions a broker may have', () => {
    expect(partitionLimitOf('kafka.m7g.large')).toBe(1_000);
    expect(partitionLimitOf('kafka.m7g.16xlarge')).toBe(4_000);
  });

  it('give shares that are all of the work', () => {
    const sum = [...WORK.keys()].reduce((total, service) => total + shareOf([service]), 0);
    expect(sum).toBeCloseTo(1);
  });
});

describe('a sizing', () => {
  it('has ten times the CPU and storage at ten times the orders', () => {
    const [one, ten] = [sizingFor(100), sizingFor(1_000)];
    const cores = (sizing: typeof one): number => sizing.pods.reduce((sum, pods) => sum + pods.cores, 0);

    expect(cores(ten)).toBeCloseTo(10 * cores(one));
    expect(ten.postgres.gbPerMonth).toBeCloseTo(10 * one.postgres.gbPerMonth);
  });

  it('keeps pods between the limits of the charts, and each at its target and within the one core of Node', () => {
    for (const { pods } of LEVELS.map(sizingFor))
      for (const { settings, count, cores, request } of pods) {
        expect(count).toBeGreaterThanOrEqual(settings.min);
        expect(count).toBeLessThanOrEqual(settings.max);
        expect(cores / count).toBeLessThanOrEqual(request * settings.target + Number.EPSILON);
        expect(cores / count).toBeLessThan(1);
      }
  });

  it('counts connections for as many pods as the charts allow', () => {
    const order = PODS.find(({ service }) => service === 'order');
    const { instances, type } = sizingFor(10).postgres;
    const found = instances.find(({ name }) => name === 'order');

    expect(found?.connections).toBe((order?.max ?? 0) * CONNECTIONS);
    expect(found?.connections).toBeLessThan(connectionLimitOf(type));
  });

  it('says when no machine holds the carts', () => {
    expect(sizingFor(10).carts.isEnough).toBe(true);
    expect(sizingFor(1_000_000).carts.isEnough).toBe(false);
  });
});

describe('machines', () => {
  it('of a family have memory in proportion to their vCPUs', () => {
    expect([vcpusOf('db.m7g.2xlarge'), gibOf('db.m7g.2xlarge')]).toEqual([8, 32]);
    expect([vcpusOf('db.r6g.large'), gibOf('db.r6g.large')]).toEqual([2, 16]);
    expect(() => vcpusOf('db.huge')).toThrow('db.huge has no known size');
  });

  it('are the smallest that have enough, and not smaller than production’s', () => {
    expect(smallest('m7g.large.search', () => true)).toBe('m7g.large.search');
    expect(smallest('m7g.large.search', (type) => vcpusOf(type) >= 5)).toBe('m7g.2xlarge.search');
    expect(smallest('cache.m7g.large', () => false)).toBe('cache.m7g.16xlarge');
  });

  it('cost in proportion, unless there is a price', () => {
    const prices = {
      source: 'a test',
      date: '2025-06',
      month: {},
      hour: { 'm7g.large': 1, 'm7g.xlarge': 3, eks: 9 },
    };
    const { hour } = pricesOfFamilies(prices);
    expect(hour).toMatchObject({ 'm7g.large': 1, 'm7g.xlarge': 3, eks: 9 });
    expect(pricesOfFamilies({ ...prices, hour: { 'm7g.large': 1 } }).hour).toMatchObject({
      'm7g.4xlarge': 8,
    });
  });
});
