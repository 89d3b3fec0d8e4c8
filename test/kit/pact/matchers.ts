import { MatchersV3 } from '@pact-foundation/pact';

/** What a consumer asks of a value: its kind, with an example. */
export const { atLeastLike, boolean, eachLike, fromProviderState, integer, number, regex, string, uuid } =
  MatchersV3;

/** RFC 3339 UTC. */
export const moment = (example: string) =>
  regex('^\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}:\\d{2}(\\.\\d+)?Z$', example);

export const day = (example: string) => regex('^\\d{4}-\\d{2}-\\d{2}$', example);

/** ISO 4217. */
export const currency = (example = 'EUR') => regex('^[A-Z]{3}$', example);

export const oneOf = (example: string, ...others: readonly string[]) =>
  regex(`^(${[example, ...others].join('|')})$`, example);
