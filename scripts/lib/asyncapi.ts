import type { EventServices } from './event-services.ts';

export interface EventFile {
  readonly type: string;
  readonly version: number;
  readonly description: string;
}

const text = (description: string, more: object = {}): object => ({ type: 'string', description, ...more });

/** The envelope that `shared-kernel/events.ts` describes; `test/contracts/asyncapi.spec.ts` holds it against what is sent. */
const ENVELOPE = {
  type: 'object',
  additionalProperties: false,
  required: [
    'event_id',
    'event_type',
    'event_version',
    'timestamp',
    'correlation_id',
    'causation_id',
    'aggregate_id',
    'aggregate_version',
    'key',
    'payload',
  ],
  properties: {
    event_id: text('A consumer that has seen it passes the event over.', { format: 'uuid' }),
    event_type: text('Also the channel.'),
    event_version: text('"1.0": the version of the payload’s schema.'),
    timestamp: text('RFC 3339 UTC.', { format: 'date-time' }),
    correlation_id: text('The same through all that one request leads to.'),
    causation_id: text('The event or request that led to this one.'),
    aggregate_id: text('What the event is about.'),
    aggregate_version: {
      type: 'integer',
      minimum: 0,
      description: 'State events: the highest wins. Facts: the version after it.',
    },
    key: text('Events of one key keep their order.'),
    traceparent: text('W3C trace context of the sender, when tracing is on.'),
    payload: {},
  },
} as const;

const nameOf = ({ type, version }: EventFile): string => `${type}.v${version}`;

const messageOf = (file: EventFile): object => ({
  name: nameOf(file),
  summary: file.description,
  contentType: 'application/json',
  correlationId: { location: '$message.payload#/correlation_id' },
  payload: {
    allOf: [
      { $ref: '#/components/schemas/Envelope' },
      {
        type: 'object',
        properties: {
          event_type: { const: file.type },
          event_version: { const: `${file.version}.0` },
          payload: { $ref: `./events/${nameOf(file)}.json` },
        },
      },
    ],
  },
});

const channelOf = (type: string): string => `#/channels/${type}`;

/** The AsyncAPI 3 document of all events: a channel per event type, a message per version. */
export const asyncapiOf = (
  files: readonly EventFile[],
  services: ReadonlyMap<string, EventServices>,
): object => {
  const types = [...new Set(files.map(({ type }) => type))].sort();
  const channels = types.map((type): [string, object] => {
    const messages = files.filter((file) => file.type === type).map(nameOf);
    const references = messages.map((name): [string, object] => [
      name,
      { $ref: `#/components/messages/${name}` },
    ]);
    return [type, { address: type, messages: Object.fromEntries(references) }];
  });
  const operation = (action: 'send' | 'receive', service: string, type: string): [string, object] => [
    `${service}.${action}.${type}`,
    { action, channel: { $ref: channelOf(type) }, tags: [{ name: service }] },
  ];
  const operations = types.flatMap((type) => {
    const { senders = [], receivers = [] } = services.get(type) ?? {};
    return [
      ...senders.map((service) => operation('send', service, type)),
      ...receivers.map((service) => operation('receive', service, type)),
    ];
  });
  return {
    asyncapi: '3.0.0',
    info: {
      title: 'Shop platform',
      version: '1.0.0',
      description:
        'What the services tell each other. The address of a channel is the event’s type; every event comes at least once, in order per key.',
    },
    defaultContentType: 'application/json',
    channels: Object.fromEntries(channels),
    operations: Object.fromEntries(operations),
    components: {
      messages: Object.fromEntries(files.map((file) => [nameOf(file), messageOf(file)])),
      schemas: { Envelope: ENVELOPE },
    },
  };
};
