import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { fileOf, pairsIn } from '#test/kit/pact/files.ts';

const settings = z
  .object({
    PACT_BROKER_BASE_URL: z.url(),
    PACT_BROKER_TOKEN: z.string().optional(),
    PACT_BROKER_USERNAME: z.string().optional(),
    PACT_BROKER_PASSWORD: z.string().default(''),
  })
  .transform(
    ({
      PACT_BROKER_BASE_URL: url,
      PACT_BROKER_TOKEN: token,
      PACT_BROKER_USERNAME: user,
      PACT_BROKER_PASSWORD: password,
    }) => ({
      url: url.endsWith('/') ? url : `${url}/`,
      authorization:
        token !== undefined
          ? `Bearer ${token}`
          : user !== undefined
            ? `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`
            : undefined,
    }),
  );

export type Broker = z.infer<typeof settings>;

/** The broker to publish to; undefined when none is configured. Throws when its address is none. */
export const brokerOf = (env: Readonly<Record<string, string | undefined>>): Broker | undefined =>
  env['PACT_BROKER_BASE_URL'] ? settings.parse(env) : undefined;

export interface Release {
  /** Of all services: they are released together. */
  readonly version: string;
  readonly branch: string;
}

/** Sends each consumer's contracts. Answers the consumers; throws when the broker refuses. */
export const publish = async ({ url, authorization }: Broker, { version, branch }: Release) => {
  const byConsumer = Map.groupBy(pairsIn(), ({ consumer }) => consumer);
  for (const [consumer, pairs] of byConsumer) {
    const response = await fetch(new URL('contracts/publish', url), {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        accept: 'application/hal+json',
        ...(authorization === undefined ? {} : { authorization }),
      },
      body: JSON.stringify({
        pacticipantName: consumer,
        pacticipantVersionNumber: version,
        branch,
        contracts: pairs.map((pair) => ({
          consumerName: consumer,
          providerName: pair.provider,
          specification: 'pact',
          contentType: 'application/json',
          content: readFileSync(fileOf(pair)).toString('base64'),
        })),
      }),
    });
    if (!response.ok)
      throw new Error(`The broker returned ${response.status} for ${consumer}: ${await response.text()}`);
  }
  return [...byConsumer.keys()];
};
