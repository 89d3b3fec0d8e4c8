import { describe, expect, it } from 'vitest';
import { parseArguments } from './arguments.ts';

const asked = (line: string): readonly string[] | undefined =>
  parseArguments(line.split(' '))?.engines.map(({ name }) => name);
const ALL = ['postgres', 'redis', 'kafka', 'mongo', 'opensearch', 'cassandra', 'keycloak', 's3'];

describe('the arguments of `npm run engines`', () => {
  it('start the engines that the shop uses if none are named', () => {
    expect(asked('up')).toEqual(['postgres', 'redis', 'kafka', 'mongo', 'opensearch', 'cassandra']);
  });

  it.each(['up all', 'status', 'down', 'reset', 'status all'])('mean every engine: %s', (line) => {
    expect(asked(line)).toEqual(ALL);
  });

  it('select the named engines, each once', () => {
    expect(parseArguments(['up', 'kafka', 'redis', 'kafka'])).toMatchObject({ command: 'up' });
    expect(asked('up kafka redis kafka')).toEqual(['kafka', 'redis']);
  });

  it.each(['', 'start', 'up nothing', 'up all kafka'])('are refused: %j', (line) => {
    expect(asked(line)).toBeUndefined();
  });
});
