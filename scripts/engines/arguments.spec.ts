import { describe, expect, it } from 'vitest';
import { parseArguments } from './arguments.ts';

const asked = (line: string): readonly string[] | undefined =>
  parseArguments(line.split(' '))?.engines.map(({ name }) => name);
const ALL = ['postgres', 'redis', 'kafka', 'mongo', 'opensearch', 'keycloak'];

describe('the arguments of `npm run engines`', () => {
  it('bring up what the shop uses when no names are given', () => {
    expect(asked('up')).toEqual(['postgres', 'redis', 'kafka', 'mongo', 'opensearch']);
  });

  it.each(['up all', 'status', 'down', 'reset', 'status all'])('mean every engine: %s', (line) => {
    expect(asked(line)).toEqual(ALL);
  });

  it('mean only those that are named, each once', () => {
    expect(parseArguments(['up', 'kafka', 'redis', 'kafka'])).toMatchObject({ command: 'up' });
    expect(asked('up kafka redis kafka')).toEqual(['kafka', 'redis']);
  });

  it.each(['', 'start', 'up nothing', 'up all kafka'])('make no sense: %j', (line) => {
    expect(asked(line)).toBeUndefined();
  });
});
