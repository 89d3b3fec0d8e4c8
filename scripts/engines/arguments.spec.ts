import { describe, expect, it } from 'vitest';
import { parseArguments } from './arguments.ts';

const asked = (line: string): readonly string[] | undefined =>
  parseArguments(line.split(' '))?.engines.map(({ name }) => name);
const SHOP = ['postgres', 'redis', 'kafka', 'mongo', 'opensearch', 'cassandra'];
const OBSERVABILITY = ['alertmanager', 'prometheus', 'jaeger', 'collector', 'victorialogs'];
const ALL = [...SHOP, 'keycloak', 's3', ...OBSERVABILITY];

describe('the arguments of `npm run engines`', () => {
  it('start the engines that the shop uses if none are named', () => {
    expect(asked('up')).toEqual(SHOP);
  });

  it('start what watches the shop as well', () => {
    expect(asked('up --with observability')).toEqual([...SHOP, ...OBSERVABILITY]);
  });

  it.each(['up all', 'status', 'down', 'reset', 'status all'])('mean every engine: %s', (line) => {
    expect(asked(line)).toEqual(ALL);
  });

  it('select the named engines, each once', () => {
    expect(parseArguments(['up', 'kafka', 'redis', 'kafka'])).toMatchObject({ command: 'up' });
    expect(asked('up kafka redis kafka')).toEqual(['kafka', 'redis']);
  });

  it.each(['', 'start', 'up nothing', 'up all kafka', 'up --with kafka', 'down --with observability'])(
    'are refused: %j',
    (line) => {
      expect(asked(line)).toBeUndefined();
    },
  );
});
