import type { User } from '#adapters/auth/principal.ts';
import type { RedisConnection } from '#adapters/redis/connection.ts';
import { MemoryRevocations } from './revocations.memory.ts';
import { revokes, subjectsOf, type Revocation, type Revocations } from './revocations.ts';

/** Keeps the later of two revocations. KEYS[1] is the subject's key; ARGV are issuedBefore, the kept session or '', until. */
const KEEP_LATER = `
  local known = redis.call('GET', KEYS[1])
  if known and tonumber(string.match(known, '^%d+')) > tonumber(ARGV[1]) then return end
  redis.call('SET', KEYS[1], ARGV[1] .. ' ' .. ARGV[2], 'PXAT', ARGV[3])`;

/**
 * For all gateways on this Redis. Each gateway also keeps the revocations that it has received: while Redis is down, or if it
 * has lost data, requests are checked against these alone and do not wait.
 */
export class RedisRevocations implements Revocations {
  readonly #connection: RedisConnection;
  readonly #prefix: string;
  readonly #own = new MemoryRevocations();

  constructor(connection: RedisConnection, prefix = 'gateway') {
    this.#connection = connection;
    this.#prefix = `${prefix}:revoked`;
  }

  async revoke(revocations: readonly Revocation[]): Promise<void> {
    await this.#own.revoke(revocations);
    const living = revocations.filter(({ until }) => until > Date.now());
    // Throws if Redis is down: the bus redelivers the event.
    await this.#connection.run((client) =>
      Promise.all(
        living.map(({ subject, issuedBefore, keptSession = '', until }) =>
          client.eval(KEEP_LATER, 1, this.#keyOf(subject), issuedBefore, keptSession, until),
        ),
      ),
    );
  }

  async isRevoked(user: User): Promise<boolean> {
    if (await this.#own.isRevoked(user)) return true;
    const keys = subjectsOf(user).map((subject) => this.#keyOf(subject));
    const found = await this.#connection.run((client) => client.mget(...keys)).catch(() => []);
    return found.some((text) => text !== null && revokes(parse(text), user));
  }

  #keyOf(subject: string): string {
    return `${this.#prefix}:${subject}`;
  }
}

const parse = (text: string): Pick<Revocation, 'issuedBefore' | 'keptSession'> => {
  const [issuedBefore = '', keptSession = ''] = text.split(' ');
  return { issuedBefore: Number(issuedBefore), keptSession: keptSession === '' ? undefined : keptSession };
};
