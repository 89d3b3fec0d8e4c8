import { describe, expect, it } from 'vitest';
import { parseArguments } from './arguments.ts';

const parse = (...args: readonly string[]) =>
  parseArguments(args, { embedded: ['reads'], distributed: ['relay', 'memory'] });

describe('the arguments of the bench', () => {
  it('measure the embedded profile on PGlite by default', () => {
    expect(parse()).toEqual({
      profile: 'embedded',
      pg: undefined,
      seconds: 5,
      only: undefined,
      release: undefined,
      out: 'reports/bench.json',
    });
  });

  it('select the profile, one of its measurements, and the duration', () => {
    expect(parse('--profile', 'distributed', '--only', 'relay', '--seconds', '0.5')).toMatchObject({
      profile: 'distributed',
      only: 'relay',
      seconds: 0.5,
    });
  });

  it('compare with the release, or set it', () => {
    expect([parse('--check').release, parse('--release').release]).toEqual(['check', 'set']);
  });

  it('keep the reports of the profiles apart', () => {
    expect(parse('--profile', 'distributed').out).not.toBe(parse().out);
    expect(parse('--out', 'here.json').out).toBe('here.json');
  });

  it.each([
    ['a profile that is not measured', ['--profile', 'memory']],
    ['a measurement of the other profile', ['--only', 'relay']],
    ['a PostgreSQL where the servers are brought up', ['--profile', 'distributed', '--pg', 'private']],
    ['no time at all', ['--seconds', '0']],
    ['what is no time', ['--seconds', 'soon']],
    ['a part of a release', ['--check', '--only', 'reads']],
    ['an unknown option', ['--fast']],
  ])('refuse %s', (_, args) => {
    expect(() => parse(...args)).toThrow();
  });
});
