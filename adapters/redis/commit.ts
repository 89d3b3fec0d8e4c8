import { createHash } from 'node:crypto';
import type { RedisConnection } from './connection.ts';

/** A command that changes the value at `key`, without a result. */
export type Command = readonly [name: string, key: string, ...args: (string | number)[]];

/** The values that a commit is based on, by key; undefined if there was none. */
export type Basis = ReadonlyMap<string, string | undefined>;

// A server runs a script alone and to its end. KEYS: those compared, then those written. ARGV: how many are compared,
// the SHA-1 of each ('' for none), then each command after the number of its words.
const COMPARE_AND_WRITE = `
  local compared = tonumber(ARGV[1])
  for i = 1, compared do
    local value = redis.call('GET', KEYS[i])
    if (value and redis.sha1hex(value) or '') ~= ARGV[1 + i] then return KEYS[i] end
  end
  local at = 2 + compared
  while at <= #ARGV do
    local last = at + tonumber(ARGV[at])
    redis.call(unpack(ARGV, at + 1, last))
    at = last + 1
  end
  return false`;

const sha1 = (text: string): string => createHash('sha1').update(text).digest('hex');

/** Executes all commands if `basis` is unchanged, otherwise none; returns a changed key. */
export const commit = async (
  connection: RedisConnection,
  basis: Basis,
  commands: readonly Command[],
): Promise<string | undefined> => {
  const keys = [...basis.keys(), ...commands.map(([, key]) => key)];
  const hashes = [...basis.values()].map((value) => (value === undefined ? '' : sha1(value)));
  const words = commands.flatMap((command) => [command.length, ...command]);
  const changed = await connection.run((client) =>
    client.eval(COMPARE_AND_WRITE, keys.length, ...keys, basis.size, ...hashes, ...words),
  );
  return typeof changed === 'string' ? changed : undefined;
};
